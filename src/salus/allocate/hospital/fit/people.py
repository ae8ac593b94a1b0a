"""Rules of those who lie in beds and those who wait for one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import (
    MOST,
    NO_AGE,
    NO_ROOM,
    NO_SURGEON,
    Breach,
    Spot,
    unknown,
)
from salus.allocate.hospital.fit.numbers import bounded, ids, items, keys, vector
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.fit.scope import Scope
    from salus.allocate.hospital.people import Occupant, Patient, Person
    from salus.core.messages import Message

DAYS = Spot("days")
TOO_LONG = say("the stay is longer than the horizon")


def cut_at(days: int) -> Message:
    """Say what to do with a stay that is longer than the horizon."""
    return say("cut the stay at the horizon (days: {days})", days=days)


def occupant_breaches(occupants: tuple[Occupant, ...], scope: Scope) -> Iterator[Breach]:
    """Find what is wrong with those who lie in a room on day 0.

    Parameters
    ----------
    occupants : tuple of Occupant
        All of them.
    scope : Scope
        What they must fit.

    Yields
    ------
    Breach
    """
    part = "occupants"
    yield from keys(part, (each.id for each in occupants))
    for index, each in enumerate(occupants):
        yield from _stay(Spot(part, index, "stay"), each, scope)
        yield from _person(part, index, each, scope)
        if each.room not in scope.rooms:
            spot = Spot(part, index, "room")
            yield unknown(spot, NO_ROOM, each.room, ids("rooms"))


def patient_breaches(
    patients: tuple[Patient, ...], occupants: tuple[Occupant, ...], scope: Scope
) -> Iterator[Breach]:
    """Find what is wrong with those who wait.

    Parameters
    ----------
    patients : tuple of Patient
        All of them.
    occupants : tuple of Occupant
        Whose keys must be others.
    scope : Scope
        What they must fit.

    Yields
    ------
    Breach
    """
    part = "patients"
    yield from keys(part, (each.id for each in patients))
    inside = {each.id for each in occupants}
    for index, each in enumerate(patients):
        if each.id in inside:
            what, remedy = say("an occupant has this name too"), say("give each its own")
            yield Breach(Spot(part, index, "id"), what, remedy, each.id)
        yield from _stay(Spot(part, index, "stay"), each, scope)
        yield from _person(part, index, each, scope)
        yield from bounded(Spot(part, index, "minutes"), each.minutes, 0)
        yield from _days(index, each, scope)
        yield from _places(index, each, scope)


def _person(part: str, index: int, person: Person, scope: Scope) -> Iterator[Breach]:
    stay = Spot(part, index, "stay")
    if not 0 <= person.age < len(scope.ages):
        remedy = say("name one of {names}", names=scope.ages)
        yield Breach(Spot(part, index, "age"), NO_AGE, remedy, None, (Spot("ages"),))
    work, need = Spot(part, index, "work"), Spot(part, index, "need")
    if person.stay >= 1:
        length = person.stay * len(scope.shifts)
        remedy = say("write {length} numbers, one for each shift of the stay", length=length)
        yield from vector(work, person.work, length, remedy, (stay, Spot("shifts")))
        found = list(vector(need, person.need, length, remedy, (stay, Spot("shifts"))))
        yield from found
        if not found and scope.levels >= 1:
            yield from items(need, person.need, scope.levels - 1, (Spot("levels"),))


def _stay(spot: Spot, person: Person, scope: Scope) -> Iterator[Breach]:
    if 1 <= scope.days < person.stay <= MOST:
        yield Breach(spot, TOO_LONG, cut_at(scope.days), person.stay, (DAYS,))
    else:
        known = scope.days >= 1
        high, reads = (scope.days, (DAYS,)) if known else (MOST, ())
        yield from bounded(spot, person.stay, 1, high, reads)


def _days(index: int, patient: Patient, scope: Scope) -> Iterator[Breach]:
    release, due = Spot("patients", index, "release"), Spot("patients", index, "due")
    mandatory = Spot("patients", index, "mandatory")
    last = max(scope.days - 1, 0)
    yield from bounded(release, patient.release, 0, last, (DAYS,))
    if patient.due is None:
        if patient.mandatory:
            what, remedy = say("a mandatory patient has no due day"), say("name the last day")
            yield Breach(due, what, remedy, None, (mandatory,))
        return
    if not patient.mandatory:
        what, remedy = say("only a mandatory patient has a due day"), say("leave it out")
        yield Breach(due, what, remedy, patient.due, (mandatory,))
        return
    yield from bounded(due, patient.due, 0, last, (DAYS, mandatory))
    if patient.release > patient.due:
        what = say("the release is after the due day")
        remedy = say("name a due day from {release} on", release=patient.release)
        yield Breach(due, what, remedy, patient.due, (release, due, mandatory))


def _places(index: int, patient: Patient, scope: Scope) -> Iterator[Breach]:
    if patient.surgeon not in scope.surgeons:
        spot = Spot("patients", index, "surgeon")
        yield unknown(spot, NO_SURGEON, patient.surgeon, ids("surgeons"))
    spot = Spot("patients", index, "barred")
    for item, room in enumerate(sorted(patient.barred)):
        if room not in scope.rooms:
            yield unknown(replace(spot, item=item), NO_ROOM, room, ids("rooms"))
    if not scope.rooms - patient.barred:
        what, remedy = say("no room is fit for this patient"), say("leave at least one room")
        yield Breach(spot, what, remedy, None, ids("rooms"))
