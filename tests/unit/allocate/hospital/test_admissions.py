"""Days of admission by branch and cut, before the search begins anew with them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.search.state import OUT
from salus.allocate.hospital.site import Surgeon
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.solver.admissions import admissions
from salus.allocate.hospital.solver.cooling import Cooling
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verification import Hard, Soft
from salus.allocate.hospital.verify import verify
from salus.allocate.lp.stop import Stop as Limit
from tests.fakes.small_house import house, patient

PROVED, HOURS = Limit(), np.full(4, 240)
WAITING = (Soft.PATIENT_DELAY, Soft.ELECTIVE_UNSCHEDULED_PATIENTS)
THEATRES = (Soft.OPEN_OPERATING_THEATER, Soft.SURGEON_TRANSFER)


@pytest.mark.parametrize("seed", range(8))
def test_nobody_waits_less_by_a_search(seed: int) -> None:
    """The days keep what they can, and rooms and nurses only make people wait longer."""
    problem = random_hospital(seed)
    days = admissions(problem, PROVED)
    plan = solve(problem, Stop(iterations=50_000), seed)
    if days is None:
        assert verify(problem, plan).total_violations
        return
    chosen = HospitalPlan(
        tuple(
            Admission(each.id, int(day), problem.rooms[0].id, problem.theatres[0].id)
            for each, day in zip(problem.patients, days, strict=True)
            if day != OUT
        ),
        (),
    )
    found, planned = verify(problem, chosen), verify(problem, plan)
    for rule in (Hard.ADMISSION_DAY, Hard.SURGEON_OVERTIME, Hard.MANDATORY_UNSCHEDULED_PATIENTS):
        assert found.violations[rule] == 0
    waiting = sum(found.costs[each] for each in WAITING)
    assert waiting <= sum(planned.costs[each] for each in (*WAITING, *THEATRES))


def test_where_nothing_is_found_the_search_goes_on_without() -> None:
    """Nobody waits, nothing fits, or the work was ended."""
    assert admissions(replace(house(), patients=()), PROVED) is None
    crowd = house(*(patient(f"p{n}", due=0, minutes=120) for n in range(3)))
    assert admissions(crowd, PROVED) is None
    hospital = random_hospital(5, patients=40, days=14)
    assert admissions(hospital, PROVED, lambda: True) is None


def test_who_must_be_admitted_gives_way_to_another_place() -> None:
    """Moves that make room, alone, exchange those who stand in each other's way."""
    problem = house(
        patient("p0", 4, due=0, gender=Gender.B, barred=frozenset(["r1"])),
        patient("p1", 4, due=0),
        patient("p2", 4, due=0, gender=Gender.B),
    )
    problem = replace(problem, occupants=(), surgeons=(Surgeon("s0", HOURS),))
    mixed = HospitalPlan(
        (
            Admission("p0", 0, "r0", "t0"),
            Admission("p1", 0, "r0", "t1"),
            Admission("p2", 0, "r1", "t0"),
        ),
        (),
    )
    assert verify(problem, mixed).violations[Hard.ROOM_GENDER_MIX] == 4
    alone = Cooling(40.0, first=0.5, middle=0.4, last=0.3, shares=(0, 0, 0, 0, 0, 0, 0, 1))
    plan = solve(problem, Stop(iterations=2_000), warm=mixed, cooling=alone)
    assert verify(problem, plan).total_violations == 0
