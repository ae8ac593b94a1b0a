"""Random cities under random practice: plans keep it, and cost what it adds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.city.aims import Aim
from salus.allocate.city.checks import featured_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.practice.practice import Practice
from salus.allocate.city.practice.rights import declined, reserved
from salus.allocate.city.practice.rule import Rule, Terms
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.core.rng import stream
from salus.domain.rights import Decline, Override

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)


def _practice(seed: int) -> Practice:
    draw = stream(seed, "practice")
    hard = frozenset(rule for rule in Rule if draw.random() < 0.3)
    minutes = {rule: float(draw.uniform(0, 60)) for rule in Rule if rule not in hard}
    areas = [tuple(draw.choice(["east", "west", ""], size).tolist()) for size in (3, 4, 3, 4)]
    tier, lowest, first, down = (draw.integers(0, 4, 3) for _ in range(4))
    return Practice(Terms(minutes, hard), tier, lowest, first, down, *areas)


@given(SEEDS)
def test_plans_keep_practice_and_cost_what_it_adds(seed: int) -> None:
    """The plan is right and proven, costs no less, and its practice term is its ledger's."""
    city, practice = featured_city(seed), _practice(seed)
    under = practice.applied(city)
    plan = Exact().solve(under, CLOCK)
    found = verify(under, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    assert plan.cost >= Exact().solve(city, CLOCK).cost * (1 - 1e-9)
    ledger = practice.ledger(city)
    journey = city.journeys(plan.district, plan.facility, plan.service)
    assert not ledger.closed()[journey].any()
    paid = float(ledger.added()[journey] @ plan.cases)
    assert tally(under, plan).charges.get(Aim.PRACTICE, 0.0) == pytest.approx(paid)


@given(SEEDS)
def test_who_may_go_anywhere_goes_as_before(seed: int) -> None:
    """With an override for each district, practice changes nothing, and the ledger tells it."""
    city, practice = featured_city(seed), _practice(seed)
    let = tuple(Override(each, None, None, "disaster", "governor") for each in city.districts)
    free = replace(practice, overrides=let)
    assert free.applied(city) is city
    assert len(free.ledger(city)) >= len(practice.ledger(city))


@given(SEEDS)
def test_what_facilities_keep_or_decline_costs_and_is_kept(seed: int) -> None:
    """Reserves and declines make a plan no cheaper, and it stays right and proven."""
    city, draw = featured_city(seed), stream(seed, "rights")
    first, last = sorted(draw.choice(len(city.periods), 2).tolist())
    some = Decline("H1", "strike", service=str(draw.choice(city.services)))
    some = replace(some, first_day=city.periods[first], last_day=city.periods[last])
    every = Decline("H2", "no oxygen", resource=str(draw.choice(city.resources)))
    less = reserved(declined(city, [some, every]), np.round(draw.uniform(0, 3, (3, 2)), 1))
    plan = Exact().solve(less, CLOCK)
    found = verify(less, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    assert plan.cost >= Exact().solve(city, CLOCK).cost * (1 - 1e-9)
