"""Rooms with beds that nobody may use: a slip, unless they are closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import Breach, Spot
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from salus.allocate.hospital.people import Occupant, Patient
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Room


def idle_rooms(
    rooms: tuple[Room, ...], patients: Collection[Patient], occupants: Collection[Occupant]
) -> Iterator[Breach]:
    """Find the rooms with beds that are fit for nobody; a single patient may be choosy.

    Parameters
    ----------
    rooms : tuple of Room
        All of them.
    patients : collection of Patient
        Who may come.
    occupants : collection of Occupant
        Who lies there.

    Yields
    ------
    Breach
    """
    taken, every = {each.room for each in occupants}, {each.id for each in rooms}
    used = taken.union(*(every - each.barred for each in patients))
    for index, room in enumerate(rooms):
        if room.beds and len(patients) > 1 and room.id not in used:
            what = say("nobody may use this room")
            remedy = say("leave the room out, give it no beds, or let a patient use it")
            reads = (Spot("patients"), Spot("occupants"))
            yield Breach(Spot("rooms", index, "id"), what, remedy, room.id, reads)


def without_idle_beds(problem: HospitalProblem) -> HospitalProblem:
    """Close the rooms that nobody may use, so that they can be written and read again.

    Parameters
    ----------
    problem : HospitalProblem
        Such as after an event that closes a room.

    Returns
    -------
    HospitalProblem

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> hospital = replace(random_hospital(7), occupants=())
    >>> barred = tuple(replace(each, barred=frozenset({"r0"})) for each in hospital.patients)
    >>> closed = without_idle_beds(replace(hospital, patients=barred))
    >>> [each.id for each in closed.rooms if not each.beds]
    ['r0']
    """
    idle = {
        each.spot.index for each in idle_rooms(problem.rooms, problem.patients, problem.occupants)
    }
    rooms = tuple(
        replace(each, beds=0) if at in idle else each for at, each in enumerate(problem.rooms)
    )
    return replace(problem, rooms=rooms)
