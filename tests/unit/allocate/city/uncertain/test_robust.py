"""Robust plans: what is refused, and what their check finds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.aims import Aim, Aims
from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.uncertain.needs import NeedSet
from salus.allocate.city.uncertain.robust import RobustPlan, plan_robustly
from salus.allocate.city.uncertain.robust_check import check_robust
from salus.allocate.city.uncertain.robustness_curve import price_of_robustness
from salus.allocate.city.verify import verify
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock

CLOCK = SystemClock()
CITY = replace(featured_city(4), features=featured_city(4).features[1:])
NEEDS = NeedSet(CITY.need, 0.3 * CITY.need, 1.5)
PLAN = plan_robustly(CITY, NEEDS, CLOCK)


def test_all_that_is_wrong_with_a_set_is_named() -> None:
    """Shapes, numbers and the budget are checked together."""
    bad = np.full((2, 1, 1), np.nan)
    with pytest.raises(ValueError, match=r"deviation must have shape.*finite.*budget must be"):
        NeedSet(np.ones((1, 1, 1)), bad, -1.0)
    with pytest.raises(ValueError, match="nominal must have shape"):
        NeedSet(np.ones(2), np.ones(2), float("nan"))


def test_needs_of_another_city_are_refused() -> None:
    """The set must have the shape of the city's need."""
    with pytest.raises(ValueError, match=r"nominal must have shape \(4, 3, 3\)"):
        plan_robustly(CITY, NeedSet(np.ones((1, 1, 1)), np.ones((1, 1, 1)), 1), CLOCK)


def test_what_is_decided_when_need_is_known_is_refused() -> None:
    """Waiting and ordered aims have no place in a plan that is promised beforehand."""
    waiting = replace(featured_city(4), aims=Aims(order=((Aim.UNMET,),)))
    with pytest.raises(ValueError, match=r"given an order: .*; .*but not waiting"):
        plan_robustly(waiting, NEEDS, CLOCK)


def test_the_set_knows_its_members() -> None:
    """Few districts far off or many a little are in the set; more are not."""
    needs = NeedSet(np.full((4, 1, 1), 10.0), np.full((4, 1, 1), 4.0), 1.5)
    for off, inside in (
        ([1, 0.5, 0, 0], True),
        ([0.4, 0.4, 0.4, 0.3], True),
        ([1, 1, 0, 0], False),
        ([1.2, 0, 0, 0], False),
    ):
        assert needs.holds(needs.member(np.array(off))) is inside
    assert needs.holds(np.array([6.0, 12, 10, 10]).reshape(4, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (replace(PLAN, cost=PLAN.cost - 1), "stated"),
        (replace(PLAN, unmet=0.0), "stated"),
        (replace(PLAN, bound=PLAN.cost + 1), "proven"),
        (replace(PLAN, claim=PLAN.cost + 1), "claimed"),
        (replace(PLAN, share=PLAN.share * 1.2), "held"),
        (replace(PLAN, share=np.ones_like(PLAN.share)), "shares"),
        (replace(PLAN, share=-PLAN.share), "shares"),
        (replace(PLAN, decisions=()), "held"),
    ],
)
def test_each_lie_of_a_robust_plan_is_found(wrong: RobustPlan, name: str) -> None:
    """A promise that the worst need breaks is named."""
    assert check_robust(CITY, PLAN).right
    assert name in {one.constraint.name for one in check_robust(CITY, wrong).violations}


def test_whole_bays_stay_whole() -> None:
    """With whole units, the claim lies between the proof and the cost."""
    city = replace(featured_city(1, whole=True), features=featured_city(1, whole=True).features[1:])
    plan = plan_robustly(city, NeedSet(city.need, 0.2 * city.need, 1), CLOCK)
    assert check_robust(city, plan).right
    assert plan.claim is not None


def test_a_robust_plan_without_time_serves_nobody() -> None:
    """A limit gives a plan that holds, with the gap that it has."""
    plan = plan_robustly(CITY, NEEDS, CLOCK, Stop(seconds=0.0))
    assert check_robust(CITY, plan).right
    assert plan.bound <= plan.cost


def test_safety_has_its_price() -> None:
    """The more districts may be off, the more the worst need costs; the price starts at zero."""
    city = small_city(6)
    needs = NeedSet(city.need, 0.3 * city.need, 0)
    curve = price_of_robustness(city, needs, [0, 1, 2, 4], CLOCK)
    assert curve.price[0] == 0
    assert (np.diff(curve.cost) >= -1e-6).all()
    assert (curve.price >= -1e-9).all()
    for budgets in ([], [2, 1], [-1, 0]):
        with pytest.raises(ValueError, match="budget"):
            price_of_robustness(city, needs, budgets, CLOCK)


def test_prices_of_practice_count() -> None:
    """A journey that practice makes dear is used less, in the nominal plan as in the city's."""
    city = small_city(6)
    city = replace(city, arc_price=np.where(city.arc_facility == 0, 500.0, 0.0))
    plan = plan_robustly(city, NeedSet(city.need, 0 * city.need, 2), CLOCK)
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost)
    assert verify(*plan.plan(city, city.need)).right
