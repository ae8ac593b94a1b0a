"""The check finds each lie of an answer, and names the rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city
from salus.allocate.city.features.surge import Opened
from salus.allocate.city.uncertain.answer import Proof, TwoStagePlan
from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.scenarios import Scenarios
from salus.allocate.city.uncertain.two_stage import plan_two_stages
from salus.allocate.city.uncertain.worth import worth
from salus.core.clock import SystemClock

CITY = featured_city(3)
AHEAD = Scenarios(np.stack([0.5 * CITY.need, 1.5 * CITY.need]), np.array([0.6, 0.4]))
PLAN = plan_two_stages(CITY, AHEAD, SystemClock(), Risk(0.5, 0.5))


def _names(plan: TwoStagePlan) -> set[str]:
    return {one.constraint.name for one in check_two_stages(CITY, AHEAD, plan).violations}


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (replace(PLAN, expected=PLAN.expected + 1), "expected"),
        (replace(PLAN, tail=float("nan")), "tail"),
        (replace(PLAN, cost=PLAN.cost - 1), "judged"),
        (replace(PLAN, costs=PLAN.costs[::-1]), "costs"),
        (replace(PLAN, claim=PLAN.cost + 1), "claimed"),
        (replace(PLAN, first={"surge": np.array([0.0, 0.0])}), "together"),
        (replace(PLAN, plans=(replace(PLAN.plans[0], cost=0.0), PLAN.plans[1])), "scenario"),
        (replace(PLAN, proof=replace(PLAN.proof, bound=PLAN.cost + 9)), "proven"),
        (replace(PLAN, proof=replace(PLAN.proof, counts=np.array([0.0, 1.0]))), "counts"),
        (replace(PLAN, proof=replace(PLAN.proof, counts=np.array([0.5, 0.4]))), "counts"),
    ],
)
def test_each_lie_is_found(wrong: TwoStagePlan, name: str) -> None:
    """A figure that the answer does not add up to breaks the rule of that figure."""
    assert _names(PLAN) == set()
    assert name in _names(wrong)


def test_a_scenario_that_opens_something_else_is_found() -> None:
    """Plans must agree in what is decided before need is known."""
    own = PLAN.plans[0]
    units = PLAN.first["surge"] + np.array([0.3, -0.2])
    other = replace(own, decisions=(own.decisions[0], Opened(units)))
    found = check_two_stages(CITY, AHEAD, replace(PLAN, plans=(other, PLAN.plans[1])))
    apart = [one for one in found.violations if one.constraint.name == "together"]
    assert [str(one.where) for one in apart] == ["surge in scenario 1"]
    none = replace(own, decisions=())
    assert "together" in _names(replace(PLAN, plans=(none, PLAN.plans[1])))


def test_an_answer_to_other_scenarios_is_refused() -> None:
    """An answer with too few plans, costs or prices cannot be checked."""
    few = replace(PLAN, plans=PLAN.plans[:1], proof=Proof(np.ones(1), PLAN.proof.prices, 0.0))
    with pytest.raises(ValueError, match=r"plans must be 2.*counts must be 2"):
        check_two_stages(CITY, AHEAD, few)
    with pytest.raises(ValueError, match="first must be"):
        check_two_stages(CITY, AHEAD, replace(PLAN, first={}))


def test_worths_out_of_order_are_found() -> None:
    """Nothing is better than to know, and the plan is no worse than that for the mean."""
    right = worth(CITY, AHEAD, PLAN)
    assert check_two_stages(CITY, AHEAD, PLAN, right).right
    for wrong in (
        replace(right, wait_and_see=PLAN.cost + 5),
        replace(right, mean_plan=PLAN.cost - 5),
        replace(right, here_and_now=PLAN.cost + 5),
    ):
        found = check_two_stages(CITY, AHEAD, PLAN, wrong)
        assert {one.constraint.name for one in found.violations} == {"order"}
