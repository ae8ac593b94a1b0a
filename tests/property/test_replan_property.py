"""Any event in any small hospital: what has begun stays, and as little as possible changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.keep import Keep, Perturbation
from salus.allocate.hospital.replan.begun import begun, nurses, people
from salus.allocate.hospital.replan.events import (
    Emergency,
    Event,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.allocate.hospital.replan.perturbation import Distance
from salus.allocate.hospital.replan.replan import replan
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verify import verify
from tests.fakes.small_house import DAYS, HOUSE, PLAN, best, patient, priced

SEEDS = st.integers(0, 10_000)
STOP = Stop(iterations=60_000)
HEAVY = Perturbation(10_000, 10_000, 10_000, 10_000)
LIGHT = st.builds(Perturbation, *(st.integers(0, 60) for _ in range(4)))

TODAY = 2
TO_COME = st.sets(st.integers(TODAY, DAYS - 1), min_size=1).map(lambda days: tuple(sorted(days)))
LEFT = st.sampled_from([0, 60])

HAPPENINGS: dict[str, st.SearchStrategy[Event]] = {
    "nurse": st.builds(NurseAway, st.sampled_from(["n0", "n1"]), TO_COME),
    "surgeon": st.builds(SurgeonAway, st.just("s0"), TO_COME, LEFT),
    "theatre": st.builds(TheatreClosed, st.sampled_from(["t0", "t1"]), TO_COME, LEFT),
    "room": st.builds(RoomClosed, st.sampled_from(["r0", "r1"])),
    "emergency": st.builds(
        lambda stay, due: Emergency(patient("e0", stay, release=TODAY, due=due)),
        st.integers(1, 3),
        st.integers(TODAY, DAYS - 1),
    ),
    "stay": st.builds(
        StayChanged, st.sampled_from(["p0", "p1", "p2", "a0"]), st.integers(TODAY, DAYS)
    ),
    "withdrawn": st.builds(Withdrawn, st.sampled_from(["p2", "p3"])),
}


@pytest.mark.parametrize("kind", HAPPENINGS)
@given(st.data(), LIGHT)
@settings(max_examples=12)
def test_no_plan_of_all_is_better(kind: str, data: st.DataObject, weights: Perturbation) -> None:
    """In a house so small that every plan can be tried, none breaks or costs less."""
    event = data.draw(HAPPENINGS[kind])
    gone = {"p3"} if kind == "emergency" else set()
    house = replace(HOUSE, patients=tuple(each for each in HOUSE.patients if each.id not in gone))
    plan = replace(PLAN, admissions=PLAN.admissions[: len(house.patients)])
    found = replan(house, plan, [event], TODAY, STOP, weights=weights)
    keep = Keep(plan, TODAY, weights)
    assert priced(found.problem, keep, found.plan) == best(found.problem, keep)


@given(SEEDS, st.integers(0, 3))
@settings(max_examples=15)
def test_without_events_nothing_changes(seed: int, today: int) -> None:
    """Where each change weighs more than it can save."""
    hospital = random_hospital(seed)
    plan = solve(hospital, STOP, seed)
    assume(verify(hospital, plan).total_violations == 0)
    found = replan(hospital, plan, [], today, STOP, seed=seed, weights=HEAVY)
    assert (found.distance, found.hands) == (Distance(0, 0, 0, 0, 0), ())
    assert found.before == found.unchanged
    assert found.after.total_violations == 0
    assert all(each.before is None for each, _ in found.moves)


@given(SEEDS, st.integers(0, 3), LIGHT, st.data())
@settings(max_examples=25)
def test_what_has_begun_never_changes(
    seed: int, today: int, weights: Perturbation, data: st.DataObject
) -> None:
    """Whoever has been admitted stays where they are, and past duties are as they were."""
    hospital = random_hospital(seed)
    plan = solve(hospital, STOP, seed)
    nurse = data.draw(st.sampled_from(hospital.nurses))
    events: list[Event] = [
        NurseAway(nurse.id, tuple(range(today * 3, hospital.horizon))),
        TheatreClosed("t0", (today,)),
        Emergency(
            replace(hospital.patients[-1], id="e0", mandatory=True, release=today, due=today)
        ),
    ]
    found = replan(hospital, plan, events, today, STOP, seed=seed, weights=weights)
    assert begun(found.plan, today) == begun(plan, today)
    had, has = nurses(plan), nurses(found.plan)
    lie = people(found.problem, found.plan)
    past = {(room, shift) for room, day in lie for shift in range(day * 3, day * 3 + 3)}
    for room, shift in past:
        if shift < today * 3:
            assert has.get((room, shift)) == had.get((room, shift))
    assert all(each.shift >= today * 3 for each, _ in found.hands)


@given(SEEDS)
@settings(max_examples=10)
def test_the_same_seed_gives_the_same_plan(seed: int) -> None:
    """Moves are counted, not timed."""
    hospital = random_hospital(seed)
    plan = solve(hospital, STOP, seed)
    first, again = (replan(hospital, plan, [RoomClosed("r1")], 1, STOP, seed=2) for _ in range(2))
    assert first.plan == again.plan
