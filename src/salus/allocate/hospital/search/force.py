"""A move that makes its own room: who is in the way goes elsewhere, or is postponed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.search.chance import below
from salus.allocate.hospital.search.compiled import compiled, inlined
from salus.allocate.hospital.search.lying import bed_change, has_slot, last_of
from salus.allocate.hospital.search.moves import move, place, score, some_day, some_room
from salus.allocate.hospital.search.state import COUNT, DAY, OUT, ROOM, THEATRE
from salus.allocate.hospital.search.surgery import best_theatre, surgery_change
from salus.allocate.hospital.search.tables import DAYS, GENDER, MANDATORY, ROOMS, ROOMS_AT, STAY

if TYPE_CHECKING:
    from salus.allocate.hospital.search.moves import Prices
    from salus.allocate.hospital.search.state import State
    from salus.allocate.hospital.search.tables import Tables

ASIDE = 6
"""Most people who give way to one."""
ELSEWHERE = 6
"""Days and rooms that are drawn for each of them, beside the other rooms of the same day."""


@compiled
def try_force(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Move a patient to any day and room, and find another place for whoever is in the way there.

    Nobody shares the room whose gender differs, or who takes the last bed; occupants do not give
    way. Each other takes the place that adds least to surgeries and beds, if there is one that
    weighs less than to be postponed.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    prices : Prices
        What broken rules weigh.
    most : float
    """
    person = below(now.random, given.patients)
    if given.people[person, DAYS] == 0:
        return False
    day, room = some_day(given, now, person), some_room(given, now, person)
    before = score(now, prices)
    free, aside = _clear(given, now, person, day, room)
    if free and aside > 0:
        from_day, from_room = now.place[person, DAY], now.place[person, ROOM]
        from_theatre = now.place[person, THEATRE]
        theatre = best_theatre(given, now, person, from_day, from_theatre, day, prices.minute)
        limit = most + before - score(now, prices)
        for at in range(aside):
            limit += given.dropped[now.aside[at, 0]]
        if move(given, now, person, day, room, theatre, prices, limit):
            if _settled(given, now, aside, prices) and score(now, prices) <= before + most:
                return True
            for at in range(aside):
                place(given, now, now.aside[at, 0], OUT, OUT, OUT)
            place(given, now, person, from_day, from_room, from_theatre)
    for at in range(aside - 1, -1, -1):
        back = now.aside[at]
        place(given, now, back[0], back[1], back[2], back[3])
    return False


@compiled
def _settled(given: Tables, now: State, aside: int, prices: Prices) -> bool:
    for at in range(aside):
        person, day = now.aside[at, 0], now.aside[at, 1]
        theatre = best_theatre(given, now, person, OUT, OUT, day, prices.minute)
        least, best_day, best_room, best = 1e18, OUT, OUT, OUT
        rooms = given.people[person, ROOMS]
        for each in range(rooms + ELSEWHERE):
            if each < rooms:
                room = given.rooms[given.people[person, ROOMS_AT] + each]
            else:
                day, room = some_day(given, now, person), some_room(given, now, person)
                theatre = best_theatre(given, now, person, OUT, OUT, day, prices.minute)
            minutes, cost = surgery_change(given, now, person, OUT, OUT, day, theatre)
            people, ages = bed_change(given, now, person, OUT, OUT, day, room)
            found = cost + ages + prices.minute * minutes + prices.person * people
            if found < least and has_slot(given, now, person, day, room):
                least, best_day, best_room, best = found, day, room, theatre
        if given.people[person, MANDATORY] and best_day == OUT:
            return False
        if given.people[person, MANDATORY] or least < given.dropped[person]:
            place(given, now, person, best_day, best_room, best)
    return True


@compiled
def _clear(given: Tables, now: State, person: int, day: int, room: int) -> tuple[bool, int]:
    aside = 0
    for each in range(day, last_of(given.days, given.people[person, STAY], day)):
        slot = 0
        while slot < now.in_room[room, each, COUNT]:
            other = now.lying[room, each, slot]
            if other == person or given.people[other, GENDER] == given.people[person, GENDER]:
                slot += 1
            elif _set_aside(given, now, other, aside):
                aside += 1
            else:
                return False, aside
        spare = given.beds[room] + int(_lies(given, now, person, each, room))
        while now.in_room[room, each, COUNT] >= spare:
            other = now.lying[room, each, below(now.random, now.in_room[room, each, COUNT])]
            if other == person or not _set_aside(given, now, other, aside):
                return False, aside
            aside += 1
    return True, aside


@inlined
def _lies(given: Tables, now: State, person: int, day: int, room: int) -> bool:
    first = now.place[person, DAY]
    if first == OUT or now.place[person, ROOM] != room:
        return False
    return first <= day < last_of(given.days, given.people[person, STAY], first)


@compiled
def _set_aside(given: Tables, now: State, other: int, aside: int) -> bool:
    if aside >= ASIDE or other >= given.patients:
        return False
    if now.place[other, DAY] < given.since:
        return False
    now.aside[aside, 0] = other
    now.aside[aside, 1] = now.place[other, DAY]
    now.aside[aside, 2] = now.place[other, ROOM]
    now.aside[aside, 3] = now.place[other, THEATRE]
    place(given, now, other, OUT, OUT, OUT)
    return True
