"""A problem as flat arrays, for the loops of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.allocate.hospital.search.wishes import UNFIT, known_nurses, wishes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.keep import Keep
    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.problem import HospitalProblem

    Whole = NDArray[np.int32]
    Flags = NDArray[np.bool_]

SPARE = 6
"""People whom a room may hold above its beds while a plan breaks rules on its way."""

STAY, GENDER, AGE, LIES, CARE_AT = range(5)
SURGEON, LENGTH, MANDATORY, ROOMS_AT, ROOMS, DAYS_AT, DAYS = range(5, 12)
"""Columns of ``people``; the second line is of patients alone."""

OFF = -1
"""The most work of a nurse who is off duty."""

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
    since : int
        First day that is planned; what lies before it stays as it is.
    patients, everybody : int
        Counts: patients, and they with the occupants.
    slots : int
        Most people whom a room can hold in the search.
    people : ndarray of int, shape (everybody, 12)
        Days, gender (0 or 1), age group, room (-1 for patients), and first row in ``care``; of
        patients also surgeon, minutes of surgery, whether they must be admitted, and where their
        rooms and days begin, and how many these are.
    care : ndarray of int, shape (all shifts of all stays, 2)
        Work and skill in each shift of a stay.
    rooms : ndarray of int
        Rooms that are fit for each patient, one after the other.
    admission : ndarray of int
        Days on which each patient can be admitted.
    wish : ndarray of int, shape (everybody, days + rooms + theatres)
        What each day of admission, each room and each theatre costs for a patient, ``UNFIT`` for
        what cannot be; 0 of occupants.
    dropped : ndarray of int, shape (patients,)
        What it costs to postpone a patient; 0 of who must be admitted, as they never are.
    beds : ndarray of int, shape (rooms,)
    open_minutes : ndarray of int, shape (theatres, days)
    surgeon_minutes : ndarray of int, shape (surgeons, days)
    level : ndarray of int, shape (nurses,)
    most : ndarray of int, shape (nurses, shifts)
        Work that is no overload; ``OFF`` where a nurse is off duty.
    duty_at, duty : ndarray of int
        Nurses on duty in each shift, one shift after the other, and where each begins.
    known : ndarray of int, shape (rooms, shifts)
        Nurse of an earlier plan, -1 for none.
    weight : ndarray of int, shape (7,)
        Of the first six ``Weights``, in their order, and of another nurse than the known one.
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
    since: int
    patients: int
    everybody: int
    slots: int
    people: Whole
    care: Whole
    rooms: Whole
    admission: Whole
    wish: Whole
    dropped: Whole
    beds: Whole
    open_minutes: Whole
    surgeon_minutes: Whole
    level: Whole
    most: Whole
    duty_at: Whole
    duty: Whole
    known: Whole
    weight: Whole


def tables(problem: HospitalProblem, keep: Keep | None = None) -> Tables:
    """Lay a problem out in arrays.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    keep : Keep, optional
        Earlier plan that is under way.

    Returns
    -------
    Tables
        Days on which the surgeon or every theatre lacks the minutes of a surgery are left out.
    """
    beds = _line(room.beds for room in problem.rooms)
    open_minutes = _grid([each.minutes for each in problem.theatres], problem.days)
    surgeon_minutes = _grid([each.minutes for each in problem.surgeons], problem.days)
    wish, dropped = wishes(problem, open_minutes.max(axis=0), surgeon_minutes, keep)
    people, care, rooms, admission = _people(problem, wish)
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
        since=keep.since if keep else 0,
        patients=len(problem.patients),
        everybody=len(people),
        slots=int(beds.max(initial=0)) + SPARE,
        people=people,
        care=care,
        rooms=rooms,
        admission=admission,
        wish=wish,
        dropped=dropped,
        beds=beds,
        open_minutes=open_minutes,
        surgeon_minutes=surgeon_minutes,
        level=_line(each.skill for each in problem.nurses),
        most=most,
        duty_at=np.cumsum([0, *on_duty.sum(axis=0)]).astype(np.int32),
        duty=np.nonzero(on_duty.T)[1].astype(np.int32),
        known=known_nurses(problem, keep),
        weight=_line(
            (
                weights.mixed_age,
                weights.skill,
                weights.continuity,
                weights.overload,
                weights.open_theatre,
                weights.transfer,
                keep.perturbation.nurse if keep else 0,
            )
        ),
    )


def _people(problem: HospitalProblem, wish: Whole) -> tuple[Whole, Whole, Whole, Whole]:
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    surgeon = {each.id: at for at, each in enumerate(problem.surgeons)}
    everybody: tuple[Person, ...] = (*problem.patients, *problem.occupants)
    table = np.zeros((len(everybody), DAYS + 1), dtype=np.int32)
    table[:, STAY] = [each.stay for each in everybody]
    table[:, GENDER] = [each.gender == "B" for each in everybody]
    table[:, AGE] = [each.age for each in everybody]
    table[:, CARE_AT] = np.cumsum([0, *(len(each.work) for each in everybody)])[:-1]
    table[:, LIES] = [-1] * len(problem.patients) + [room[each.room] for each in problem.occupants]
    ours = table[: len(problem.patients)]
    ours[:, SURGEON] = [surgeon[each.surgeon] for each in problem.patients]
    ours[:, LENGTH] = [each.minutes for each in problem.patients]
    ours[:, MANDATORY] = [each.mandatory for each in problem.patients]
    allowed = wish[: len(ours)] != UNFIT
    days, rooms = allowed[:, : problem.days], allowed[:, problem.days :][:, : len(problem.rooms)]
    for each, first, count in ((rooms, ROOMS_AT, ROOMS), (days, DAYS_AT, DAYS)):
        ours[:, count] = each.sum(axis=1)
        ours[:, first] = np.cumsum(ours[:, count]) - ours[:, count]
    work = np.concatenate([*(each.work for each in everybody), []])
    need = np.concatenate([*(each.need for each in everybody), []])
    care = np.column_stack([work, need]).astype(np.int32)
    found, admission = np.nonzero(rooms)[1], np.nonzero(days)[1]
    return table, care, found.astype(np.int32), admission.astype(np.int32)


def _duties(problem: HospitalProblem) -> tuple[Whole, Flags]:
    most = np.full((len(problem.nurses), problem.horizon), OFF, dtype=np.int32)
    on_duty = np.zeros(most.shape, dtype=np.bool_)
    for at, nurse in enumerate(problem.nurses):
        for shift, load in nurse.loads.items():
            most[at, shift], on_duty[at, shift] = load, True
    return most, on_duty


def _line(values: Iterable[int]) -> Whole:
    return np.fromiter(values, dtype=np.int32)


def _grid(rows: Sequence[NDArray[np.int64]], days: int) -> Whole:
    return np.array(rows, dtype=np.int32).reshape(len(rows), days)
