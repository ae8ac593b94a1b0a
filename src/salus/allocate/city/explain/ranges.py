"""For how many units a value holds, each end of the range being a plan made again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing, cut, touched
from salus.allocate.city.explain.curve import Point, first_slope, holds_until
from salus.allocate.city.explain.warm import Warm
from salus.core.errors import InputError

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem

MOST_STEPS = 8
"""Whole units that are tried one by one, at most, where parts of units mean nothing."""

# Two savings are the same up to this share of them.
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
    convex = standing.method.proves and (problem.plain or Warm.fits(problem))
    return _by_curve(standing, unit) if convex else _by_steps(standing, unit)


def _by_curve(standing: Standing, unit: Unit) -> Range:
    problem = standing.problem
    base = _Base(standing, unit)
    amounts = unit.amounts(len(problem.periods))
    enough = float((problem.need.sum(axis=(0, 2)) @ problem.uses)[unit.resource])
    limit = 1.0 + (problem.period_days + enough) / amounts.max()
    if not base.felt:
        # No service uses the resource: any number of units is worth nothing.
        return Range(0.0, unit.most_fewer(problem), limit, Found.CURVE, bottom=True, open=True)
    slope = first_slope(base.more, limit)
    bottom = unit.most_fewer(problem)
    more = holds_until(base.more, slope, limit)
    fewer = holds_until(base.fewer, -slope, bottom)
    return Range(
        -slope + 0.0,
        float(fewer),
        float(more),
        Found.CURVE,
        bool(fewer >= bottom),
        bool(more >= limit),
    )


class _Base:
    """The curve of the best cost over units of a resource, planned only where it can change."""

    def __init__(self, standing: Standing, unit: Unit) -> None:
        problem = standing.problem
        self._problem, self._unit, self._clock = problem, unit, standing.clock
        self._warm = standing.warm
        self._piece = touched(problem, unit.added(problem, 1.0))
        amounts = unit.amounts(len(problem.periods))
        self._amounts = amounts[self._piece.periods] if problem.plain else amounts
        self._known: dict[float, Point] = {}

    @property
    def felt(self) -> bool:
        """Whether any service could use the unit."""
        return self._piece.size > 0

    def more(self, units: float) -> Point:
        if units not in self._known:
            problem = cut(self._unit.added(self._problem, units), self._piece)
            # Flows count in whole numbers: their costs are too coarse to tell where a piece ends.
            try:
                plan = self._warm.plan(problem) or Exact().solve(problem, self._clock)
            except InputError:
                return self._known.setdefault(units, Point(units, inf, 0.0))
            price = plan.price[self._unit.facility, self._unit.resource]
            self._known[units] = Point(units, plan.cost, -float(price @ self._amounts))
        return self._known[units]

    def fewer(self, units: float) -> Point:
        found = self.more(-units)
        return Point(units, found.cost, -found.slope)


def _by_steps(standing: Standing, unit: Unit) -> Range:
    def saved(units: int) -> float:
        return standing.effect(unit.added(standing.problem, units)).saved

    def steady(units: int) -> bool:
        try:
            off = abs(saved(units) - rate * units)
        except InputError:  # so many fewer leave no plan that keeps what is demanded
            return False
        return off <= STEADY * max(1.0, abs(rate * units))

    rate, there = saved(1), int(unit.most_fewer(standing.problem) + STEADY)

    more = next((k - 1 for k in range(2, MOST_STEPS + 1) if not steady(k)), MOST_STEPS)
    last = min(there, MOST_STEPS)
    fewer = next((k - 1 for k in range(1, last + 1) if not steady(-k)), last)
    return Range(rate, fewer, more, Found.STEPS, fewer == there, more == MOST_STEPS)
