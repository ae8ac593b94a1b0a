"""A house with two rooms and four days, a plan of it, and every plan that there is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.people import Gender, Occupant, Patient
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.replan.begun import begun, nurses, people
from salus.allocate.hospital.replan.perturbation import distance
from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights
from salus.allocate.hospital.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.keep import Keep

DAYS, MINUTES, LOAD = 4, 120, 4


def patient(
    name: str,
    stay: int = 1,
    *,
    release: int = 0,
    due: int | None = None,
    minutes: int = 60,
    gender: Gender = Gender.A,
    barred: frozenset[str] = frozenset(),
) -> Patient:
    """Make somebody who waits; one work and no skill in each of their shifts."""
    return Patient(
        name,
        gender,
        0,
        stay,
        np.ones(stay, dtype=np.int64),
        np.zeros(stay, dtype=np.int64),
        mandatory=due is not None,
        release=release,
        due=due,
        minutes=minutes,
        surgeon="s0",
        barred=barred,
    )


def house(*patients: Patient, stays: int = 2) -> HospitalProblem:
    """Make a house of two theatres, a room with two beds and one with one, and two nurses."""
    minutes = np.full(DAYS, MINUTES, dtype=np.int64)
    ones, zeros = np.ones(stays, dtype=np.int64), np.zeros(stays, dtype=np.int64)
    return HospitalProblem(
        days=DAYS,
        shifts=("day",),
        levels=2,
        ages=("adult",),
        weights=Weights(1, 3, 2, 4, 6, 2, 5, 40),
        occupants=(Occupant("a0", Gender.A, 0, stays, ones, zeros, "r1"),),
        patients=patients,
        surgeons=(Surgeon("s0", minutes),),
        theatres=(Theatre("t0", minutes), Theatre("t1", minutes)),
        rooms=(Room("r0", 2), Room("r1", 1)),
        nurses=tuple(Nurse(name, 1, dict.fromkeys(range(DAYS), LOAD)) for name in ("n0", "n1")),
    )


HOUSE = house(
    patient("p0", 3, due=0),
    patient("p1", 1, release=1, due=3),
    patient("p2", 2, release=1),
    patient("p3", 1, release=2, gender=Gender.B),
)
PLAN = HospitalPlan(
    (
        Admission("p0", 0, "r0", "t0"),
        Admission("p1", 1, "r0", "t0"),
        Admission("p2", 2, "r1", "t0"),
        Admission("p3", 3, "r0", "t1"),
    ),
    (
        *(Duty("n0", shift, ("r0",)) for shift in range(DAYS)),
        *(Duty("n1", shift, ("r1",)) for shift in range(DAYS)),
    ),
)
"""Breaks nothing. On the morning of day 1, p0 has begun."""


def every_plan(problem: HospitalProblem, keep: Keep) -> Iterator[HospitalPlan]:
    """Make every plan of a problem that keeps what has begun, and looks after all with people."""
    inside = begun(keep.plan, keep.since)
    choices = [
        [inside[each.id]]
        if each.id in inside
        else [
            *([] if each.mandatory else [None]),
            *(
                Admission(each.id, day, room.id, theatre.id)
                for day in range(max(each.release, keep.since), problem.last_day(each) + 1)
                for room in problem.rooms
                if room.id not in each.barred
                for theatre in problem.theatres
            ),
        ]
        for each in problem.patients
    ]
    for chosen in product(*choices):
        admissions = tuple(each for each in chosen if each is not None)
        for duties in _every_duty(problem, keep, HospitalPlan(admissions, ())):
            yield HospitalPlan(admissions, duties)


def best(problem: HospitalProblem, keep: Keep) -> tuple[int, int]:
    """Find the least that a plan can break, and then the least that it costs with its changes."""
    return min(priced(problem, keep, plan) for plan in every_plan(problem, keep))


def priced(problem: HospitalProblem, keep: Keep, plan: HospitalPlan) -> tuple[int, int]:
    """Add up what a plan breaks, and what it costs with its changes."""
    found = verify(problem, plan)
    assert found.total_cost is not None
    changes = distance(problem, keep.plan, plan).cost(keep.perturbation)
    return found.total_violations, found.total_cost + changes


def _every_duty(
    problem: HospitalProblem, keep: Keep, plan: HospitalPlan
) -> Iterator[tuple[Duty, ...]]:
    had, shifts = nurses(keep.plan), len(problem.shifts)
    spots = [
        (room, shift)
        for room, day in people(problem, plan)
        for shift in range(day * shifts, (day + 1) * shifts)
    ]
    choices = [
        [had[room, shift]]
        if shift < keep.since * shifts
        else [each.id for each in problem.nurses if shift in each.loads]
        for room, shift in spots
    ]
    for chosen in product(*choices):
        yield tuple(
            Duty(nurse, shift, (room,)) for nurse, (room, shift) in zip(chosen, spots, strict=True)
        )
