"""A plan of a hospital is added up by each rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salus.allocate.hospital.fit.breach import UnfitError
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.verification import Hard, Soft
from salus.allocate.hospital.verify import verify
from tests.fakes.timetables import HOSPITAL, PLAN


def test_the_last_nurse_of_a_room_is_its_nurse() -> None:
    """Skill and continuity follow the last that names it; the workload stays with each."""
    on_duty = [each.id for each in HOSPITAL.nurses if 0 in each.loads]
    plan = HospitalPlan((), tuple(Duty(each, 0, ("r0",)) for each in on_duty))
    first, last = verify(HOSPITAL, plan), verify(HOSPITAL, replace(plan, duties=plan.duties[::-1]))
    workload = Soft.EXCESSIVE_NURSE_WORKLOAD
    assert first.amounts[workload] == last.amounts[workload]
    skill = {each.id: each.skill for each in HOSPITAL.nurses}
    need = int(HOSPITAL.occupants[0].need[0])
    for verification, nurse in ((first, on_duty[-1]), (last, on_duty[0])):
        assert verification.amounts[Soft.ROOM_SKILL_LEVEL] == max(0, need - skill[nurse])
        assert verification.amounts[Soft.CONTINUITY_OF_CARE] == 1


def test_a_room_named_twice_counts_twice() -> None:
    """In the workload of its nurse, and nowhere else."""
    twice = tuple(replace(each, rooms=each.rooms * 2) for each in PLAN.duties)
    once, doubled = verify(HOSPITAL, PLAN), verify(HOSPITAL, replace(PLAN, duties=twice))
    workload = Soft.EXCESSIVE_NURSE_WORKLOAD
    assert doubled.amounts[workload] > once.amounts[workload]
    assert {**doubled.amounts, workload: 0} == {**once.amounts, workload: 0}


def test_without_a_nurse_there_is_no_cost() -> None:
    """Each shift of a room with people counts; the cost is not defined then."""
    found = verify(HOSPITAL, HospitalPlan((), ()))
    stays = sum(each.stay for each in HOSPITAL.occupants)
    assert found.violations[Hard.UNCOVERED_ROOM] == 3 * stays
    assert found.total_cost is None
    assert verify(HOSPITAL, replace(PLAN, admissions=())).total_cost is not None


def test_a_stay_ends_with_the_horizon() -> None:
    """What lies beyond it is nowhere counted."""
    late = Admission("p0", HOSPITAL.days - 1, "r2", "t0")
    found = verify(HOSPITAL, HospitalPlan((late,), ()))
    none = verify(HOSPITAL, HospitalPlan((), ()))
    uncovered = Hard.UNCOVERED_ROOM
    assert found.violations[uncovered] == none.violations[uncovered] + 3


def test_a_plan_in_python_is_checked_too() -> None:
    """By the names of its own fields."""
    plan = HospitalPlan((Admission("p0", 9, "r9", "t0"),), (Duty("n0", 99, ()),))
    with pytest.raises(UnfitError) as raised:
        verify(HOSPITAL, plan)
    assert [each.where.column for each in raised.value.faults] == [
        "admissions[0].day",
        "admissions[0].room",
        "duties[0].shift",
    ]
