"""What holds a plan back, and what one more bed would change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.parts import groups
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

MOST_TRIED = 40
"""Places at which one more unit is tried, at most; they matter where many are worth the same."""

# A capacity is full from this share on, and a saving is real from this share of the cost on:
# below is the rounding of solvers.
FULL = 1 - 1e-6
REAL_SAVING = 1e-9


@dataclass(frozen=True, slots=True)
class Binding:
    """A capacity that is used up.

    Parameters
    ----------
    facility, resource : str
        Keys of whose and what.
    periods : tuple of date
        When.
    price : float
        What one more resource-day in each of the periods is worth together,
        weighted minutes.
    """

    facility: str
    resource: str
    periods: tuple[date, ...]
    price: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more unit of a resource, such as a bed, saves over all periods.

    Parameters
    ----------
    facility, resource : str
        Keys of where and what.
    predicted : float
        Saving by the prices, weighted minutes: an upper limit, as each further day of a
        bed saves no more than the one before.
    confirmed : float
        Drop of the cost when the plan is made again with the unit, above 0.
    unmet_avoided : tuple of float
        Cases of each service that are served in addition, in the order of the services; below
        0 where a service gives way to another.
    minutes_saved : float
        Minutes that people travel less; below 0 where more travel since more are served.
    """

    facility: str
    resource: str
    predicted: float
    confirmed: float
    unmet_avoided: tuple[float, ...]
    minutes_saved: float


def binding(problem: CityProblem, plan: CityPlan) -> tuple[Binding, ...]:
    """Name the capacities that are used up, the most valuable first.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        The plan.

    Returns
    -------
    tuple of Binding
        By price, then in the order of facilities and resources. Capacities of 0 are absent.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> first = binding(city, Exact().solve(city, SystemClock()))[0]
    >>> first.facility, first.resource, len(first.periods)
    ('H3', 'icu_bed', 3)
    """
    used = tally(problem, plan).used
    full = (problem.capacity > 0) & (used >= problem.capacity * FULL)
    found = [
        Binding(
            problem.facilities[j],
            problem.resources[r],
            tuple(problem.periods[t] for t in np.flatnonzero(full[j, r])),
            float(plan.price[j, r, full[j, r]].sum()),
        )
        for j, r in np.argwhere(full.any(axis=2))
    ]
    return tuple(sorted(found, key=lambda one: -one.price))


def tightest(
    problem: CityProblem,
    plan: CityPlan,
    method: CityMethod,
    clock: Clock,
    *,
    places: int = 5,
    bed_days: float = 0.85,
) -> tuple[Worth, ...]:
    """Tell what one more bed is worth where beds are worth most.

    Places that have beds are tried in the order of their prices, and each is planned again with
    one more; only services that can feel it are planned. The price of an optimal plan is an upper
    limit of the saving, so the search ends when no further place can be among the best, and at
    ``MOST_TRIED`` places at the latest. What a new plan does not confirm is not returned.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    plan : CityPlan
        A plan with prices.
    method : CityMethod
        Makes the new plans; the one that made the plan.
    clock : Clock
        For the method.
    places : int
        How many to return at most.
    bed_days : float
        Resource-days that one more unit gives in every period: its target occupancy.

    Returns
    -------
    tuple of Worth
        The greatest confirmed saving first; empty where the plan has no prices above 0.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> best = tightest(city, Exact().solve(city, clock), Exact(), clock, places=1)[0]
    >>> best.facility, best.resource, round(best.confirmed)
    ('H3', 'icu_bed', 297)
    """
    # Where there is no bed at all, one more would be a new unit, which the prices do not cost.
    total = plan.price.sum(axis=2) * (problem.capacity > 0).any(axis=2)
    ranked = np.argsort(-total, axis=None, kind="stable")[:MOST_TRIED]
    found: list[Worth] = []
    for j, r in np.stack(np.unravel_index(ranked, total.shape), axis=1):
        least = found[-1].confirmed if len(found) == places else 0.0
        if total[j, r] * bed_days <= least:
            break  # a price is an upper limit, so no later place can be worth more
        worth = _replanned(problem, plan, method, clock, _OneMore(j, r, bed_days))
        found = sorted([*found, *([worth] if worth else [])], key=lambda one: -one.confirmed)
        del found[places:]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _OneMore:
    """One more unit at a facility."""

    facility: int
    resource: int
    bed_days: float


def _replanned(
    problem: CityProblem, plan: CityPlan, method: CityMethod, clock: Clock, more: _OneMore
) -> Worth | None:
    j, r = more.facility, more.resource
    services = next(group for group in groups(problem) if (problem.uses[group, r] > 0).any())
    before, old = _only(problem, services), _rows_of(plan, services)
    capacity = problem.capacity.copy()
    capacity[j, r] += more.bed_days
    after = replace(before, capacity=capacity)
    was, new = tally(before, old), tally(after, method.solve(after, clock))
    saved = was.cost - new.cost
    if saved <= REAL_SAVING * max(1.0, abs(was.cost)):
        return None
    avoided = (new.served - was.served).sum(axis=(0, 2))
    return Worth(
        facility=problem.facilities[j],
        resource=problem.resources[r],
        predicted=float(plan.price[j, r].sum() * more.bed_days),
        confirmed=saved,
        unmet_avoided=tuple(_spread(avoided, services, len(problem.services)).tolist()),
        minutes_saved=float(saved - avoided @ before.penalty),
    )


def _only(problem: CityProblem, services: Whole) -> CityProblem:
    journeys = np.isin(problem.arc_service, services)
    return replace(
        problem,
        services=tuple(problem.services[s] for s in services),
        need=problem.need[:, services],
        uses=problem.uses[services],
        penalty=problem.penalty[services],
        arc_district=problem.arc_district[journeys],
        arc_facility=problem.arc_facility[journeys],
        arc_service=np.searchsorted(services, problem.arc_service[journeys]),
        arc_minutes=problem.arc_minutes[journeys],
    )


def _rows_of(plan: CityPlan, services: Whole) -> CityPlan:
    rows = np.isin(plan.service, services)
    return replace(
        plan,
        district=plan.district[rows],
        facility=plan.facility[rows],
        service=np.searchsorted(services, plan.service[rows]),
        period=plan.period[rows],
        cases=plan.cases[rows],
    )


def _spread(values: Floats, services: Whole, count: int) -> Floats:
    whole = np.zeros(count)
    whole[services] = values
    return whole
