"""Uncertain need: both methods agree, values keep their order, robust plans hold in their set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import featured_city, staffed_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.stocked import stocked_city
from salus.allocate.city.uncertain.check import check_two_stages
from salus.allocate.city.uncertain.needs import NeedSet
from salus.allocate.city.uncertain.reduction import reduce_scenarios
from salus.allocate.city.uncertain.risk import Risk
from salus.allocate.city.uncertain.robust import plan_robustly
from salus.allocate.city.uncertain.robust_check import check_robust
from salus.allocate.city.uncertain.scenarios import Scenarios
from salus.allocate.city.uncertain.two_stage import Method, plan_two_stages
from salus.allocate.city.uncertain.worth import worth
from salus.allocate.city.verify import verify
from salus.allocate.city.whole import solve_whole
from salus.allocate.lp.stop import Stop
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)
RISKS = st.builds(
    Risk, st.sampled_from([0.0, 0.25, 0.7, 1.0]), st.sampled_from([0.2, 0.5, 0.8, 0.95])
)


def _ahead(seed: int, count: int = 4, city: CityProblem | None = None) -> Scenarios:
    draw = stream(seed, "uncertain")
    need = (city or featured_city(seed)).need * draw.uniform(0.2, 1.8, (count, 4, 1, 1))
    return Scenarios(np.round(need, 2), draw.dirichlet(np.ones(count)))


@settings(max_examples=15)
@given(SEEDS, RISKS)
def test_values_keep_their_order(seed: int, risk: Risk) -> None:
    """To know is no worse than to plan, to plan no worse than to trust the mean; all recounted."""
    city, ahead = featured_city(seed), _ahead(seed)
    plan = plan_two_stages(city, ahead, CLOCK, risk)
    found = worth(city, ahead, plan)
    checked = check_two_stages(city, ahead, plan, found)
    assert checked.right
    assert checked.gap <= 1e-6
    slack = 1e-6 * plan.cost
    assert found.wait_and_see - slack <= plan.cost <= found.mean_plan + slack
    assert plan.tail >= plan.expected - slack


@settings(max_examples=15)
@given(SEEDS, RISKS, st.booleans())
def test_benders_agrees_with_the_deterministic_equivalent(
    seed: int,
    risk: Risk,
    whole: bool,  # noqa: FBT001
) -> None:
    """Both methods find the same cost to 1e-6, and both prove it."""
    city, ahead = featured_city(seed, whole=whole), _ahead(seed)
    one, two = (
        plan_two_stages(city, ahead, CLOCK, risk, method=method)
        for method in (Method.EQUIVALENT, Method.BENDERS)
    )
    assert two.cost == pytest.approx(one.cost, rel=1e-6)
    assert two.proof.bound == pytest.approx(one.proof.bound, rel=1e-6)
    assert check_two_stages(city, ahead, two).right
    assert two.gap <= 1e-6


FURNISHED: list[Callable[[int], CityProblem]] = [staffed_city, stocked_city]


@settings(max_examples=6)
@given(SEEDS, RISKS, st.sampled_from(FURNISHED))
def test_lending_and_medicines_are_decided_first(
    seed: int, risk: Risk, make: Callable[[int], CityProblem]
) -> None:
    """Where units are lent and medicines are ordered, both methods agree and keep every rule."""
    city = make(seed)
    ahead = _ahead(seed, 3, city)
    one, two = (
        plan_two_stages(city, ahead, CLOCK, risk, method=method)
        for method in (Method.EQUIVALENT, Method.BENDERS)
    )
    assert two.cost == pytest.approx(one.cost, rel=1e-6)
    assert two.gap <= 1e-6
    for plan in (one, two):
        assert check_two_stages(city, ahead, plan).violations == ()


@settings(max_examples=15)
@given(SEEDS)
def test_the_mean_costs_least_when_only_it_counts(seed: int) -> None:
    """Without weight on the tail, the cost is the mean, and no risk has a lower mean."""
    city, ahead = featured_city(seed), _ahead(seed)
    plain, averse = (plan_two_stages(city, ahead, CLOCK, risk) for risk in (Risk(), Risk(1.0, 0.7)))
    assert plain.cost == plain.expected
    assert plain.expected <= averse.expected * (1 + 1e-6)
    assert averse.tail <= _tail(plain.costs, ahead, 0.7) * (1 + 1e-6)


def _tail(costs: np.ndarray, ahead: Scenarios, level: float) -> float:
    return Risk(1.0, level).of(costs, ahead.probability)


@settings(max_examples=15)
@given(SEEDS, RISKS, st.sampled_from([Method.EQUIVALENT, Method.BENDERS]))
def test_one_scenario_is_planned_as_if_it_were_sure(seed: int, risk: Risk, method: Method) -> None:
    """With a single scenario, the answer costs what the plan of that city costs."""
    city = featured_city(seed)
    plan = plan_two_stages(city, Scenarios(city.need[None], np.ones(1)), CLOCK, risk, method=method)
    assert plan.cost == pytest.approx(solve_whole(city, "exact", CLOCK, Stop()).cost, rel=1e-8)


@settings(max_examples=25)
@given(SEEDS, st.floats(0, 5), st.floats(0, 1))
def test_a_robust_plan_holds_in_every_need_of_its_set(
    seed: int, budget: float, deviation: float
) -> None:
    """At corners and inside the set, no rule breaks, and no more is unmet or spent than stated."""
    city = featured_city(seed)
    city = replace(city, features=city.features[1:])
    needs = NeedSet(city.need, deviation * city.need, budget)
    plan = plan_robustly(city, needs, CLOCK)
    checked = check_robust(city, plan)
    assert checked.right
    assert checked.gap <= 1e-6
    for need in _members(needs, seed):
        assert needs.holds(need)
        found, own = plan.plan(city, need)
        verified = verify(found, own)
        assert verified.right
        assert verified.cost <= plan.cost * (1 + 1e-6)
        assert need.sum() - own.cases.sum() <= plan.unmet + 1e-6 * max(1.0, need.sum())


def _members(needs: NeedSet, seed: int) -> list[np.ndarray]:
    draw = stream(seed, "members")
    districts, found = len(needs.nominal), []
    for _ in range(6):
        corner = np.zeros(districts)
        order = draw.permutation(districts)
        corner[order] = np.clip(needs.budget - np.arange(districts), 0, 1)
        inside = corner * draw.random(districts)
        either = draw.uniform(-1, 1, needs.nominal.shape)
        found += [
            needs.member(corner),
            needs.nominal + inside[:, None, None] * either * needs.deviation,
        ]
    return found


@settings(max_examples=20)
@given(SEEDS, st.booleans())
def test_without_deviations_a_robust_plan_is_the_nominal_one(seed: int, budget: bool) -> None:  # noqa: FBT001
    """With no district off, or none by anything, the plan costs what the city's plan costs."""
    city = featured_city(seed)
    city = replace(city, features=city.features[1:])
    needs = NeedSet(city.need, city.need * (not budget), 2 * budget)
    plan = plan_robustly(city, needs, CLOCK)
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-8)
    assert plan.nominal_cost == pytest.approx(plan.cost, rel=1e-8)


@given(SEEDS)
def test_keeping_more_scenarios_moves_them_less(seed: int) -> None:
    """Probabilities stay together 1, and the distance falls to zero as more are kept."""
    ahead = _ahead(seed, 8)
    found = [reduce_scenarios(ahead, keep) for keep in range(1, 9)]
    for one in found:
        assert one.scenarios.probability.sum() == pytest.approx(1, abs=1e-12)
        near = np.sqrt(((ahead.need - one.scenarios.need[one.stands_in]) ** 2).sum(axis=(1, 2, 3)))
        assert one.distance == pytest.approx(float(ahead.probability @ near))
    assert (np.diff([one.distance for one in found]) <= 1e-12).all()
    assert found[-1].distance == 0
