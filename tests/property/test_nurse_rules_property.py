"""Any small roster under any rules: what is kept breaks none, and is the best there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.law.expected import expected_work
from salus.allocate.hospital.law.permitted import SPARE, at_work, permitted
from salus.allocate.hospital.law.verify import verify_nurse_rules
from salus.allocate.hospital.nurse_rules import NurseRules
from salus.allocate.hospital.plan import Duty, HospitalPlan
from salus.allocate.hospital.verify import verify
from salus.core.errors import InputError
from tests.fakes.house import stated

if TYPE_CHECKING:
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.problem import HospitalProblem

HOURS = st.none() | st.integers(0, 30).map(lambda hours: hours * 60)
RULES = st.builds(
    NurseRules,
    rest=HOURS,
    week=st.none() | st.integers(8, 40).map(lambda hours: hours * 60),
    whole=st.none() | st.integers(8, 60).map(lambda hours: hours * 60),
    shares=st.just(()) | st.tuples(*[st.sampled_from([0.0, 0.25, 0.5, 1.0])] * 3),
)


def _kept(hospital: Hospital) -> HospitalProblem | None:
    try:
        return permitted(hospital)
    except InputError:
        return None


@given(st.integers(0, 10_000), RULES, st.integers(2, 9))
def test_each_plan_of_the_permitted_roster_keeps_the_rules(
    seed: int, rules: NurseRules, days: int
) -> None:
    """Whatever rooms nurses are given, and with all of them at work, as counted by definition."""
    hospital = replace(stated(random_hospital(seed, days=days)), rules=rules)
    problem = _kept(hospital)
    if problem is None:
        return
    plan = random_plan(problem, seed)
    everybody = at_work(problem, plan)
    assert verify_nurse_rules(hospital, everybody) == ()
    assert verify(hospital.problem, everybody) == verify(hospital.problem, plan)
    alone = replace(hospital, rules=replace(rules, shares=()))
    assert verify_nurse_rules(alone, plan) == ()


@settings(max_examples=12)
@given(st.integers(0, 10_000), RULES)
def test_no_roster_is_worth_more(seed: int, rules: NurseRules) -> None:
    """Of all rosters of two days that keep the rules and leave nobody out, none is worth more."""
    hospital = replace(stated(random_hospital(seed, days=2)), rules=rules)
    offers = [(n.id, shift) for n in hospital.problem.nurses for shift in n.loads]
    best = None
    for chosen in product((False, True), repeat=len(offers)):
        duties = [Duty(*each, ()) for each, kept in zip(offers, chosen, strict=True) if kept]
        if len({each.shift for each in duties}) == hospital.problem.horizon and not (
            verify_nurse_rules(hospital, HospitalPlan((), tuple(duties)))
        ):
            worth = _worth(hospital, {(each.nurse, each.shift) for each in duties})
            best = worth if best is None else max(best, worth)
    problem = _kept(hospital)
    assert (problem is None) == (best is None)
    if problem is not None and best is not None:
        kept = {(nurse.id, shift) for nurse in problem.nurses for shift in nurse.loads}
        assert _worth(hospital, kept) == pytest.approx(best, rel=2e-4, abs=1e-6)


def _worth(hospital: Hospital, kept: set[tuple[str, int]]) -> float:
    problem, expected = hospital.problem, expected_work(hospital.problem)
    capacity, spare = np.zeros_like(expected), 0.0
    for nurse in problem.nurses:
        for shift, load in nurse.loads.items():
            if (nurse.id, shift) in kept:
                capacity[: nurse.skill + 1, shift] += load
                spare += 1 + load
    weights = np.full(problem.levels, max(1, problem.weights.skill), dtype=float)
    weights[0] = max(1, problem.weights.overload)
    useful = np.minimum(capacity, expected).sum(axis=1)
    return float(useful @ weights + SPARE * spare * weights.max())
