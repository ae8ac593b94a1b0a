"""The front of need against fairness: its ends, what is left out, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.fairness.fair import covered
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.leximin import leximin
from salus.allocate.city.pareto import FrontPoint, front, undominated
from salus.core.clock import SystemClock

CLOCK = SystemClock()
CITY = small_city(7)
GROUPS = Groups.districts(CITY)
EVEN = replace(CITY, features=(MaxMin(GROUPS, 100.0),))


def test_the_ends_are_exact() -> None:
    """One end serves need as the plan without fairness, the other is as fair as leximin."""
    found = front(EVEN, CLOCK, count=5)
    plain = Exact().solve(CITY, CLOCK)
    assert found.points[0].need == pytest.approx(plain.cost, rel=1e-6)
    highest = leximin(CITY, GROUPS, CLOCK).rungs[0].coverage
    assert found.points[-1].unfairness == pytest.approx(100 * (1 - highest), abs=1e-4)
    assert str(found.measured) == "unmet share of the worst covered group"
    assert found.points[-1].measure == pytest.approx(1 - highest, abs=1e-6)


def test_the_weight_of_unfairness_does_not_move_the_front() -> None:
    """The limits say what fairness is worth, not the weight, even where it is 0."""
    light = replace(EVEN, aims=Aims({Aim.UNFAIRNESS: 0.0}))
    one, other = (front(city, CLOCK, count=3) for city in (EVEN, light))
    assert [point.need for point in one.points] == [point.need for point in other.points]
    assert [point.measure for point in one.points] == [point.measure for point in other.points]


def test_each_point_is_a_plan_as_solved_anew() -> None:
    """Going on from the last point finds what a solve from nothing finds."""
    for point in front(EVEN, CLOCK, count=5).points:
        anew = Exact().solve(point.problem, CLOCK)
        assert point.plan.cost == pytest.approx(anew.cost, rel=1e-6)
        assert point.plan.bound is not None
        assert abs(point.gap) <= 1e-6


def test_several_ways_of_being_fair_are_told_in_minutes() -> None:
    """Where two features charge unfairness, the measure is what both charge."""
    both = replace(CITY, features=(MaxMin(GROUPS, 50.0), GiniPenalty(GROUPS, 90.0)))
    found = front(both, CLOCK, count=2)
    assert str(found.measured) == "unfairness (weighted minutes)"
    assert all(point.measure == point.unfairness for point in found.points)


def test_a_gap_without_a_price_charges_nothing() -> None:
    """A rule is no aim: the front needs a feature with a price, and at least two plans."""
    for city in (CITY, replace(CITY, features=(CoverageGap(GROUPS, 0.2, withhold=True),))):
        with pytest.raises(ValueError, match="needs a feature that charges unfairness"):
            front(city, CLOCK)
    with pytest.raises(ValueError, match="count must be at least 2, but is 1"):
        front(EVEN, CLOCK, count=1)
    mixed = replace(CITY, features=(CoverageGap(GROUPS, 0.3, withhold=True), MaxMin(GROUPS, 9.0)))
    for point in front(mixed, CLOCK, count=3).points:
        gap = covered(point.plan, "gap")
        assert gap is not None
        assert gap.gap <= 0.3 + 1e-6


def test_a_limit_of_the_aims_holds_along_the_front() -> None:
    """No point has more travel than the aims allow."""
    city = replace(EVEN, aims=Aims(limits={Aim.TRAVEL: 1500.0}))
    for point in front(city, CLOCK, count=4).points:
        minutes = city.arc_minutes[
            city.journeys(point.plan.district, point.plan.facility, point.plan.service)
        ]
        assert point.plan.cases @ minutes <= 1500 * (1 + 1e-6)


def test_points_that_another_beats_are_left_out() -> None:
    """Of equal points one stays; what is worse in one figure and no better in the other goes."""
    plan = Exact().solve(CITY, CLOCK)
    figures = [(3.0, 1.0), (1.0, 3.0), (2.0, 2.0), (2.0, 2.5), (3.5, 1.0), (1.0, 3.0), (4.0, 4.0)]
    points = [FrontPoint(CITY, plan, need, unfair, unfair, 0.0) for need, unfair in figures]
    kept = undominated(points)
    assert [(point.need, point.unfairness) for point in kept] == [(1, 3), (2, 2), (3, 1)]


def test_a_city_that_is_fair_anyway_has_one_point() -> None:
    """Where everybody is served, the plan that serves need best is the fairest."""
    rich = replace(EVEN, capacity=np.full_like(CITY.capacity, 1e4))
    served = front(rich, CLOCK, count=4)
    assert len(served.points) == 1
