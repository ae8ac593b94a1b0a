"""A problem as flat arrays, for the loops of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.problem import HospitalProblem

    Whole = NDArray[np.int32]
    Flags = NDArray[np.bool_]

SPARE = 6
"""People whom a room may hold above its beds while a plan breaks rules on its way."""

STAY, GENDER, AGE, LIES, CARE_AT = range(5)
SURGEON, LENGTH, RELEASE, DUE, MANDATORY, ROOMS_AT, ROOMS, DAYS_AT, DAYS = range(5, 14)
"""Columns of ``people``; the second line is of patients alone."""

WORK, NEED = 0, 1
"""Columns of ``care``."""


class Tables(NamedTuple):
    """What is given: counts, and arrays.

    People are the patients, in their order, and then the occupants. Few arrays with many columns
    compile in two thirds of the time of many arrays, and lie closer together.

    Attributes
    ----------
    days, shifts, each_day, room_count, nurses, theatres, surgeons, ages, levels : int
        Counts; ``shifts`` over the whole horizon, ``each_day`` of one day.
    patients, everybody : int
        Counts: patients, and they with the occupants.
    slots : int
        Most people whom a room can hold in the search.
    people : ndarray of int, shape (everybody, 14)
        Days, gender (0 or 1), age group, room (-1 for patients), and first row in ``care``; of
        patients also surgeon, minutes of surgery, first and last day of admission, whether they
        must be admitted, and where their rooms and days begin, and how many these are.
    care : ndarray of int, shape (all shifts of all stays, 2)
        Work and skill in each shift of a stay.
    rooms : ndarray of int
        Rooms that are fit for each patient, one after the other.
    admission : ndarray of int
        Days on which each patient can be admitted.
    fit : ndarray of bool, shape (patients, rooms)
        Whether a room is fit for a patient.
    beds : ndarray of int, shape (rooms,)
    open_minutes : ndarray of int, shape (theatres, days)
    surgeon_minutes : ndarray of int, shape (surgeons, days)
    level : ndarray of int, shape (nurses,)
    most : ndarray of int, shape (nurses, shifts)
        Work that is no overload.
    duty_at, duty : ndarray of int
        Nurses on duty in each shift, one shift after the other, and where each begins.
    weight : ndarray of int, shape (8,)
        Weights, in the order of ``Weights``.
    """

    days: int
    shifts: int
    each_day: int
    room_count: int
    nurses: int
    theatres: int
    surgeons: int
    ages: int
    levels: int
    patients: int
    everybody: int
    slots: int
    people: Whole
    care: Whole
    rooms: Whole
    admission: Whole
    fit: Flags
    beds: Whole
    open_minutes: Whole
    surgeon_minutes: Whole
    level: Whole
    most: Whole
    duty_at: Whole
    duty: Whole
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
        Days on which the surgeon or every theatre lacks the minutes of a surgery are left out.
    """
    beds = _line(room.beds for room in problem.rooms)
    open_minutes = _grid([each.minutes for each in problem.theatres])
    surgeon_minutes = _grid([each.minutes for each in problem.surgeons])
    fit = np.array(
        [[room.id not in each.barred for room in problem.rooms] for each in problem.patients]
    ).reshape(len(problem.patients), len(problem.rooms))
    rooms = [np.flatnonzero(row) for row in fit]
    admission = _admission(problem, open_minutes.max(axis=0), surgeon_minutes)
    people, care = _people(problem, rooms, admission)
    most, on_duty = _duties(problem)
    weights = problem.weights
    return Tables(
        days=problem.days,
        shifts=problem.horizon,
        each_day=len(problem.shifts),
        room_count=len(problem.rooms),
        nurses=len(problem.nurses),
        theatres=len(problem.theatres),
        surgeons=len(problem.surgeons),
        ages=len(problem.ages),
        levels=problem.levels,
        patients=len(problem.patients),
        everybody=len(people),
        slots=int(beds.max(initial=0)) + SPARE,
        people=people,
        care=care,
        rooms=np.concatenate([*rooms, []]).astype(np.int32),
        admission=np.concatenate([*admission, []]).astype(np.int32),
        fit=fit,
        beds=beds,
        open_minutes=open_minutes,
        surgeon_minutes=surgeon_minutes,
        level=_line(each.skill for each in problem.nurses),
        most=most,
        duty_at=np.cumsum([0, *on_duty.sum(axis=0)]).astype(np.int32),
        duty=np.nonzero(on_duty.T)[1].astype(np.int32),
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


def _people(
    problem: HospitalProblem,
    rooms: Sequence[NDArray[np.int64]],
    admission: Sequence[NDArray[np.int64]],
) -> tuple[Whole, Whole]:
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    surgeon = {each.id: at for at, each in enumerate(problem.surgeons)}
    everybody: tuple[Person, ...] = (*problem.patients, *problem.occupants)
    table = np.zeros((len(everybody), DAYS + 1), dtype=np.int32)
    table[:, STAY] = [each.stay for each in everybody]
    table[:, GENDER] = [each.gender == "B" for each in everybody]
    table[:, AGE] = [each.age for each in everybody]
    table[:, CARE_AT] = np.cumsum([0, *(len(each.work) for each in everybody)])[:-1]
    table[:, LIES] = [-1] * len(rooms) + [room[each.room] for each in problem.occupants]
    ours = table[: len(rooms)]
    ours[:, SURGEON] = [surgeon[each.surgeon] for each in problem.patients]
    ours[:, LENGTH] = [each.minutes for each in problem.patients]
    ours[:, RELEASE] = [each.release for each in problem.patients]
    ours[:, DUE] = [problem.last_day(each) for each in problem.patients]
    ours[:, MANDATORY] = [each.mandatory for each in problem.patients]
    for lists, first, count in ((rooms, ROOMS_AT, ROOMS), (admission, DAYS_AT, DAYS)):
        sizes = [len(each) for each in lists]
        ours[:, first], ours[:, count] = np.cumsum([0, *sizes])[:-1], sizes
    work = np.concatenate([*(each.work for each in everybody), []])
    need = np.concatenate([*(each.need for each in everybody), []])
    return table, np.column_stack([work, need]).astype(np.int32)


def _admission(
    problem: HospitalProblem, longest: Whole, surgeon_minutes: Whole
) -> list[NDArray[np.int64]]:
    surgeon = {each.id: at for at, each in enumerate(problem.surgeons)}
    found = []
    for each in problem.patients:
        days = np.arange(each.release, problem.last_day(each) + 1)
        most = np.minimum(longest[days], surgeon_minutes[surgeon[each.surgeon], days])
        found.append(days[most >= each.minutes])
    return found


def _duties(problem: HospitalProblem) -> tuple[Whole, Flags]:
    most = np.zeros((len(problem.nurses), problem.horizon), dtype=np.int32)
    on_duty = np.zeros(most.shape, dtype=np.bool_)
    for at, nurse in enumerate(problem.nurses):
        for shift, load in nurse.loads.items():
            most[at, shift], on_duty[at, shift] = load, True
    return most, on_duty


def _line(values: Iterable[int]) -> Whole:
    return np.fromiter(values, dtype=np.int32)


def _grid(rows: Sequence[NDArray[np.int64]]) -> Whole:
    return np.stack(rows).astype(np.int32)
