"""Explain the proposed plan: prices with their ranges, who goes short, and what would help."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.cheapest import cheapest
from salus.allocate.city.explain.ranges import Unit, range_of
from salus.allocate.city.explain.underserved import most_underserved, underserved
from salus.allocate.city.features.fairness.fair import Fair
from salus.allocate.city.parts import equal_periods
from salus.allocate.city.practice.replanned import replanned
from salus.core.errors import InputError
from salus.service.called import called
from salus.service.fair_front import fair_front
from salus.service.guarded import guarded
from salus.service.plan_city import quick
from salus.service.staffing import unit_gives
from salus.stats.distances import pairs_within
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from numpy.typing import NDArray

    from salus.allocate.city.explain.cheapest import Remedy
    from salus.allocate.city.explain.ranges import Range
    from salus.allocate.city.explain.underserved import Underserved
    from salus.allocate.city.practice.replanned import Replanned
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock
    from salus.data.region.region import Region
    from salus.service.context import Context
    from salus.service.fair_front import FairFront
    from salus.service.plan_city import CityAnswer
    from salus.service.rules import PlanningRules

MOST_TOGETHER = 50_000
"""Journeys over all days of a plan whose parts touch, up to which it is planned again and again."""

FARTHEST_KM = 500.0
"""Facilities farther away than this are no remedy for a district."""


@dataclass(frozen=True, slots=True)
class DayPrice:
    """What one more resource-day is worth on some days, confirmed by planning again.

    Parameters
    ----------
    facility, resource : str
        Keys of where and what.
    days : tuple of date
        On each of which it is worth this.
    range : Range
        Weighted minutes for each resource-day, and for how many it holds.
    weighted : float
        The same in cases of severity 1.
    """

    facility: str
    resource: str
    days: tuple[date, ...]
    range: Range
    weighted: float


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a plan is as it is.

    Parameters
    ----------
    ranges : tuple of Range
        For how many units the worth of one more holds, at each of the tightest places.
    prices : tuple of DayPrice
        What a resource-day is worth at the tightest places, day by day; empty where the days of
        a plan touch, for then a day is not planned by itself.
    short : Underserved or None
        The district whose unmet cases weigh most, and why; ``None`` where nobody goes short.
    remedy : Remedy or None
        The cheapest change found that serves it; ``None`` where there is none.
    front : FairFront or None
        Need against the coverage of the worst covered district, see
        :func:`salus.service.fair_front.fair_front`.
    undeclined : Replanned or None
        What the declines of facilities change, against the plan without them; ``None`` where
        nothing is declined.
    searched : bool
        Whether ranges and changes were looked for: not where the parts of a plan touch and it has
        more than ``MOST_TOGETHER`` journeys, for each answer plans the whole again.
    """

    ranges: tuple[Range, ...]
    prices: tuple[DayPrice, ...]
    short: Underserved | None
    remedy: Remedy | None
    front: FairFront | None
    undeclined: Replanned | None = None
    searched: bool = True


@guarded(Permission.EXPLAIN_CITY, Kind.REGION, attrgetter("name"))
def explain_city(
    context: Context, region: Region, answer: CityAnswer, rules: PlanningRules
) -> Explained:
    """Explain the proposed plan.

    Parameters
    ----------
    context : Context
        What is in use.
    region : Region
        Names and places.
    answer : CityAnswer
        The plan, and what one more bed is worth.
    rules : PlanningRules
        What the plan took for granted.

    Returns
    -------
    Explained

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    problem, plan = answer.problem, answer.proposed.plan
    standing = Standing(problem, plan, quick(problem), context.clock)
    district = most_underserved(problem, plan)
    short = None
    remedies: tuple[Remedy, ...] = ()
    searched = problem.plain or problem.arc_minutes.size * len(problem.periods) <= MOST_TOGETHER
    gives = unit_gives(region, rules.target_occupancy)
    units = tuple(_units(answer, gives)) if searched else ()
    if district is not None:
        short = underserved(
            problem,
            plan,
            district,
            declined=region.declines,
            ledger=answer.ledger,
            names=called(region),
        )
    if district is not None and searched:
        beyond = _beyond(region, problem.districts.index(district), rules)
        remedies = cheapest(standing, district, gives=gives, beyond=beyond)
    return Explained(
        tuple(range_of(standing, unit) for unit in units),
        tuple(_prices(standing, answer, rules)),
        short,
        remedies[0] if remedies else None,
        fair_front(problem, context.clock),
        _undeclined(region, answer, context.clock),
        searched,
    )


def _undeclined(region: Region, answer: CityAnswer, clock: Clock) -> Replanned | None:
    if not region.declines:
        return None
    free = answer.ledger.applied()
    fair = (each for each in answer.problem.features if isinstance(each, Fair))
    free = replace(free, features=(*free.features, *fair))
    try:
        before = quick(free).solve(free, clock)
    except InputError:  # a bound on fairness may be kept with what is declined only
        return None
    return replanned(free, before, answer.proposed.plan)


def _units(answer: CityAnswer, gives: NDArray[np.float64]) -> Iterator[Unit]:
    for one in answer.worth:
        facility, resource = _place(answer.problem, one.facility, one.resource)
        yield Unit(facility, resource, float(gives[facility, resource]))


def _place(problem: CityProblem, facility: str, resource: str) -> tuple[int, int]:
    return problem.facilities.index(facility), problem.resources.index(resource)


def _prices(standing: Standing, answer: CityAnswer, rules: PlanningRules) -> Iterator[DayPrice]:
    problem = standing.problem
    if not problem.plain:
        return
    for one in answer.worth:
        facility, resource = _place(problem, one.facility, one.resource)
        for periods in equal_periods(problem, resource):
            unit = Unit(facility, resource, 1.0, int(periods[0]), int(periods[0]) + 1)
            found = range_of(standing, unit)
            yield DayPrice(
                one.facility,
                one.resource,
                tuple(problem.periods[t] for t in periods),
                found,
                found.rate / rules.unmet_minutes,
            )


def _beyond(region: Region, district: int, rules: PlanningRules) -> NDArray[np.float64]:
    """Tell the minutes from a district to each facility, beyond the travel limit too."""
    position = region.districts[district].position
    _, place, km = pairs_within(
        np.array([[position.latitude, position.longitude]]),
        np.array([[f.position.latitude, f.position.longitude] for f in region.facilities]),
        FARTHEST_KM,
    )
    minutes = np.full(len(region.facilities), np.inf)
    minutes[place] = (km * rules.detour / rules.speed_kmh * 60).round(1)
    if region.travel is not None:
        mine = region.travel.district == district
        minutes[region.travel.facility[mine]] = region.travel.minutes[mine]
    return minutes
