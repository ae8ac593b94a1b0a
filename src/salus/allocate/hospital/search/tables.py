"""A problem as flat arrays, for the loops of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.problem import HospitalProblem

    Whole = NDArray[np.int32]
    Flags = NDArray[np.bool_]

SPARE = 6
"""People whom a room may hold above its beds while the search goes through plans that break rules."""


class Tables(NamedTuple):
    """What is given: counts, and an array for each property.

    People are the patients, in their order, and then the occupants. Lists of different lengths lie
    one after the other, with the place where each begins: the list of ``p`` is
    ``rooms[rooms_at[p]:rooms_at[p + 1]]``.

    Parameters
    ----------
    days, shifts, rooms_count, nurses, theatres, surgeons, ages, levels, patients, people : int
        Counts; ``shifts`` over the whole horizon.
    each_day : int
        Shifts of a day.
    slots : int
        Most people whom a room can hold in the search.
    stay, gender, age, surgeon, minutes, release, due : ndarray of int, one for each person
        Days, 0 or 1, place of the age group, place of the surgeon, minutes of surgery, first and
        last day of admission.
    mandatory : ndarray of bool
        Who must be admitted; occupants too.
    work_at, work, need : ndarray of int
        Load and skill in each shift of a stay.
    rooms_at, rooms : ndarray of int
        Rooms that are fit for each patient.
    days_at, admission : ndarray of int
        Days on which each patient can be admitted.
    beds : ndarray of int, shape (rooms,)
    open_minutes : ndarray of int, shape (theatres, days)
    surgeon_minutes : ndarray of int, shape (surgeons, days)
    level : ndarray of int, shape (nurses,)
    most : ndarray of int, shape (nurses, shifts)
        Work that is no overload.
    duty_at, duty : ndarray of int
        Nurses on duty in each shift.
    fit : ndarray of bool, shape (people, rooms)
        Whether a room is fit for a person.
    lies : ndarray of int, shape (people,)
        Room of each occupant, -1 for patients.
    weight : ndarray of int, shape (8,)
        Weights, in the order of ``Weights``.
    """

    days: int
    shifts: int
    each_day: int
    rooms_count: int
    nurses: int
    theatres: int
    surgeons: int
    ages: int
    levels: int
    patients: int
    people: int
    slots: int
    stay: Whole
    gender: Whole
    age: Whole
    surgeon: Whole
    minutes: Whole
    release: Whole
    due: Whole
    mandatory: Flags
    work_at: Whole
    work: Whole
    need: Whole
    rooms_at: Whole
    rooms: Whole
    days_at: Whole
    admission: Whole
    beds: Whole
    open_minutes: Whole
    surgeon_minutes: Whole
    level: Whole
    most: Whole
    duty_at: Whole
    duty: Whole
    fit: Flags
    lies: Whole
    weight: Whole


def tables(problem: HospitalProblem) -> Tables:
    """Lay a problem out in arrays.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.

    Returns
    -------
    Tables
        Days on which no surgeon or no theatre has the minutes of a surgery are left out.
    """
    each_day, shifts = len(problem.shifts), problem.horizon
    patients, everybody = problem.patients, (*problem.patients, *problem.occupants)
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    surgeon = {each.id: at for at, each in enumerate(problem.surgeons)}
    open_minutes = _grid(each.minutes for each in problem.theatres)
    surgeon_minutes = _grid(each.minutes for each in problem.surgeons)
    fit = np.ones((len(everybody), len(room)), dtype=np.bool_)
    for at, each in enumerate(patients):
        fit[at, [room[barred] for barred in each.barred]] = False
    admission = [
        [
            day
            for day in range(each.release, problem.last_day(each) + 1)
            if surgeon_minutes[surgeon[each.surgeon], day] >= each.minutes
            and open_minutes[:, day].max() >= each.minutes
        ]
        for each in patients
    ]
    most = np.zeros((len(problem.nurses), shifts), dtype=np.int32)
    on_duty = np.zeros_like(most, dtype=np.bool_)
    for at, nurse in enumerate(problem.nurses):
        for shift, load in nurse.loads.items():
            most[at, shift], on_duty[at, shift] = load, True
    others = [0] * len(problem.occupants)
    beds = _line(each.beds for each in problem.rooms)
    weights = problem.weights
    return Tables(
        days=problem.days,
        shifts=shifts,
        each_day=each_day,
        rooms_count=len(room),
        nurses=len(problem.nurses),
        theatres=len(problem.theatres),
        surgeons=len(surgeon),
        ages=len(problem.ages),
        levels=problem.levels,
        patients=len(patients),
        people=len(everybody),
        slots=int(beds.max(initial=0)) + SPARE,
        stay=_line(each.stay for each in everybody),
        gender=_line(int(each.gender == "B") for each in everybody),
        age=_line(each.age for each in everybody),
        surgeon=_line([*(surgeon[each.surgeon] for each in patients), *others]),
        minutes=_line([*(each.minutes for each in patients), *others]),
        release=_line([*(each.release for each in patients), *others]),
        due=_line([*(problem.last_day(each) for each in patients), *others]),
        mandatory=np.array([each.mandatory for each in patients] + [True] * len(others)),
        work_at=_starts([each.work for each in everybody]),
        work=np.concatenate([each.work for each in everybody]).astype(np.int32),
        need=np.concatenate([each.need for each in everybody]).astype(np.int32),
        rooms_at=_starts([np.flatnonzero(row) for row in fit[: len(patients)]]),
        rooms=np.nonzero(fit[: len(patients)])[1].astype(np.int32),
        days_at=_starts(admission),
        admission=_line(day for days in admission for day in days),
        beds=beds,
        open_minutes=open_minutes,
        surgeon_minutes=surgeon_minutes,
        level=_line(each.skill for each in problem.nurses),
        most=most,
        duty_at=_starts([np.flatnonzero(row) for row in on_duty.T]),
        duty=np.nonzero(on_duty.T)[1].astype(np.int32),
        fit=fit,
        lies=_line([-1] * len(patients) + [room[each.room] for each in problem.occupants]),
        weight=_line(
            (
                weights.mixed_age,
                weights.skill,
                weights.continuity,
                weights.overload,
                weights.open_theatre,
                weights.transfer,
                weights.delay,
                weights.postponed,
            )
        ),
    )


def _line(values: Iterable[int]) -> Whole:
    return np.fromiter(values, dtype=np.int32)


def _grid(rows: Iterable[NDArray[np.int64]]) -> Whole:
    return np.stack([*rows]).astype(np.int32)


def _starts(lists: Sequence[Sequence[int] | NDArray[np.int64]]) -> Whole:
    return np.cumsum([0, *(len(each) for each in lists)]).astype(np.int32)
