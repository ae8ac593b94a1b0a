"""Solving every part once, and putting the plan of the whole together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.parts import split
from salus.allocate.city.plan import CityPlan, Scaling
from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

# Fewer cases than this in a row are rounding noise of a solver, not people.
FEWEST_CASES = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """The plan of one part.

    Parameters
    ----------
    cases : ndarray, shape (a,)
        Cases on each journey of the part.
    price : ndarray, shape (J, r)
        Minutes-equivalents per resource-day.
    solve_seconds : float
        Time that the solver took, without building its model.
    scaling : Scaling or None
        The whole numbers that were counted in.
    stopped : bool
        Whether a limit ended the search before its end.
    """

    cases: Floats
    price: Floats
    solve_seconds: float
    scaling: Scaling | None = None
    stopped: bool = False


def solve_apart(
    problem: CityProblem,
    method: str,
    solve_part: Callable[[Part], Answer],
    clock: Clock,
    *,
    proves: bool = False,
) -> CityPlan:
    """Solve every part once and put the plan of the whole together.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    method : str
        Name for the plan.
    solve_part : callable
        Answers one part.
    clock : Clock
        Measures the time.
    proves : bool
        Whether the prices prove the plan, so that it gets a bound.

    Returns
    -------
    CityPlan
        Rows in the order of period, service, district, facility.

    Raises
    ------
    ValueError
        If the parts touch: features are given, stays reach into later periods, or aims are
        ordered.

    Examples
    --------
    A method that serves nobody:

    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> def nobody(part):
    ...     return Answer(np.zeros(part.minutes.size), np.zeros_like(part.capacity), 0.0)
    >>> solve_apart(small_city(7), "nobody", nobody, SystemClock()).cost
    22500.0
    """
    if not problem.apart:
        message = f"{method} plans the journeys of each period apart, but this problem decides more"
        raise ValueError(message)
    start, problem = clock.ticks(), problem.costed
    pairs = [(part, solve_part(part)) for part in split(problem)]
    kept = [np.flatnonzero(answer.cases > FEWEST_CASES) for _, answer in pairs]
    triples = [(part, answer, used) for (part, answer), used in zip(pairs, kept, strict=True)]
    where = np.concatenate([_rows(part, used) for part, _, used in triples], axis=1)
    cases = np.concatenate(
        [np.tile(answer.cases[used], len(part.periods)) for part, answer, used in triples]
    )
    price = np.zeros_like(problem.capacity, dtype=np.float64)
    for part, answer in pairs:
        price[np.ix_(np.arange(len(price)), part.resources, part.periods)] = answer.price[
            :, :, None
        ]
    period, service, district, facility = where[:, order := np.lexsort(where[::-1])]
    bound = lagrangian(problem, price) if proves else None
    if bound is not None and any(answer.stopped for _, answer in pairs):
        # The prices of a search that a limit ended may prove less than none at all.
        nothing = np.zeros_like(price)
        least = lagrangian(problem, nothing)
        price, bound = (price, bound) if bound >= least else (nothing, least)
    solving = sum(answer.solve_seconds for _, answer in pairs)
    return CityPlan(
        method=method,
        district=district,
        facility=facility,
        service=service,
        period=period,
        cases=cases[order],
        price=price,
        cost=sum(_cost(*triple) for triple in triples),
        bound=bound,
        stopped=any(answer.stopped for _, answer in pairs),
        scaling=_coarsest([answer.scaling for _, answer in pairs if answer.scaling]),
        build_seconds=clock.ticks() - start - solving,
        solve_seconds=solving,
    )


def _coarsest(scalings: list[Scaling]) -> Scaling | None:
    if not scalings:
        return None
    return Scaling(
        min(each.amount_scale for each in scalings), min(each.cost_scale for each in scalings)
    )


def _rows(part: Part, used: Whole) -> Whole:
    service, days = part.services[part.service[used]], len(part.periods)
    places = np.stack([service, part.district[used], part.facility[used]])
    return np.concatenate([np.repeat(part.periods, used.size)[None], np.tile(places, days)])


def _cost(part: Part, answer: Answer, used: Whole) -> float:
    cases = answer.cases[used]
    served = np.zeros_like(part.need)
    np.add.at(served, (part.district[used], part.service[used]), cases)
    unmet = np.maximum(part.need - served, 0).sum(axis=0) @ part.penalty
    return len(part.periods) * (inner(cases, part.minutes[used]) + float(unmet))
