"""Any plan of a small hospital: its parts add up, its reasons and worths are confirmed."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.explain.costs import Dimension, costs
from salus.allocate.hospital.explain.effect import Effect, readmitted
from salus.allocate.hospital.explain.insertions import free_gains
from salus.allocate.hospital.explain.opening import openings
from salus.allocate.hospital.explain.reasons import earlier, reasons
from salus.allocate.hospital.explain.staffed import staffed
from salus.allocate.hospital.explain.standing import Standing
from salus.allocate.hospital.explain.unit import Kind, with_unit
from salus.allocate.hospital.explain.worth import worths
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.verification import Hard, Soft
from salus.allocate.hospital.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.problem import HospitalProblem

SEEDS = st.integers(0, 10_000)


@st.composite
def messy(draw: st.DrawFn) -> tuple[HospitalProblem, HospitalPlan]:
    """Draw a hospital and a plan whose duties are left out, doubled and in any order."""
    size = draw(st.tuples(st.integers(1, 9), st.integers(2, 7)))
    problem = random_hospital(draw(SEEDS), patients=size[0], days=size[1])
    plan = random_plan(problem, draw(SEEDS))
    duties = draw(st.permutations(plan.duties))
    kept = duties[: draw(st.integers(0, len(duties)))]
    doubled = [replace(each, rooms=each.rooms * 2) for each in duties[: draw(st.integers(0, 3))]]
    return problem, HospitalPlan(plan.admissions, (*kept, *doubled))


@st.composite
def neat(draw: st.DrawFn) -> tuple[HospitalProblem, HospitalPlan]:
    """Draw a hospital and a plan in which each room has one nurse, or none where it is empty."""
    problem = random_hospital(draw(SEEDS), patients=draw(st.integers(1, 12)), days=5)
    plan = random_plan(problem, draw(SEEDS))
    bare = draw(st.sampled_from((None, *(each.id for each in problem.rooms))))
    held = {each.room for each in problem.occupants} | {each.room for each in plan.admissions}
    duties = (
        replace(each, rooms=tuple(room for room in each.rooms if room != bare or room in held))
        for each in plan.duties
    )
    return problem, replace(plan, duties=tuple(duties))


@settings(max_examples=60, deadline=None)
@given(messy())
def test_the_parts_add_up_by_every_dimension(drawn: tuple[HospitalProblem, HospitalPlan]) -> None:
    """Grouped by person, room, nurse or day, each component is what verification counts."""
    problem, plan = drawn
    found, told = costs(problem, plan), verify(problem, plan).costs
    for dimension in Dimension:
        sums = dict.fromkeys(Soft, Fraction(0))
        for row in found.by(dimension).values():
            for component, cost in row.items():
                sums[component] += cost
        assert sums == told
    assert found.total == sum(told.values())
    assert all(each.cost > 0 for each in found.shares)


@settings(max_examples=30, deadline=None)
@given(neat())
def test_a_part_belongs_to_what_its_rule_says(drawn: tuple[HospitalProblem, HospitalPlan]) -> None:
    """Nothing is by room or nurse that has none, and all else is."""
    shares = costs(*drawn).shares
    by_room = {
        Soft.ROOM_AGE_MIX,
        Soft.ROOM_SKILL_LEVEL,
        Soft.CONTINUITY_OF_CARE,
        Soft.EXCESSIVE_NURSE_WORKLOAD,
    }
    for each in shares:
        assert each.person is not None
        assert (each.room is not None) == (each.component in by_room)
        assert (each.nurse is not None) == (each.component in by_room - {Soft.ROOM_AGE_MIX})
        assert (each.day is None) == (each.component is Soft.ELECTIVE_UNSCHEDULED_PATIENTS)


def _every_way(problem: HospitalProblem, patient: Patient, days: range) -> Iterator[Admission]:
    for day in days:
        for room in problem.rooms:
            for theatre in problem.theatres:
                if room.id not in patient.barred:
                    yield Admission(patient.id, day, room.id, theatre.id)


@settings(max_examples=25, deadline=None)
@given(neat())
def test_no_other_way_is_nearer_than_the_reason(
    drawn: tuple[HospitalProblem, HospitalPlan],
) -> None:
    """Of all days, fit rooms and theatres the one named breaks fewest rules and costs least."""
    problem, plan = drawn
    whole = staffed(problem, plan)
    before, standing = verify(problem, whole), Standing(problem, whole)
    assert before == verify(problem, plan)
    found = {each.patient: each for each in reasons(problem, plan)}
    for patient in problem.patients:
        now = standing.place.get(patient.id)
        days = earlier(problem, patient, now)
        assert bool(days) == (patient.id in found)
        if not days:
            continue
        if now is not None:
            standing.lift(patient)
        out = verify(problem, replace(whole, admissions=tuple(standing.place.values())))
        ranks = {}
        for way in _every_way(problem, patient, days):
            effect = Effect.of(out, verify(problem, readmitted(whole, (way,))))
            lacking = {rule: n for rule, n in effect.violations.items() if n > 0}
            ranks[way] = (len(lacking), sum(lacking.values()), effect.cost)
        reason = found[patient.id]
        assert ranks[reason.way] == min(ranks.values())
        rules = {each.rule for each in reason.lacks}
        assert len(rules) == ranks[reason.way][0]
        assert sum(each.amount for each in reason.lacks) == ranks[reason.way][1]
        assert reason.effect == Effect.of(before, verify(problem, readmitted(whole, (reason.way,))))
        if now is not None:
            standing.lay(patient, now)


@settings(max_examples=30, deadline=None)
@given(neat(), SEEDS)
def test_arrays_foretell_what_verification_finds(
    drawn: tuple[HospitalProblem, HospitalPlan], seed: int
) -> None:
    """What an admission breaks and costs by the arrays is what verification counts for it."""
    problem, plan = drawn
    plan = staffed(problem, plan)
    standing, pick = Standing(problem, plan), np.random.default_rng(seed)
    patient = problem.patients[pick.integers(len(problem.patients))]
    if patient.id in standing.place:
        standing.lift(patient)
    without = replace(plan, admissions=tuple(standing.place.values()))
    before = verify(problem, without)
    for opening in openings(standing, patient, range(patient.release, problem.days)):
        room, theatre = pick.integers(len(problem.rooms)), pick.integers(len(problem.theatres))
        way = opening.way(standing, int(room), int(theatre))
        effect = Effect.of(before, verify(problem, readmitted(without, (way.admission,))))
        late = opening.day > problem.last_day(patient)
        left_out = Hard.MANDATORY_UNSCHEDULED_PATIENTS
        assert way.broken + late == effect.broken - effect.violations.get(left_out, 0)
        saved = 0 if patient.mandatory else problem.weights.postponed
        assert way.cost - saved == effect.cost


@settings(max_examples=30, deadline=None)
@given(neat(), SEEDS)
def test_who_is_lifted_and_laid_back_leaves_no_trace(
    drawn: tuple[HospitalProblem, HospitalPlan], seed: int
) -> None:
    """The arrays are what they were, and those of a changed plan are those of that plan."""
    problem, plan = drawn
    plan = staffed(problem, plan)
    standing, pick = Standing(problem, plan), np.random.default_rng(seed)
    for patient in problem.patients:
        if patient.id in standing.place:
            now = standing.lift(patient)
            if pick.random() < 0.5:
                now = replace(now, day=int(pick.integers(problem.days)))
            standing.lay(patient, now)
    anew = Standing(problem, replace(plan, admissions=tuple(standing.place.values())))
    for name in ("there", "ages", "load", "used", "worked", "cases", "nurse"):
        assert np.array_equal(getattr(standing, name), getattr(anew, name)), name


@settings(max_examples=30, deadline=None)
@given(neat())
def test_each_worth_is_a_saving_that_verification_confirms(
    drawn: tuple[HospitalProblem, HospitalPlan],
) -> None:
    """In the larger hospital the changed plan costs as much less as is said and breaks no more."""
    problem, plan = drawn
    found = worths(problem, plan)
    before = staffed(problem, plan)
    base = readmitted(before, found.free)
    now = verify(problem, base)
    assert Effect.of(verify(problem, before), now).cost == -found.saved
    assert not free_gains(Standing(problem, base)) or len(found.free) > 0
    order = [(each.effect.broken, -each.each) for each in found.worths]
    assert order == sorted(order)
    for each in found.worths:
        assert each.saving > 0
        larger = with_unit(problem, each.unit)
        if each.unit.kind is not Kind.NURSE:
            effect = Effect.of(now, verify(larger, readmitted(base, each.admissions)))
            assert effect == each.effect
            assert all(n <= 0 for n in effect.violations.values())
            same = Effect.of(now, verify(problem, readmitted(base, each.admissions)))
            assert same.broken > effect.broken  # without the unit it cannot be had
        else:
            assert each.rooms
