"""Planning apart what does not touch, and once what occurs again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.plan import CityPlan, Scaling

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.problem import CityProblem, Floats, Whole
    from salus.core.clock import Clock

# Fewer cases than this in a row are rounding noise of a solver, not people.
FEWEST_CASES = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One group of services that share resources, in one period, or several equal ones.

    Parameters
    ----------
    periods, services, resources : ndarray of int
        What of the whole problem the part holds, as indices there.
    need : ndarray, shape (I, s)
        Cases.
    capacity : ndarray, shape (J, r)
        Resource-days.
    uses : ndarray, shape (s, r)
        Resource-days per case.
    district, facility, service : ndarray of int, shape (a,)
        Its journeys; services count within the part.
    minutes : ndarray, shape (a,)
        Minutes of travel.
    penalty : ndarray, shape (s,)
        Minutes-equivalents per unmet case.
    """

    periods: Whole
    services: Whole
    resources: Whole
    need: Floats
    capacity: Floats
    uses: Floats
    district: Whole
    facility: Whole
    service: Whole
    minutes: Floats
    penalty: Floats

    @property
    def gain(self) -> Floats:
        """Minutes-equivalents that one case on each journey saves against staying unmet."""
        return self.penalty[self.service] - self.minutes


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
    """

    cases: Floats
    price: Floats
    solve_seconds: float
    scaling: Scaling | None = None


def groups(problem: CityProblem) -> list[Whole]:
    """List the services that must be planned together, since they share resources.

    Parameters
    ----------
    problem : CityProblem
        What is planned.

    Returns
    -------
    list of ndarray of int
        Indices of the services of each group, ascending.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> [group.tolist() for group in groups(small_city(7))]
    [[0, 2], [1]]
    """
    shared = sparse.csr_array((problem.uses @ problem.uses.T) > 0)
    count, label = connected_components(shared, directed=False)
    return [np.flatnonzero(label == group) for group in range(count)]


def split(problem: CityProblem) -> list[Part]:
    """Split a problem into parts that do not touch, equal periods being one part.

    Parameters
    ----------
    problem : CityProblem
        What is planned.

    Returns
    -------
    list of Part
        Together they hold every service in every period once.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> [(part.services.tolist(), part.periods.tolist()) for part in split(small_city(7))]
    [([0, 2], [0, 2]), ([0, 2], [1]), ([1], [0, 2]), ([1], [1])]
    """
    return [
        _part(problem, services, np.array(periods))
        for services in groups(problem)
        for periods in _equal_periods(problem, services)
    ]


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
    start = clock.ticks()
    parts = split(problem)
    answers = [solve_part(part) for part in parts]
    pairs = list(zip(parts, answers, strict=True))
    where = np.concatenate([_rows(part, answer) for part, answer in pairs], axis=1)
    cases = np.concatenate([_kept(part, answer) for part, answer in pairs])
    price = np.zeros_like(problem.capacity, dtype=np.float64)
    for part, answer in pairs:
        price[np.ix_(np.arange(len(price)), part.resources, part.periods)] = answer.price[
            :, :, None
        ]
    period, service, district, facility = where[:, order := np.lexsort(where[::-1])]
    bound = lagrangian(problem, price) if proves else None
    solving = sum(answer.solve_seconds for answer in answers)
    return CityPlan(
        method=method,
        district=district,
        facility=facility,
        service=service,
        period=period,
        cases=cases[order],
        price=price,
        cost=sum(_cost(part, answer) for part, answer in pairs),
        bound=bound,
        scaling=next((answer.scaling for answer in answers if answer.scaling), None),
        build_seconds=clock.ticks() - start - solving,
        solve_seconds=solving,
    )


def _equal_periods(problem: CityProblem, services: Whole) -> list[list[int]]:
    resources = _resources(problem, services)
    equal: dict[bytes, list[int]] = {}
    for t in range(len(problem.periods)):
        need, capacity = problem.need[:, services, t], problem.capacity[:, resources, t]
        equal.setdefault(need.tobytes() + capacity.tobytes(), []).append(t)
    return list(equal.values())


def _resources(problem: CityProblem, services: Whole) -> Whole:
    return np.flatnonzero((problem.uses[services] > 0).any(axis=0))


def _part(problem: CityProblem, services: Whole, periods: Whole) -> Part:
    resources = _resources(problem, services)
    journeys = np.flatnonzero(np.isin(problem.arc_service, services))
    return Part(
        periods=periods,
        services=services,
        resources=resources,
        need=problem.need[:, services, periods[0]],
        capacity=problem.capacity[:, resources, periods[0]],
        uses=problem.uses[np.ix_(services, resources)],
        district=problem.arc_district[journeys],
        facility=problem.arc_facility[journeys],
        service=np.searchsorted(services, problem.arc_service[journeys]),
        minutes=problem.arc_minutes[journeys],
        penalty=problem.penalty[services],
    )


def _rows(part: Part, answer: Answer) -> Whole:
    used = np.flatnonzero(answer.cases > FEWEST_CASES)
    service, days = part.services[part.service[used]], len(part.periods)
    places = np.stack([service, part.district[used], part.facility[used]])
    return np.concatenate([np.repeat(part.periods, used.size)[None], np.tile(places, days)])


def _kept(part: Part, answer: Answer) -> Floats:
    return np.tile(answer.cases[answer.cases > FEWEST_CASES], len(part.periods))


def _cost(part: Part, answer: Answer) -> float:
    cases = np.where(answer.cases > FEWEST_CASES, answer.cases, 0.0)
    served = np.zeros_like(part.need)
    np.add.at(served, (part.district, part.service), cases)
    unmet = np.maximum(part.need - served, 0) @ part.penalty
    return len(part.periods) * float(cases @ part.minutes + unmet.sum())
