"""The theatre side of a patient: minutes, open theatres, transfers of surgeons, and delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.search.chance import below
from salus.allocate.hospital.search.compiled import inlined
from salus.allocate.hospital.search.state import BUSY, COST, IN, MINUTES, OUT, THEATRE, USED
from salus.allocate.hospital.search.tables import LENGTH, SURGEON

if TYPE_CHECKING:
    from salus.allocate.hospital.search.state import State
    from salus.allocate.hospital.search.tables import Tables

OPEN, TRANSFER = 4, 5
"""Places of the weights."""


@inlined
def overtime(minutes: int, allowed: int) -> int:
    """Count the minutes above what is allowed."""
    return minutes - allowed if minutes > allowed else 0


@inlined
def surgery_change(
    given: Tables, now: State, person: int, from_day: int, from_theatre: int, day: int, theatre: int
) -> tuple[int, int]:
    """Tell what changes when a surgery moves, without moving it.

    Parameters
    ----------
    given : Tables
    now : State
    person : int
        The patient.
    from_day, from_theatre : int
        Where the surgery is; the day is ``OUT`` for one that is not planned.
    day, theatre : int
        Where it would be; likewise.

    Returns
    -------
    tuple of int
        Change of the minutes overtime, and of the cost.
    """
    minutes, cost = 0, 0
    if from_day == day and from_theatre == theatre:
        return minutes, cost
    if from_day != OUT:
        minutes, cost = _leave_theatre(given, now, person, from_day, from_theatre)
    if day != OUT:
        more, dearer = _enter_theatre(given, now, person, day, theatre)
        minutes, cost = minutes + more, cost + dearer
    if from_day == day:
        # The surgeon stays on the day, and so does the last theatre that is counted.
        surgeon, weight = given.people[person, SURGEON], given.weight[TRANSFER]
        if now.surgeon_day[surgeon, day, IN + from_theatre] == 1:
            cost -= weight
        if now.surgeon_day[surgeon, day, IN + theatre] == 0:
            cost += weight
        return minutes, cost
    if from_day != OUT:
        more, dearer = _leave_surgeon(given, now, person, from_day, from_theatre)
        minutes, cost = minutes + more, cost + dearer
    if day != OUT:
        more, dearer = _join_surgeon(given, now, person, day, theatre)
        minutes, cost = minutes + more, cost + dearer
    return minutes, cost


@inlined
def _leave_theatre(
    given: Tables, now: State, person: int, day: int, theatre: int
) -> tuple[int, int]:
    busy, allowed = now.theatre_day[theatre, day, BUSY], given.open_minutes[theatre, day]
    minutes = overtime(busy - given.people[person, LENGTH], allowed) - overtime(busy, allowed)
    cost = -_theatre_wish(given, person, theatre)
    if now.theatre_day[theatre, day, USED] == 1:
        cost -= given.weight[OPEN]
    return minutes, cost


@inlined
def _enter_theatre(
    given: Tables, now: State, person: int, day: int, theatre: int
) -> tuple[int, int]:
    busy, allowed = now.theatre_day[theatre, day, BUSY], given.open_minutes[theatre, day]
    minutes = overtime(busy + given.people[person, LENGTH], allowed) - overtime(busy, allowed)
    cost = _theatre_wish(given, person, theatre)
    if now.theatre_day[theatre, day, USED] == 0:
        cost += given.weight[OPEN]
    return minutes, cost


@inlined
def _theatre_wish(given: Tables, person: int, theatre: int) -> int:
    return given.wish[person, given.days + given.room_count + theatre]


@inlined
def _leave_surgeon(
    given: Tables, now: State, person: int, day: int, theatre: int
) -> tuple[int, int]:
    surgeon, weight = given.people[person, SURGEON], given.weight
    busy, allowed = now.surgeon_day[surgeon, day, BUSY], given.surgeon_minutes[surgeon, day]
    minutes = overtime(busy - given.people[person, LENGTH], allowed) - overtime(busy, allowed)
    cost = -given.wish[person, day]
    alone = now.surgeon_day[surgeon, day, IN + theatre] == 1
    if alone and now.surgeon_day[surgeon, day, USED] > 1:
        cost -= weight[TRANSFER]
    return minutes, cost


@inlined
def _join_surgeon(
    given: Tables, now: State, person: int, day: int, theatre: int
) -> tuple[int, int]:
    surgeon, weight = given.people[person, SURGEON], given.weight
    busy, allowed = now.surgeon_day[surgeon, day, BUSY], given.surgeon_minutes[surgeon, day]
    minutes = overtime(busy + given.people[person, LENGTH], allowed) - overtime(busy, allowed)
    cost = given.wish[person, day]
    new = now.surgeon_day[surgeon, day, IN + theatre] == 0
    if new and now.surgeon_day[surgeon, day, USED] >= 1:
        cost += weight[TRANSFER]
    return minutes, cost


@inlined
def best_theatre(
    given: Tables,
    now: State,
    person: int,
    from_day: int,
    from_theatre: int,
    day: int,
    minute_price: float,
) -> int:
    """Choose the theatre of a day that adds least; by lot among equals.

    Parameters
    ----------
    given : Tables
    now : State
    person : int
        The patient.
    from_day, from_theatre : int
        Where the surgery is.
    day : int
        Where it would be; a theatre is open long enough on it.
    minute_price : float
        What a minute overtime weighs against the cost.

    Returns
    -------
    int
    """
    least, best, ties = 1e18, -1, 0
    for theatre in range(given.theatres):
        if given.open_minutes[theatre, day] < given.people[person, LENGTH]:
            continue
        minutes, cost = surgery_change(given, now, person, from_day, from_theatre, day, theatre)
        score = cost + minute_price * minutes
        if score < least:
            least, best, ties = score, theatre, 1
        elif score == least:
            ties += 1
            if below(now.random, ties) == 0:
                best = theatre
    return best


@inlined
def plan_surgery(given: Tables, now: State, person: int, day: int, theatre: int) -> None:
    """Put a surgery into a theatre on a day.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    person : int
        Whose place it is.
    day : int
        Day of admission.
    theatre : int
        Of the surgery.
    """
    minutes, cost = surgery_change(given, now, person, OUT, OUT, day, theatre)
    now.total[MINUTES] += minutes
    now.total[COST] += cost
    _count_surgery(given, now, person, day, theatre, 1)
    now.place[person, THEATRE] = theatre


@inlined
def cancel_surgery(given: Tables, now: State, person: int, day: int) -> None:
    """Take a surgery of a day out of its theatre.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    person : int
        Whose place it is.
    day : int
        Day of admission.
    """
    theatre = now.place[person, THEATRE]
    minutes, cost = surgery_change(given, now, person, day, theatre, OUT, OUT)
    now.total[MINUTES] += minutes
    now.total[COST] += cost
    _count_surgery(given, now, person, day, theatre, -1)


@inlined
def _count_surgery(
    given: Tables, now: State, person: int, day: int, theatre: int, sign: int
) -> None:
    surgeon, length = given.people[person, SURGEON], given.people[person, LENGTH]
    now.theatre_day[theatre, day, BUSY] += sign * length
    now.theatre_day[theatre, day, USED] += sign
    now.surgeon_day[surgeon, day, BUSY] += sign * length
    before = now.surgeon_day[surgeon, day, IN + theatre]
    now.surgeon_day[surgeon, day, IN + theatre] = before + sign
    if before == 0 or before + sign == 0:
        now.surgeon_day[surgeon, day, USED] += sign
