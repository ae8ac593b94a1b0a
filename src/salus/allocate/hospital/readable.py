"""Whether a plan can be read against its problem: each name known, each day and duty real."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import (
    NO_NURSE,
    NO_PATIENT,
    NO_ROOM,
    NO_THEATRE,
    Breach,
    Spot,
    UnfitError,
    outside,
    unknown,
)
from salus.allocate.hospital.plan import HospitalPlan
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.plan import Admission, Duty
    from salus.allocate.hospital.problem import HospitalProblem


def readable(problem: HospitalProblem, plan: HospitalPlan) -> None:
    """Refuse a plan that means nothing for its problem, naming all that is wrong with it.

    Parameters
    ----------
    problem : HospitalProblem
        What was to be planned.
    plan : HospitalPlan
        What was decided.

    Raises
    ------
    UnfitError
        If it names what the hospital does not have or a day outside the horizon, admits a patient
        twice, or gives a nurse a room in a shift off duty.
    """
    breaches = [*_admissions(problem, plan.admissions), *_duties(problem, plan.duties)]
    if breaches:
        raise UnfitError(type(plan).__name__, breaches)


def fitting(problem: HospitalProblem, plan: HospitalPlan) -> HospitalPlan:
    """Leave out of a plan of an earlier state of the hospital what means nothing any more.

    Parameters
    ----------
    problem : HospitalProblem
        As it is now.
    plan : HospitalPlan
        Made before.

    Returns
    -------
    HospitalPlan
        Can be read, whatever it breaks: without patients, nurses, rooms and theatres that are not
        known, days outside the horizon, second admissions, and duties of who is off duty.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import Admission, HospitalPlan
    >>> plan = HospitalPlan((Admission("p0", 1, "r0", "t0"), Admission("gone", 1, "r0", "t0")), ())
    >>> [each.patient for each in fitting(random_hospital(7), plan).admissions]
    ['p0']
    """
    rooms = {each.id for each in problem.rooms}
    theatres = {each.id for each in problem.theatres}
    admissions: dict[str, Admission] = {}
    for each in plan.admissions:
        known = each.patient in problem.patient and each.room in rooms and each.theatre in theatres
        if known and 0 <= each.day < problem.days:
            admissions.setdefault(each.patient, each)
    loads = {each.id: each.loads for each in problem.nurses}
    duties = (
        replace(each, rooms=tuple(room for room in each.rooms if room in rooms))
        for each in plan.duties
        if each.shift in loads.get(each.nurse, ())
    )
    return HospitalPlan(tuple(admissions.values()), tuple(duties))


def _admissions(problem: HospitalProblem, admissions: tuple[Admission, ...]) -> Iterator[Breach]:
    rooms = {each.id for each in problem.rooms}
    theatres = {each.id for each in problem.theatres}
    admitted: set[str] = set()
    for index, each in enumerate(admissions):
        part = "admissions"
        if each.patient not in problem.patient:
            yield unknown(Spot(part, index, "patient"), NO_PATIENT, each.patient)
        elif each.patient in admitted:
            what, remedy = say("the patient is admitted twice"), say("keep one admission")
            yield Breach(Spot(part, index, "patient"), what, remedy, each.patient)
        admitted.add(each.patient)
        if not 0 <= each.day < problem.days:
            yield outside(Spot(part, index, "day"), each.day, problem.days)
        if each.room not in rooms:
            yield unknown(Spot(part, index, "room"), NO_ROOM, each.room)
        if each.theatre not in theatres:
            yield unknown(Spot(part, index, "theatre"), NO_THEATRE, each.theatre)


def _duties(problem: HospitalProblem, duties: tuple[Duty, ...]) -> Iterator[Breach]:
    rooms = {each.id for each in problem.rooms}
    rosters = {each.id: each.loads for each in problem.nurses}
    for index, each in enumerate(duties):
        roster, shift = rosters.get(each.nurse), Spot("duties", index, "shift")
        if roster is None:
            yield unknown(Spot("duties", index, "nurse"), NO_NURSE, each.nurse)
        if not 0 <= each.shift < problem.horizon:
            yield outside(shift, each.shift // len(problem.shifts), problem.days)
        elif roster is not None and each.rooms and each.shift not in roster:
            what, remedy = say("the nurse is off duty"), say("give the rooms to somebody on duty")
            yield Breach(Spot("duties", index), what, remedy, each.nurse, (shift,))
        for place, room in enumerate(each.rooms):
            if room not in rooms:
                yield unknown(Spot("duties", index, "rooms", place), NO_ROOM, room)
