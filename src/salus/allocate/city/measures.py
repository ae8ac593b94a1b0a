"""How good a plan is, in figures that every plan reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.tally import tally
from salus.allocate.city.violation import TOLERANCE
from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem


@dataclass(frozen=True, slots=True)
class Fairness:
    """How evenly need is met over the districts; NaN where nothing is needed.

    Parameters
    ----------
    lowest : float
        Coverage of the worst served district, from 0 to 1.
    gap : float
        Coverage of the best served district minus that of the worst, from 0 to 1.
    gini : float
        Gini coefficient of coverage over the cases that need care, from 0 (all covered alike).
    """

    lowest: float
    gap: float
    gini: float


@dataclass(frozen=True, slots=True, eq=False)
class CityMeasures:
    """The figures of one plan; NaN marks a share of nothing.

    Parameters
    ----------
    unmet : ndarray, shape (I, S, T)
        Cases that are not served, in the period in which they wait no longer.
    coverage : ndarray, shape (I, S)
        Cases served of the cases needed over all periods, from 0 to 1.
    capacity : ndarray, shape (J, R)
        Resource-days that can be used over all periods, with what is opened and lent.
    load : ndarray, shape (J, R)
        Used share of each facility's capacity over all periods, from 0 to 1.
    waste : ndarray, shape (R,)
        Idle share of all capacity of each resource, from 0 to 1.
    fairness : Fairness
        Of coverage over all services together.
    service_fairness : tuple of Fairness
        Of the coverage of each service, in the order of the services.
    travel_mean, travel_p95 : float
        Minutes of travel of the cases served: mean, and what 95 in 100 do not exceed.
    """

    unmet: Floats
    coverage: Floats
    capacity: Floats
    load: Floats
    waste: Floats
    fairness: Fairness
    service_fairness: tuple[Fairness, ...]
    travel_mean: float
    travel_p95: float


def measure(problem: CityProblem, plan: CityPlan) -> CityMeasures:
    """Work out the figures of a plan from its rows.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A plan without violations.

    Returns
    -------
    CityMeasures

    Raises
    ------
    ValueError
        If a row of the plan is no journey of the problem.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> found = measure(city, Exact().solve(city, SystemClock()))
    >>> round(float(found.unmet.sum()), 2), round(found.travel_mean, 1)
    (25.52, 23.1)
    """
    counted = tally(problem, plan)
    if (counted.journey < 0).any():
        lost = int((counted.journey < 0).sum())
        message = f"a plan must keep to the journeys of its problem, but {lost} rows do not"
        raise ValueError(message)
    need = problem.need.sum(axis=2)
    unmet = np.maximum(counted.need - counted.served, 0)
    served = np.maximum(need - unmet.sum(axis=2), 0)
    used, capacity = counted.used.sum(axis=2), counted.capacity.sum(axis=2)
    minutes = problem.arc_minutes[counted.journey]
    mean, p95 = _travel(minutes, plan.cases)
    return CityMeasures(
        unmet=unmet,
        coverage=_share(served, need),
        capacity=capacity,
        load=_share(used, capacity),
        waste=1 - _share(used.sum(axis=0), capacity.sum(axis=0)),
        fairness=fairness(served.sum(axis=1), need.sum(axis=1)),
        service_fairness=tuple(
            fairness(served[:, s], need[:, s]) for s in range(len(problem.services))
        ),
        travel_mean=mean,
        travel_p95=p95,
    )


def fairness(served: Floats, need: Floats) -> Fairness:
    """Measure how evenly need is met.

    Parameters
    ----------
    served, need : ndarray, shape (n,)
        Cases of each district; those without need do not count.

    Returns
    -------
    Fairness

    Examples
    --------
    >>> fairness(np.array([10.0, 5.0]), np.array([10.0, 10.0])).lowest
    0.5

    References
    ----------
    Gini (1912), Variabilità e mutabilità; the area under the curve of Lorenz (1905).
    """
    needing = need > 0
    if not needing.any():
        return Fairness(np.nan, np.nan, np.nan)
    cover, weight = served[needing] / need[needing], need[needing]
    order = np.argsort(cover, kind="stable")
    people = np.cumsum(weight[order]) / weight.sum()
    care = np.cumsum((cover * weight)[order])
    # Nobody served is evenly bad: the curve of Lorenz is then the diagonal. A millionth of all
    # need is the rounding of a solver, and how it falls is chance.
    lorenz = care / care[-1] if care[-1] > TOLERANCE * weight.sum() else people
    gini = 1 - np.sum((lorenz + np.r_[0, lorenz[:-1]]) * np.diff(people, prepend=0))
    return Fairness(float(cover.min()), float(np.ptp(cover)), max(0.0, float(gini)))


def _share(part: Floats, whole: Floats) -> Floats:
    return np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)


def _travel(minutes: Floats, cases: Floats) -> tuple[float, float]:
    if not cases.sum() > 0:
        return np.nan, np.nan
    order = np.argsort(minutes, kind="stable")
    reached = np.cumsum(cases[order])
    last = np.searchsorted(reached, 0.95 * reached[-1])
    return inner(minutes, cases) / float(cases.sum()), float(minutes[order[last]])
