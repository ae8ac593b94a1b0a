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
def strain(busy: int, length: int, allowed: int) -> int:
    """Count the minutes above what is allowed that a surgery adds."""
    return max(0, busy + length - allowed) - max(0, busy - allowed)


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
    length, surgeon = given.people[person, LENGTH], given.people[person, SURGEON]
    weight, first = given.weight, given.days + given.room_count
    theatres, surgeons = now.theatre_day, now.surgeon_day
    if from_day != OUT:
        busy, allowed = theatres[from_theatre, from_day, BUSY], given.open_minutes
        minutes -= strain(busy - length, length, allowed[from_theatre, from_day])
        alone = theatres[from_theatre, from_day, USED] == 1
        cost -= given.wish[person, first + from_theatre] + weight[OPEN] * int(alone)
    if day != OUT:
        busy, allowed = theatres[theatre, day, BUSY], given.open_minutes
        minutes += strain(busy, length, allowed[theatre, day])
        new = theatres[theatre, day, USED] == 0
        cost += given.wish[person, first + theatre] + weight[OPEN] * int(new)
    if from_day == day:
        # The surgeon stays on the day, and so does the last theatre that is counted.
        alone = surgeons[surgeon, day, IN + from_theatre] == 1
        new = surgeons[surgeon, day, IN + theatre] == 0
        return minutes, cost + weight[TRANSFER] * (int(new) - int(alone))
    if from_day != OUT:
        busy, allowed = surgeons[surgeon, from_day, BUSY], given.surgeon_minutes
        minutes -= strain(busy - length, length, allowed[surgeon, from_day])
        alone = surgeons[surgeon, from_day, IN + from_theatre] == 1
        fewer = alone and surgeons[surgeon, from_day, USED] > 1
        cost -= given.wish[person, from_day] + weight[TRANSFER] * int(fewer)
    if day != OUT:
        busy, allowed = surgeons[surgeon, day, BUSY], given.surgeon_minutes
        minutes += strain(busy, length, allowed[surgeon, day])
        new = surgeons[surgeon, day, IN + theatre] == 0
        more = new and surgeons[surgeon, day, USED] >= 1
        cost += given.wish[person, day] + weight[TRANSFER] * int(more)
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
