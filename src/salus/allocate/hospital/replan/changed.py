"""The problem after some events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from salus.allocate.hospital.fit.breach import Breach, Spot, UnfitError
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.replan.begun import begun
from salus.allocate.hospital.replan.events import (
    Emergency,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.allocate.hospital.replan.misfit import misfits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.allocate.hospital.people import Occupant, Patient, Whole
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.events import Event
    from salus.allocate.hospital.site import Nurse, Surgeon, Theatre

    Body = TypeVar("Body", Occupant, Patient)
    Hours = TypeVar("Hours", Surgeon, Theatre)


SOURCE = "events"
"""What breaches are said of."""


def changed(
    problem: HospitalProblem, plan: HospitalPlan, events: Sequence[Event], today: int
) -> HospitalProblem:
    """Write events into a problem; the horizon stays, and so does what has begun.

    Parameters
    ----------
    problem : HospitalProblem
        From before the events.
    plan : HospitalPlan
        Of it; tells who has been admitted.
    events : sequence of Event
        What has happened.
    today : int
        First day that may change, from 0.

    Returns
    -------
    HospitalProblem
        New patients follow the others.

    Raises
    ------
    UnfitError
        If an event cannot be, or leaves no problem: nobody is on duty in a shift, or no room is
        left for a patient; all that is wrong is named.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> hospital, nothing = random_hospital(7), HospitalPlan((), ())
    >>> without = changed(hospital, nothing, [Withdrawn("p0")], today=1)
    >>> len(hospital.patients), len(without.patients)
    (6, 5)
    """
    breaches = list(misfits(problem, plan, events, today))
    inside = begun(plan, today)
    patients = _patients(problem, events, frozenset(inside))
    try:
        after = replace(
            problem,
            occupants=tuple(_stayed(each, events) for each in problem.occupants),
            patients=patients,
            surgeons=tuple(_fewer(each, _cut(each.id, events)) for each in problem.surgeons),
            theatres=tuple(_fewer(each, _shut(each.id, events)) for each in problem.theatres),
            nurses=tuple(_rested(each, events) for each in problem.nurses),
        )
    except UnfitError as error:
        breaches += _of_events(error.breaches, problem, patients, events, breaches)
    if breaches:
        raise UnfitError(SOURCE, breaches)
    return after


def _patients(
    problem: HospitalProblem, events: Sequence[Event], inside: frozenset[str]
) -> tuple[Patient, ...]:
    gone = {each.patient for each in events if isinstance(each, Withdrawn)} - inside
    shut = {each.room for each in events if isinstance(each, RoomClosed)}
    shut &= {each.id for each in problem.rooms}
    waiting = [each for each in problem.patients if each.id not in gone]
    new = [each.patient for each in events if isinstance(each, Emergency)]
    return tuple(
        each if each.id in inside else replace(each, barred=each.barred | shut)
        for each in (*(_stayed(each, events) for each in waiting), *new)
    )


def _stayed(person: Body, events: Sequence[Event]) -> Body:
    for event in events:
        if isinstance(event, StayChanged) and event.person == person.id:
            each_day = person.work.size // person.stay
            work = _of_stay(person.work, event.stay, each_day) if event.work is None else event.work
            need = _of_stay(person.need, event.stay, each_day) if event.need is None else event.need
            return replace(person, stay=event.stay, work=work, need=need)
    return person


def _of_stay(care: Whole, stay: int, each_day: int) -> Whole:
    further = max(0, min(stay, MOST_DAYS) - care.size // each_day)
    whole = np.concatenate([care, np.tile(care[-each_day:], further)])
    return whole[: max(0, stay) * each_day]


def _cut(surgeon: str, events: Sequence[Event]) -> list[SurgeonAway]:
    return [each for each in events if isinstance(each, SurgeonAway) and each.surgeon == surgeon]


def _shut(theatre: str, events: Sequence[Event]) -> list[TheatreClosed]:
    return [each for each in events if isinstance(each, TheatreClosed) and each.theatre == theatre]


def _fewer(row: Hours, events: Sequence[SurgeonAway | TheatreClosed]) -> Hours:
    minutes = row.minutes.copy()
    for event in events:
        for day in event.days:
            if 0 <= day < minutes.size:
                minutes[day] = min(minutes[day], max(0, event.minutes))
    return replace(row, minutes=minutes)


def _rested(nurse: Nurse, events: Sequence[Event]) -> Nurse:
    away = {
        shift
        for each in events
        if isinstance(each, NurseAway) and each.nurse == nurse.id
        for shift in each.shifts
    }
    return replace(nurse, loads={s: most for s, most in nurse.loads.items() if s not in away})


def _of_events(
    breaches: Sequence[Breach],
    problem: HospitalProblem,
    patients: Sequence[Patient],
    events: Sequence[Event],
    found: Sequence[Breach],
) -> Iterator[Breach]:
    """Say of the events what they break of the problem, but for what is told of them already."""
    told = {each.spot for each in found}
    people = {"patients": patients, "occupants": problem.occupants}
    for each in breaches:
        spot = each.spot
        name = people[spot.part][spot.index or 0].id if spot.part in people else None
        index = next((at for at, event in enumerate(events) if _about(event, name)), None)
        at = Spot("events") if index is None else Spot("events", index, spot.field, spot.item)
        if at not in told:
            yield replace(each, spot=at, value=name if each.value is None else each.value, reads=())


def _about(event: Event, name: str | None) -> bool:
    match event:
        case Emergency(patient=patient):
            return patient.id == name
        case StayChanged(person=person):
            return person == name
        case _:
            return False
