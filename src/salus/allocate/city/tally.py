"""What a plan adds up to, recounted from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.violation import Violation


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The sums over the rows of a plan.

    Parameters
    ----------
    journey : ndarray of int, shape (n,)
        The journey of each row within the problem; -1 where it is not allowed.
    served : ndarray, shape (I, S, T)
        Cases served on allowed journeys.
    need : ndarray, shape (I, S, T)
        Cases to serve in each period: those who need care then, less those who wait on.
    used : ndarray, shape (J, R, T)
        Resource-days taken.
    capacity : ndarray, shape (J, R, T)
        Resource-days that can be used, with what the features add and take away.
    charges : mapping of Aim to float
        What each term of the objective adds up to, before weights; cases that are not served on
        allowed journeys count as unmet.
    cost : float
        All charges, weighted.
    violations : tuple of Violation
        Rules of the features that are broken.
    """

    journey: Whole
    served: Floats
    need: Floats
    used: Floats
    capacity: Floats
    charges: Mapping[Aim, float]
    cost: float
    violations: tuple[Violation, ...] = ()


def tally(problem: CityProblem, plan: CityPlan) -> Tally:
    """Recount a plan from its rows alone.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan, right or wrong.

    Returns
    -------
    Tally

    Raises
    ------
    ValueError
        If the plan names places or periods that the problem does not have.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.nearest import Nearest
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> plan = Nearest().solve(city, SystemClock())
    >>> bool(tally(city, plan).served.sum() == plan.cases.sum())
    True
    """
    _same_world(problem, plan)
    journey = problem.journeys(plan.district, plan.facility, plan.service)
    allowed = np.where(journey >= 0, plan.cases, 0.0)
    served = np.zeros_like(problem.need, dtype=np.float64)
    np.add.at(served, (plan.district, plan.service, plan.period), allowed)
    recounts = [feature.recount(problem, plan) for feature in problem.features]
    need = sum((one.need for one in recounts if one.need is not None), problem.need)
    more = (one.capacity for one in recounts if one.capacity is not None)
    charges = _charges(problem, allowed, journey, np.maximum(need - served, 0))
    for one in recounts:
        for aim, amount in one.charges.items():
            charges[aim] = charges.get(aim, 0.0) + amount
    return Tally(
        journey=journey,
        served=served,
        need=need,
        used=used_by(problem, plan),
        capacity=sum(more, problem.capacity),
        charges=charges,
        cost=sum(problem.aims.weight(aim) * amount for aim, amount in charges.items()),
        violations=tuple(broken for one in recounts for broken in one.violations),
    )


def _charges(
    problem: CityProblem, cases: Floats, journey: Whole, unmet: Floats
) -> dict[Aim, float]:
    charges = {Aim.UNMET: float(unmet.sum(axis=(0, 2)) @ problem.penalty), Aim.TRAVEL: 0.0}
    if problem.arc_minutes.size:
        charges[Aim.TRAVEL] = inner(cases, problem.arc_minutes[journey])
        if problem.arc_price is not None:
            charges[Aim.PRACTICE] = inner(cases, problem.arc_price[journey])
    return charges


def used_by(problem: CityProblem, plan: CityPlan) -> Floats:
    """Add up what the cases of a plan take.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan, right or wrong.

    Returns
    -------
    ndarray, shape (J, R, T)
        Resource-days.
    """
    shown = np.zeros((len(problem.facilities), len(problem.services), len(problem.periods)))
    np.add.at(shown, (plan.facility, plan.service, plan.period), plan.cases)
    taken = np.zeros_like(problem.capacity, dtype=np.float64)
    for after, share in enumerate(problem.stays.T[: len(problem.periods)]):
        staying = shown[:, :, : shown.shape[2] - after]
        taken[:, :, after:] += np.einsum("jst,sr->jrt", staying, problem.uses * share[:, None])
    return taken


def _same_world(problem: CityProblem, plan: CityPlan) -> None:
    faults = [
        f"{name} must be from 0 to {len(keys) - 1}, but the plan holds {rows.min()} to {rows.max()}"
        for name, rows, keys in (
            ("district", plan.district, problem.districts),
            ("facility", plan.facility, problem.facilities),
            ("service", plan.service, problem.services),
            ("period", plan.period, problem.periods),
        )
        if rows.size and (rows.min() < 0 or rows.max() >= len(keys))
    ]
    if plan.price.shape != problem.capacity.shape:
        faults.append(f"price must have shape {problem.capacity.shape}, but has {plan.price.shape}")
    if faults:
        raise ValueError("; ".join(faults))
