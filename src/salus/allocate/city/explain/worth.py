"""What one more unit of a resource is worth, from which day on, and for how many units."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing, cut, touched
from salus.allocate.city.explain.curve import Point, first_slope, holds_until
from salus.allocate.city.programme import write

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

MOST_TRIED = 40
"""Places at which one more unit is tried, at most; they matter where many are worth the same."""

MOST_STEPS = 8
"""Whole units that are tried one by one, at most, where the value of parts of them means nothing."""

# A saving is real from this share of the cost on: below is the rounding of solvers.
REAL_SAVING = 1e-9
STEADY = 1e-6


class Found(StrEnum):
    """How it was found for how many units a value holds."""

    CURVE = "curve"
    """For any amount: by the corners of the curve of the best cost, each planned again."""
    STEPS = "steps"
    """For whole units only, each planned again: the plan decides in whole numbers."""


@dataclass(frozen=True, slots=True)
class Range:
    """For how many units a value holds.

    Parameters
    ----------
    rate : float
        Weighted minutes that each of these units saves.
    fewer, more : float
        From how many fewer to how many more units each is worth the same.
    found : Found
        How the two were found.
    bottom : bool
        Whether ``fewer`` are all that there are.
    open : bool
        Whether ``more`` are all that were tried, and the value may hold on.
    """

    rate: float
    fewer: float
    more: float
    found: Found
    bottom: bool
    open: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """What one more unit of a resource, such as a bed, saves from a period on.

    Parameters
    ----------
    facility, resource : str
        Keys of where and what.
    since : date
        The first period with the unit.
    predicted : float
        Saving by the prices, weighted minutes: an upper limit where no whole numbers are
        decided, as each further day of a bed saves no more than the one before.
    confirmed : float
        Drop of the cost when the plan is made again with the unit, above 0 unless it is worth
        nothing.
    unmet_avoided : tuple of float
        Cases of each service that are served in addition, in the order of the services; below
        0 where a service gives way to another.
    weighted_avoided : float
        The same together, each counting as its penalty: in cases of the mildest service, or of
        severity 1.
    minutes_saved : float
        Minutes that people travel less; below 0 where more travel since more are served.
    range : Range or None
        For how many units the value holds, where it was asked for.
    """

    facility: str
    resource: str
    since: date
    predicted: float
    confirmed: float
    unmet_avoided: tuple[float, ...]
    weighted_avoided: float
    minutes_saved: float
    range: Range | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a resource at a facility.

    Parameters
    ----------
    facility, resource : int
        Indices within the problem.
    gives : float
        Resource-days that it gives in each period: its target occupancy, above 0.
    since : int
        The first period with it.
    until : int or None
        The first period without it again; ``None`` keeps it.
    """

    facility: int
    resource: int
    gives: float = 0.85
    since: int = 0
    until: int | None = None

    def amounts(self, periods: int) -> Floats:
        """Tell what one unit gives in each period, shape (T,)."""
        found = np.zeros(periods)
        found[self.since : self.until] = self.gives
        return found

    def added(self, problem: CityProblem, units: float) -> CityProblem:
        """Give the facility more units, or fewer below 0."""
        capacity = problem.capacity.astype(np.float64)
        spot = capacity[self.facility, self.resource]
        spot += units * self.amounts(spot.size)
        np.maximum(spot, 0.0, out=spot)
        return replace(problem, capacity=capacity)

    def most_fewer(self, problem: CityProblem) -> float:
        """Tell how many units there are to lose."""
        held = problem.capacity[self.facility, self.resource, self.since : self.until]
        return float(held.min()) / self.gives


def worth(
    standing: Standing, unit: Unit, *, ranged: bool = True, case_minutes: float | None = None
) -> Worth:
    """Tell what one more unit saves, confirmed by planning again.

    Parameters
    ----------
    standing : Standing
        The plan, and the method that makes it again.
    unit : Unit
        Where, what and since when.
    ranged : bool
        Whether to find for how many units the value holds, which takes a few more plans.
    case_minutes : float, optional
        Weighted minutes that a case of severity 1 counts; the least penalty when not given.

    Returns
    -------
    Worth

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> standing = Standing(city, Exact().solve(city, clock), Exact(), clock)
    >>> found = worth(standing, Unit(2, 1, since=1))
    >>> found.resource, round(found.confirmed), round(found.weighted_avoided, 1)
    ('icu_bed', 198, 4.1)
    >>> found.range.found.value, round(found.range.fewer, 1), round(found.range.more, 1)
    ('curve', 1.2, 1.5)
    """
    problem, plan = standing.problem, standing.plan
    effect = standing.effect(unit.added(problem, 1.0))
    avoided = effect.unmet_avoided(len(problem.services))
    travel = [side.charges.get(Aim.TRAVEL, 0.0) for side in (effect.was, effect.new)]
    price = plan.price[unit.facility, unit.resource]
    return Worth(
        facility=problem.facilities[unit.facility],
        resource=problem.resources[unit.resource],
        since=problem.periods[unit.since],
        predicted=float(price @ unit.amounts(price.size)),
        confirmed=effect.saved,
        unmet_avoided=tuple(avoided.tolist()),
        weighted_avoided=float(
            avoided @ problem.penalty / (case_minutes or float(problem.penalty.min()))
        ),
        minutes_saved=travel[0] - travel[1],
        range=range_of(standing, unit) if ranged else None,
    )


def range_of(standing: Standing, unit: Unit) -> Range:
    """Find for how many units the value of one holds.

    Where nothing is decided in whole numbers, the best cost is a convex curve over the units,
    made of straight pieces: the value is the slope of the piece right of what there is, and
    holds between its corners; each corner is a plan made again. Elsewhere whole units are tried
    one by one.

    Parameters
    ----------
    standing : Standing
        The plan, and the method that makes it again.
    unit : Unit
        Where, what and since when.

    Returns
    -------
    Range

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.core.clock import SystemClock
    >>> city, clock = featured_city(7, whole=True), SystemClock()
    >>> standing = Standing(city, Exact().solve(city, clock), Exact(), clock)
    >>> range_of(standing, Unit(2, 1)).found.value
    'steps'
    """
    problem = standing.problem
    exact = standing.method.proves and write(problem).program().integral is None
    return _by_curve(standing, unit) if exact else _by_steps(standing, unit)


def _by_curve(standing: Standing, unit: Unit) -> Range:
    problem = standing.problem
    # Flows count in whole numbers: their costs are too coarse to tell where a piece ends.
    method = Exact() if problem.plain else standing.method
    base = _Base(standing, unit, method)
    amounts = unit.amounts(len(problem.periods))
    enough = float((problem.need.sum(axis=(0, 2)) @ problem.uses)[unit.resource])
    limit = 1.0 + (problem.period_days + enough) / amounts.max()
    slope = first_slope(base.more, limit)
    bottom = unit.most_fewer(problem)
    more = holds_until(base.more, slope, limit)
    fewer = holds_until(base.fewer, -slope, bottom)
    return Range(-slope + 0.0, fewer, more, Found.CURVE, fewer >= bottom, more >= limit)


class _Base:
    """The curve of the best cost over units of a resource, planned only where it can change."""

    def __init__(self, standing: Standing, unit: Unit, method: CityMethod) -> None:
        problem = standing.problem
        self._problem, self._unit = problem, unit
        self._method, self._clock = method, standing.clock
        self._piece = touched(problem, unit.added(problem, 1.0))
        amounts = unit.amounts(len(problem.periods))
        self._amounts = amounts[self._piece.periods] if problem.plain else amounts
        self._known: dict[float, Point] = {}

    def more(self, units: float) -> Point:
        if units not in self._known:
            problem = cut(self._unit.added(self._problem, units), self._piece)
            plan = self._method.solve(problem, self._clock)
            price = plan.price[self._unit.facility, self._unit.resource]
            self._known[units] = Point(units, plan.cost, -float(price @ self._amounts))
        return self._known[units]

    def fewer(self, units: float) -> Point:
        found = self.more(-units)
        return Point(units, found.cost, -found.slope)


def _by_steps(standing: Standing, unit: Unit) -> Range:
    def saved(units: int) -> float:
        return standing.effect(unit.added(standing.problem, units)).saved

    rate, there = saved(1), int(unit.most_fewer(standing.problem) + STEADY)

    def steady(units: int) -> bool:
        return abs(saved(units) - rate * units) <= STEADY * max(1.0, abs(rate * units))

    more = next((k - 1 for k in range(2, MOST_STEPS + 1) if not steady(k)), MOST_STEPS)
    last = min(there, MOST_STEPS)
    fewer = next((k - 1 for k in range(1, last + 1) if not steady(-k)), last)
    return Range(rate, fewer, more, Found.STEPS, fewer == there, more == MOST_STEPS)


def tightest(
    problem: CityProblem,
    plan: CityPlan,
    method: CityMethod,
    clock: Clock,
    *,
    places: int = 5,
    bed_days: float = 0.85,
    since: int = 0,
    ranged: bool = False,
    case_minutes: float | None = None,
) -> tuple[Worth, ...]:
    """Tell what one more bed is worth where beds are worth most.

    Places that have beds are tried in the order of their prices, and each is planned again with
    one more; only what can feel it is planned. The price of an optimal plan is an upper limit of
    the saving, so the search ends when no further place can be among the best, and at
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
    since : int
        The first period with the unit.
    ranged : bool
        Whether to find for how many units each value holds.
    case_minutes : float, optional
        Weighted minutes that a case of severity 1 counts; the least penalty when not given.

    Returns
    -------
    tuple of Worth
        The greatest confirmed saving first; empty where the plan has no prices above 0. Where
        whole numbers are decided, the prices are those of parts of them, and limit nothing.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> best = tightest(city, Exact().solve(city, clock), Exact(), clock, places=1)[0]
    >>> best.facility, best.resource, round(best.confirmed)
    ('H3', 'icu_bed', 297)
    """
    standing = Standing(problem, plan, method, clock)
    # Where there is no bed at all, one more would be a new unit, which the prices do not cost.
    held = (problem.capacity > 0).any(axis=2)
    total = plan.price[:, :, since:].sum(axis=2) * held * bed_days
    ranked = np.argsort(-total, axis=None, kind="stable")[:MOST_TRIED]
    found: list[tuple[Worth, Unit]] = []
    for j, r in np.stack(np.unravel_index(ranked, total.shape), axis=1):
        least = found[-1][0].confirmed if len(found) == places else 0.0
        if total[j, r] <= least:
            break  # a price is an upper limit, so no later place can be worth more
        unit = Unit(int(j), int(r), bed_days, since)
        one = worth(standing, unit, ranged=False, case_minutes=case_minutes)
        if one.confirmed > REAL_SAVING * max(1.0, abs(plan.cost)):
            found = sorted([*found, (one, unit)], key=lambda each: -each[0].confirmed)
        del found[places:]
    if not ranged:
        return tuple(one for one, _ in found)
    return tuple(replace(one, range=range_of(standing, unit)) for one, unit in found)
