"""The nurse of a room in a shift: skill, work, and how many nurses a person meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.search.compiled import inlined
from salus.allocate.hospital.search.state import CARERS, COUNT

if TYPE_CHECKING:
    from salus.allocate.hospital.search.state import State
    from salus.allocate.hospital.search.tables import Tables

SKILL, CONTINUITY, OVERLOAD, OTHER = 1, 2, 3, 6
"""Places of the weights."""


@inlined
def nurse_change(given: Tables, now: State, room: int, shift: int, old: int, new: int) -> int:
    """Tell by how much the cost changes when another nurse takes a room.

    Parameters
    ----------
    given : Tables
    now : State
    room, shift : int
    old, new : int
        Two nurses on duty; ``old`` has the room.

    Returns
    -------
    int
    """
    work = now.room_work[room, shift]
    had, had_most = now.nurse_work[old, shift], given.most[old, shift]
    has, has_most = now.nurse_work[new, shift], given.most[new, shift]
    overload = max(0, had - work - had_most) - max(0, had - had_most)
    overload += max(0, has + work - has_most) - max(0, has - has_most)
    lack = now.lack[room, shift]
    skill = lack[given.level[new]] - lack[given.level[old]]
    day, carers = shift // given.each_day, 0
    for slot in range(now.in_room[room, day, COUNT]):
        person = now.lying[room, day, slot]
        if now.shifts_by[person, old] == 1:
            carers -= 1
        if now.shifts_by[person, new] == 0:
            carers += 1
    weight, known = given.weight, given.known[room, shift]
    other = int(old == known) - int(new == known)
    cost = weight[OVERLOAD] * overload + weight[SKILL] * skill + weight[CONTINUITY] * carers
    return cost + weight[OTHER] * other


@inlined
def change_nurse(given: Tables, now: State, room: int, shift: int, old: int, new: int) -> None:
    """Give a room to another nurse; the caller counts the cost.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    room : int
        Of the stay.
    shift : int
        Counted over the whole horizon.
    old : int
        Nurse who has the room.
    new : int
        Nurse who takes it.
    """
    work = now.room_work[room, shift]
    now.nurse_work[old, shift] -= work
    now.nurse_work[new, shift] += work
    now.nurse[room, shift] = new
    day = shift // given.each_day
    for slot in range(now.in_room[room, day, COUNT]):
        person = now.lying[room, day, slot]
        now.shifts_by[person, old] -= 1
        if now.shifts_by[person, old] == 0:
            now.place[person, CARERS] -= 1
        if now.shifts_by[person, new] == 0:
            now.place[person, CARERS] += 1
        now.shifts_by[person, new] += 1
