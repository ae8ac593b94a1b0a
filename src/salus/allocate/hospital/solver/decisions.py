"""From the decisions of the search to a plan, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.search.start import empty_plan
from salus.allocate.hospital.search.state import DAY, OUT, ROOM, THEATRE
from salus.allocate.hospital.search.wishes import UNFIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.search.state import Kept, State
    from salus.allocate.hospital.search.tables import Tables


def plan_of(problem: HospitalProblem, kept: Kept | State) -> HospitalPlan:
    """Read the decisions of the search.

    Parameters
    ----------
    problem : HospitalProblem
        That was planned.
    kept : Kept or State
        What the search holds.

    Returns
    -------
    HospitalPlan
        With a duty for each nurse and shift that has rooms with people, in the order of nurses and
        shifts.
    """
    rooms, theatres = problem.rooms, problem.theatres
    in_charge = np.where(_in_use(problem, kept), kept.nurse, OUT)
    admissions = tuple(
        Admission(patient.id, int(row[DAY]), rooms[row[ROOM]].id, theatres[row[THEATRE]].id)
        for patient, row in zip(problem.patients, kept.place, strict=False)
        if row[DAY] != OUT
    )
    duties = (
        Duty(nurse.id, shift, tuple(rooms[at].id for at in np.flatnonzero(in_shift == which)))
        for which, nurse in enumerate(problem.nurses)
        for shift, in_shift in enumerate(in_charge.T)
    )
    return HospitalPlan(admissions, tuple(duty for duty in duties if duty.rooms))


def _in_use(problem: HospitalProblem, kept: Kept | State) -> NDArray[np.bool_]:
    used = np.zeros((len(problem.rooms), problem.days), dtype=np.bool_)
    for patient, row in zip(problem.patients, kept.place, strict=False):
        if row[DAY] != OUT:
            used[row[ROOM], row[DAY] : row[DAY] + patient.stay] = True
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    for each in problem.occupants:
        used[room[each.room], : each.stay] = True
    return used.repeat(len(problem.shifts), axis=1)


def decisions(problem: HospitalProblem, given: Tables, plan: HospitalPlan) -> Kept:
    """Lay a plan out for the search, as far as the problem allows it.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    given : Tables
        Of the problem.
    plan : HospitalPlan
        Perhaps of another state of the hospital.

    Returns
    -------
    Kept
        Who has another day or room than may be is out, and a room whose nurse is off duty has
        another; its totals are not counted.
    """
    kept = empty_plan(given)
    patient = {each.id: at for at, each in enumerate(problem.patients)}
    room = {each.id: at for at, each in enumerate(problem.rooms)}
    theatre = {each.id: at for at, each in enumerate(problem.theatres)}
    for each in plan.admissions:
        at, lies = patient.get(each.patient), room.get(each.room)
        operated = theatre.get(each.theatre)
        if at is None or lies is None or operated is None:
            continue
        if given.wish[at, each.day] != UNFIT and given.wish[at, given.days + lies] != UNFIT:
            kept.place[at] = each.day, lies, operated
    nurse = {each.id: at for at, each in enumerate(problem.nurses)}
    for duty in plan.duties:
        which = nurse.get(duty.nurse)
        if which is not None and duty.shift in problem.nurses[which].loads:
            kept.nurse[[room[each] for each in duty.rooms if each in room], duty.shift] = which
    return kept
