"""A limit of time ends every method with its best plan and its gap, or with a stated nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.by_prices import Prices
from salus.allocate.city.checks import featured_city, small_city, staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.changes.demand import Demand
from salus.allocate.city.explain.cheapest import cheapest
from salus.allocate.city.explain.underserved import most_underserved
from salus.allocate.city.explain.what_if import what_if
from salus.allocate.city.explain.worth import tightest
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.gap import CoverageGap
from salus.allocate.city.features.fairness.gini import GiniPenalty
from salus.allocate.city.features.fairness.groups import Groups
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.leximin import leximin
from salus.allocate.city.pareto import front
from salus.allocate.city.rolling import Rolling
from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.needs import NeedSet
from salus.allocate.city.uncertain.robust import plan_robustly
from salus.allocate.city.uncertain.robust_check import check_robust
from salus.allocate.city.uncertain.scenarios import equally_likely
from salus.allocate.city.uncertain.two_stage import Method, plan_two_stages
from salus.allocate.city.verify import verify
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
STOPS = [Stop(seconds) for seconds in (0.0, 1e-9, 0.001, 0.003)]
GROUPS = Groups.districts(small_city(0))
FAIR = replace(featured_city(0), features=(*featured_city(0).features, MaxMin(GROUPS, 100.0)))
CITIES = {
    "plain": small_city(0),
    "coupled": small_city(1, coupled=True),
    "featured": featured_city(0),
    "in whole numbers": featured_city(1, whole=True),
    "staffed": staffed_city(0),
    "staffed in whole numbers": staffed_city(0, whole=True),
    "maxmin": FAIR,
    "gini": replace(small_city(1), features=(GiniPenalty(GROUPS, 100.0),)),
    "in levels": replace(FAIR, aims=Aims(order=((Aim.UNMET,), (Aim.UNFAIRNESS,)))),
    "within a limit": replace(featured_city(0), aims=Aims(limits={Aim.TRAVEL: 200.0})),
}


def _right(problem: CityProblem, plan: object) -> None:
    found = verify(problem, plan)  # type: ignore[arg-type]  # plans of all methods
    assert found.right
    assert found.gap >= -1e-6
    assert np.isfinite(found.gap)


@pytest.mark.parametrize("stop", STOPS)
@pytest.mark.parametrize("name", CITIES)
def test_a_limit_of_time_ends_with_a_right_plan(name: str, stop: Stop) -> None:
    """However early it ends, the plan keeps the rules and its gap is known."""
    problem = CITIES[name]
    for method in (Exact(stop), Prices(stop), Rolling(2, 1, Exact(stop))):
        if method.fits(problem):
            _right(problem, method.solve(problem, CLOCK))


def test_no_time_at_all_is_told() -> None:
    """A plan that had no time says so, also where the city is planned part by part."""
    for name in ("plain", "featured", "in levels", "staffed in whole numbers"):
        assert Exact(Stop(0.0)).solve(CITIES[name], CLOCK).stopped
        assert not Exact().solve(CITIES[name], CLOCK).stopped
    assert Rolling(2, 1, Exact(Stop(0.0))).solve(CITIES["featured"], CLOCK).stopped
    assert not Rolling(2, 1).solve(CITIES["featured"], CLOCK).stopped


@pytest.mark.parametrize("stop", STOPS)
def test_steps_and_fronts_end_in_time(stop: Stop) -> None:
    """What is not reached is left out, and what is told is right."""
    steps = leximin(featured_city(0), GROUPS, CLOCK, stop=stop)
    _right(steps.problem, steps.plan)
    for point in front(FAIR, CLOCK, count=4, stop=stop).points:
        _right(point.problem, point.plan)
    assert leximin(featured_city(0), GROUPS, CLOCK, stop=Stop(0.0)).plan.stopped


@pytest.mark.parametrize("stop", STOPS)
def test_plans_for_uncertain_need_end_in_time(stop: Stop) -> None:
    """Both methods and the robust plan return what they have."""
    city = featured_city(0)
    ahead = equally_likely(np.stack([city.need, 1.3 * city.need]))
    for method in (Method.EQUIVALENT, Method.BENDERS):
        plan = plan_two_stages(city, ahead, CLOCK, method=method, stop=stop)
        assert check_two_stages(city, ahead, plan).right
    ready = replace(city, features=city.features[1:])
    needs = NeedSet(ready.need, 0.3 * ready.need, budget=1)
    assert check_robust(ready, plan_robustly(ready, needs, CLOCK, stop=stop)).right


@pytest.mark.parametrize("name", ["plain", "featured", "staffed in whole numbers"])
def test_what_no_time_confirmed_is_not_told(name: str) -> None:
    """A value between plans that a limit ended is not what a bed is worth."""
    problem, hurried = CITIES[name], Exact(Stop(0.0))
    plan = hurried.solve(problem, CLOCK)
    assert tightest(problem, Exact().solve(problem, CLOCK), hurried, CLOCK, ranged=True) == ()
    district = most_underserved(problem, plan)
    assert district is not None
    assert cheapest(Standing(problem, plan, hurried, CLOCK), district) == ()
    compared = what_if(problem, plan, [Demand(1.2, ("D1",))], hurried)
    assert compared.plan.stopped
    _right(compared.problem, compared.plan)


@pytest.mark.parametrize("name", CITIES)
def test_no_time_at_all_still_serves_people(name: str) -> None:
    """Where the search had no time, people are served greedily, and the bound is not below 0."""
    problem = CITIES[name]
    everybody = float(problem.need.sum(axis=(0, 2)) @ problem.penalty)
    for method in (Exact(Stop(0.0)), Prices(Stop(0.0))):
        if method.fits(problem):
            plan = method.solve(problem, CLOCK)
            assert plan.stopped
            assert plan.unkept == ()
            assert plan.cases.sum() > 0
            assert plan.cost < everybody + (name == "maxmin") * 100.0
            assert plan.bound is not None
            assert plan.bound >= 0
            assert plan.claim is None or np.isfinite(plan.claim)


def test_a_stopped_plan_keeps_a_bound_on_fairness() -> None:
    """Promises are served first, and those above a gap are served less."""
    city = featured_city(0)
    best = Exact().solve(replace(city, features=(*city.features, MaxMin(GROUPS, 1e5))), CLOCK)
    low = 0.5 * min(each.lowest for each in best.decisions if hasattr(each, "lowest"))
    for rule in (CoverageFloors(GROUPS, np.full(4, low)), CoverageGap(GROUPS, 0.02)):
        fair = replace(city, features=(*city.features, rule))
        for method in (Exact(Stop(0.0)), Prices(Stop(0.0))):
            plan = method.solve(fair, CLOCK)
            assert plan.unkept == ()
            assert plan.cases.sum() > 0
            _right(fair, plan)


def test_a_gap_of_nothing_is_kept_by_nobody_where_one_district_has_no_road() -> None:
    """Where one group cannot be covered, a stopped plan covers no other more than the bound."""
    city = small_city(0)
    kept = city.arc_district != 0
    names = ("arc_district", "arc_facility", "arc_service", "arc_minutes")
    cut = {name: getattr(city, name)[kept] for name in names}
    even = replace(city, **cut, features=(CoverageGap(GROUPS, 0.0, withhold=True),))
    for method in (Exact(Stop(0.0)), Prices(Stop(0.0))):
        plan = method.solve(even, CLOCK)
        _right(even, plan)
        assert plan.cases.sum() == 0


def test_a_promise_that_no_quick_plan_keeps_is_told() -> None:
    """A stopped plan that breaks a rule says which, and where."""
    city = featured_city(0)
    asked = replace(city, features=(*city.features, CoverageFloors(GROUPS, np.ones(4))))
    for method in (Exact(Stop(0.0)), Prices(Stop(0.0))):
        plan = method.solve(asked, CLOCK)
        assert plan.stopped
        assert plan.cases.sum() == 0
        assert str(plan.unkept[0]).startswith("D1: ")
        assert not verify(asked, plan).right


def test_levels_share_one_limit_of_time() -> None:
    """What the first level took, the others lack; the plan serves people all the same."""
    plan = Exact(Stop(0.0)).solve(CITIES["in levels"], CLOCK)
    assert len(plan.levels) == 3
    assert plan.cases.sum() > 0
    assert all(level.bound >= 0 for level in plan.levels)


def test_uncertain_need_without_time_is_served_and_bounded() -> None:
    """Quick plans answer for the scenarios and for the worst need; no bound is below 0."""
    city = featured_city(0, whole=True)
    ahead = equally_likely(np.stack([city.need, 1.3 * city.need]))
    everybody = float(city.need.sum(axis=(0, 2)) @ city.penalty)
    for method in (Method.EQUIVALENT, Method.BENDERS):
        plan = plan_two_stages(city, ahead, CLOCK, method=method, stop=Stop(0.0))
        assert plan.stopped
        assert 0 <= plan.bound <= plan.cost < everybody
        assert check_two_stages(city, ahead, plan).right
    ready = replace(city, features=city.features[1:])
    needs = NeedSet(ready.need, 0.3 * ready.need, budget=1)
    safe = plan_robustly(ready, needs, CLOCK, stop=Stop(0.0))
    assert safe.stopped
    assert 0 <= safe.bound <= safe.cost < 1.3 * everybody
    assert check_robust(ready, safe).right
