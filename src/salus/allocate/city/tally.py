"""What a plan adds up to, recounted from its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem, Floats, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """The sums over the rows of a plan.

    Parameters
    ----------
    journey : ndarray of int, shape (n,)
        The journey of each row within the problem; -1 where it is not allowed.
    served : ndarray, shape (I, S, T)
        Cases served on allowed journeys.
    used : ndarray, shape (J, R, T)
        Resource-days taken.
    cost : float
        Minutes of travel plus penalties of what is not served on allowed journeys.
    """

    journey: Whole
    served: Floats
    used: Floats
    cost: float


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
    shown = np.zeros((len(problem.facilities), len(problem.services), len(problem.periods)))
    np.add.at(shown, (plan.facility, plan.service, plan.period), plan.cases)
    unmet = np.maximum(problem.need - served, 0).sum(axis=(0, 2))
    travel = allowed @ problem.arc_minutes[journey] if problem.arc_minutes.size else 0.0
    return Tally(
        journey=journey,
        served=served,
        used=np.einsum("jst,sr->jrt", shown, problem.uses),
        cost=float(travel + unmet @ problem.penalty),
    )


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
