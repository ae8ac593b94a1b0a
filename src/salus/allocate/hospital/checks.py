"""Small random hospitals, for whoever wants to try a method on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.people import Gender, Occupant, Patient
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights
from salus.core.rng import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHIFTS = ("early", "late", "night")
AGES = ("infant", "adult", "elderly")
LEVELS = 3
ROOMS = 3
OCCUPIED, MANDATORY, PARTICULAR, OPEN, ADMITTED = 0.7, 0.5, 0.4, 0.8, 0.8
"""Shares: of rooms, of patients, of patients, of days, of patients."""


def random_hospital(seed: int, *, patients: int = 6, days: int = 4) -> HospitalProblem:
    """Make a small random hospital.

    Parameters
    ----------
    seed : int
        Seed of the hospital, 0 or more.
    patients : int
        How many wait, 1 or more; about half of them must be admitted.
    days : int
        Length of the horizon, 2 or more.

    Returns
    -------
    HospitalProblem
        3 rooms with 1 to 3 beds, of which two hold at most one occupant each, 2 surgeons, 2
        theatres and 2 nurses in each shift; the last patient may lie in any room. Stays may reach
        beyond the horizon. By default, two in three have a feasible plan.

    Examples
    --------
    >>> len(random_hospital(7).patients), random_hospital(7).horizon
    (6, 12)
    """
    draw = stream(seed, "small hospital")
    rooms = tuple(Room(f"r{room}", int(draw.integers(1, 4))) for room in range(ROOMS))
    return HospitalProblem(
        days=days,
        shifts=SHIFTS,
        levels=LEVELS,
        ages=AGES,
        weights=Weights(*draw.integers(1, 30, 8).tolist()),
        occupants=tuple(
            _occupant(draw, f"a{room}", f"r{room}", days)
            for room in range(2)
            if draw.random() < OCCUPIED
        ),
        patients=tuple(
            _patient(draw, f"p{each}", days, anywhere=each == patients - 1)
            for each in range(patients)
        ),
        surgeons=tuple(Surgeon(f"s{each}", _minutes(draw, days, 240)) for each in range(2)),
        theatres=tuple(Theatre(f"t{each}", _minutes(draw, days, 300)) for each in range(2)),
        rooms=rooms,
        nurses=_nurses(draw, days),
    )


def random_plan(problem: HospitalProblem, seed: int) -> HospitalPlan:
    """Make a plan that can be read, whatever it breaks and costs.

    Parameters
    ----------
    problem : HospitalProblem
        The hospital.
    seed : int
        Seed of the plan, 0 or more.

    Returns
    -------
    HospitalPlan
        About four patients in five are admitted on any day, anywhere; each room has one nurse in
        each shift in which one is on duty.
    """
    draw = stream(seed, "small plan")

    def pick(count: int) -> int:
        return int(draw.integers(count))

    admissions = tuple(
        Admission(
            each.id,
            pick(problem.days),
            problem.rooms[pick(len(problem.rooms))].id,
            problem.theatres[pick(len(problem.theatres))].id,
        )
        for each in problem.patients
        if draw.random() < ADMITTED
    )
    duties: dict[tuple[str, int], list[str]] = {
        (nurse.id, shift): [] for nurse in problem.nurses for shift in nurse.loads
    }
    for shift in range(problem.horizon):
        there = [each.id for each in problem.nurses if shift in each.loads]
        for room in problem.rooms:
            duties[there[pick(len(there))], shift].append(room.id)
    return HospitalPlan(
        admissions,
        tuple(Duty(nurse, shift, tuple(rooms)) for (nurse, shift), rooms in duties.items()),
    )


def _occupant(draw: np.random.Generator, name: str, room: str, days: int) -> Occupant:
    gender, age, stay, work, need = _body(draw, int(draw.integers(1, days + 1)))
    return Occupant(name, gender, age, stay, work, need, room)


def _patient(draw: np.random.Generator, name: str, days: int, *, anywhere: bool) -> Patient:
    gender, age, stay, work, need = _body(draw, int(draw.integers(1, min(4, days + 1))))
    particular = not anywhere and draw.random() < PARTICULAR
    mandatory, release = bool(draw.random() < MANDATORY), int(draw.integers(days))
    return Patient(
        name,
        gender,
        age,
        stay,
        work,
        need,
        mandatory=mandatory,
        release=release,
        due=int(draw.integers(release, days)) if mandatory else None,
        minutes=30 * int(draw.integers(1, 5)),
        surgeon=f"s{draw.integers(2)}",
        barred=frozenset({f"r{draw.integers(ROOMS)}"} if particular else ()),
    )


def _body(
    draw: np.random.Generator, stay: int
) -> tuple[Gender, int, int, NDArray[np.int64], NDArray[np.int64]]:
    gender, age = tuple(Gender)[draw.integers(2)], int(draw.integers(len(AGES)))
    length = stay * len(SHIFTS)
    return gender, age, stay, draw.integers(0, 4, length), draw.integers(0, LEVELS, length)


def _minutes(draw: np.random.Generator, days: int, most: int) -> NDArray[np.int64]:
    return np.where(draw.random(days) < OPEN, most, 0)


def _nurses(draw: np.random.Generator, days: int) -> tuple[Nurse, ...]:
    count = 2 * len(SHIFTS)
    loads: list[dict[int, int]] = [{} for _ in range(count)]
    for day in range(days):
        for place, nurse in enumerate(draw.permutation(count).tolist()):
            loads[nurse][day * len(SHIFTS) + place % len(SHIFTS)] = int(draw.integers(2, 9))
    return tuple(Nurse(f"n{i}", int(draw.integers(LEVELS)), each) for i, each in enumerate(loads))
