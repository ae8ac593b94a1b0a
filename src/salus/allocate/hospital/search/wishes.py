"""What each day, room and theatre costs for a patient by itself, and which of them cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.keep import Keep
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import Admission
    from salus.allocate.hospital.problem import HospitalProblem

    Whole = NDArray[np.int32]

UNFIT = -1
"""The wish for a day or room that cannot be."""


def wishes(
    problem: HospitalProblem, longest: Whole, surgeon_minutes: Whole, keep: Keep | None
) -> tuple[Whole, Whole]:
    """Price the days, rooms and theatres of each patient.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    longest : ndarray of int, shape (days,)
        Minutes of the theatre that is open longest.
    surgeon_minutes : ndarray of int, shape (surgeons, days)
    keep : Keep, optional
        Earlier plan that is under way.

    Returns
    -------
    wish : ndarray of int, shape (everybody, days + rooms + theatres)
        Delay, and what a change of the earlier plan weighs; who has begun has one day and room.
    dropped : ndarray of int, shape (patients,)
        What it costs to postpone a patient; 0 of who must be admitted.
    """
    surgeon = {each.id: at for at, each in enumerate(problem.surgeons)}
    everybody = len(problem.patients) + len(problem.occupants)
    width = problem.days + len(problem.rooms) + len(problem.theatres)
    wish = np.zeros((everybody, width), dtype=np.int32)
    dropped = np.zeros(len(problem.patients), dtype=np.int32)
    earlier = {each.patient: each for each in keep.plan.admissions} if keep else {}
    for at, patient in enumerate(problem.patients):
        most = np.minimum(longest, surgeon_minutes[surgeon[patient.surgeon]])
        row = _own(problem, patient, most)
        if keep:
            _kept(problem, keep, row, earlier.get(patient.id))
        wish[at] = row
        if not patient.mandatory:
            dropped[at] = problem.weights.postponed
            if keep and patient.id in earlier:
                dropped[at] += keep.perturbation.day
    return wish, dropped


def _own(problem: HospitalProblem, patient: Patient, most: Whole) -> Whole:
    days = np.arange(problem.days)
    within = (days >= patient.release) & (days <= problem.last_day(patient))
    delay = problem.weights.delay * (days - patient.release)
    barred = [room.id in patient.barred for room in problem.rooms]
    return np.concatenate(
        [
            np.where(within & (most >= patient.minutes), delay, UNFIT),
            np.where(barred, UNFIT, 0),
            np.zeros(len(problem.theatres)),
        ]
    ).astype(np.int32)


def _kept(problem: HospitalProblem, keep: Keep, row: Whole, earlier: Admission | None) -> None:
    days, rooms, theatres = np.split(row, (problem.days, problem.days + len(problem.rooms)))
    if earlier is None:
        days[: keep.since] = UNFIT
        return
    room = [each.id == earlier.room for each in problem.rooms]
    theatre = [each.id == earlier.theatre for each in problem.theatres]
    if earlier.day < keep.since:
        delay = max(0, int(days[earlier.day]))
        days[:], rooms[:] = UNFIT, np.where(room, 0, UNFIT)
        days[earlier.day] = delay
        return
    days[: keep.since] = UNFIT
    other = np.arange(problem.days) != earlier.day
    days += np.where(other & (days != UNFIT), keep.perturbation.day, 0).astype(np.int32)
    away = ~np.array(room, dtype=np.bool_) & (rooms != UNFIT)
    rooms += np.where(away, keep.perturbation.room, 0).astype(np.int32)
    theatres += np.where(theatre, 0, keep.perturbation.theatre).astype(np.int32)


def known_nurses(problem: HospitalProblem, keep: Keep | None) -> Whole:
    """Read which nurse an earlier plan names for each room and shift.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    keep : Keep, optional
        Earlier plan.

    Returns
    -------
    ndarray of int, shape (rooms, shifts)
        -1 where none is named, or none that the hospital still has.
    """
    known = np.full((len(problem.rooms), problem.horizon), -1, dtype=np.int32)
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    nurse = {each.id: at for at, each in enumerate(problem.nurses)}
    for duty in keep.plan.duties if keep else ():
        for each in duty.rooms:
            known[room[each], duty.shift] = nurse.get(duty.nurse, -1)
    return known
