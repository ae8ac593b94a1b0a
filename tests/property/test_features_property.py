"""Cities whose parts touch: the whole programme is right, proven, and agrees with its parts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.surge import Opened
from salus.allocate.city.features.waiting import Waited
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import solve_whole
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)


@given(SEEDS, st.booleans())
def test_a_plain_city_costs_the_same_whole_as_in_parts(seed: int, coupled: bool) -> None:  # noqa: FBT001
    """Written as one programme, a city whose parts do not touch has the same best cost."""
    city = small_city(seed, coupled=coupled)
    whole = solve_whole(city, "exact", CLOCK, Stop())
    assert verify(city, whole).right
    assert whole.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-9, abs=1e-6)


@given(SEEDS)
def test_features_make_a_plan_no_worse_and_keep_it_proven(seed: int) -> None:
    """With waiting and surge the plan keeps every rule, leaves no gap, and costs no more."""
    city = featured_city(seed)
    plan = Exact().solve(city, CLOCK)
    found = verify(city, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    assert plan.cost <= Exact().solve(replace(city, features=()), CLOCK).cost * (1 + 1e-9)


@settings(max_examples=20)
@given(SEEDS)
def test_whole_bays_cost_no_less_than_parts_of_them(seed: int) -> None:
    """The plan in whole bays keeps its rules, and its claim lies between the proof and the cost."""
    city = featured_city(seed, whole=True)
    plan = Exact().solve(city, CLOCK)
    assert verify(city, plan).right
    assert plan.bound is not None
    assert plan.claim is not None
    assert plan.bound <= plan.claim * (1 + 1e-6)
    assert plan.claim <= plan.cost * (1 + 1e-6)


@given(SEEDS)
def test_a_false_decision_is_found(seed: int) -> None:
    """A plan that opens or lets wait more than it may breaks a rule."""
    city = featured_city(seed)
    plan = Exact().solve(city, CLOCK)
    waited, opened = plan.decision(Waited), plan.decision(Opened)
    assert waited is not None
    assert opened is not None
    broken = verify(city, replace(plan, decisions=(waited, Opened(opened.units + 9))))
    assert "opens" in {one.constraint.name for one in broken.violations}
    broken = verify(city, replace(plan, decisions=(Waited(waited.cases + 99), opened)))
    assert "waits" in {one.constraint.name for one in broken.violations}
