"""The room side of a patient: beds, genders and ages of a room, and the work of its nurses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.search.compiled import compiled, inlined
from salus.allocate.hospital.search.nursing import CONTINUITY, OVERLOAD, SKILL
from salus.allocate.hospital.search.state import (
    AGES,
    BEDS,
    CARERS,
    COST,
    COUNT,
    DAY,
    OUT,
    ROOM,
    SECOND,
)
from salus.allocate.hospital.search.tables import AGE, CARE_AT, GENDER, NEED, STAY, WORK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.state import State
    from salus.allocate.hospital.search.tables import Tables

    Whole = NDArray[np.int32]

MIXED_AGE = 0
"""Place of the weight."""


@inlined
def last_of(days: int, stay: int, day: int) -> int:
    """Return the day after the last one of a stay that begins on ``day``."""
    return min(days, day + stay)


@inlined
def age_span(in_room: Whole, room: int, day: int, ages: int, gone: int, come: int) -> int:
    """Measure the span of ages in a room, without one of an age group and with one of another.

    Parameters
    ----------
    in_room : ndarray of int, shape (rooms, days, 2 + ages)
        As in ``State``.
    room, day : int
    ages : int
        How many age groups there are.
    gone, come : int
        Age groups, -1 for none.

    Returns
    -------
    int
    """
    low, high = -1, -1
    for age in range(ages):
        count = in_room[room, day, AGES + age]
        if age == gone:
            count -= 1
        if count > 0 or age == come:
            if low < 0:
                low = age
            high = age
    return high - low


@inlined
def crowding(beds: int, count: int, second: int) -> int:
    """Count the people of a room who break a rule: above its beds, or of the rarer gender."""
    return max(0, count - beds) + min(second, count - second)


@inlined
def bed_change(
    given: Tables, now: State, person: int, from_day: int, from_room: int, day: int, room: int
) -> tuple[int, int]:
    """Tell what changes in beds, genders and ages when a patient moves, without moving them.

    Parameters
    ----------
    given : Tables
    now : State
    person : int
    from_day, from_room : int
        Where the patient is; the day is ``OUT`` for nowhere.
    day, room : int
        Where the patient would be; likewise.

    Returns
    -------
    tuple of int
        Change of the people who break a rule, and of the cost.
    """
    gender, age = given.people[person, GENDER], given.people[person, AGE]
    people, span, wish = 0, 0, 0
    until = last_of(given.days, given.people[person, STAY], from_day) if from_day != OUT else OUT
    end = last_of(given.days, given.people[person, STAY], day) if day != OUT else OUT
    stays = from_room == room
    if from_day != OUT:
        wish -= given.wish[person, given.days + from_room]
        for each in range(from_day, until):
            if stays and day <= each < end:
                continue
            count, second = (
                now.in_room[from_room, each, COUNT],
                now.in_room[from_room, each, SECOND],
            )
            people += crowding(given.beds[from_room], count - 1, second - gender)
            people -= crowding(given.beds[from_room], count, second)
            if now.in_room[from_room, each, AGES + age] == 1:
                span += age_span(now.in_room, from_room, each, given.ages, age, -1)
                span -= age_span(now.in_room, from_room, each, given.ages, -1, -1)
    if day != OUT:
        wish += given.wish[person, given.days + room]
        for each in range(day, end):
            if stays and from_day <= each < until:
                continue
            count, second = now.in_room[room, each, COUNT], now.in_room[room, each, SECOND]
            people += crowding(given.beds[room], count + 1, second + gender)
            people -= crowding(given.beds[room], count, second)
            if now.in_room[room, each, AGES + age] == 0:
                span += age_span(now.in_room, room, each, given.ages, -1, age)
                span -= age_span(now.in_room, room, each, given.ages, -1, -1)
    return people, given.weight[MIXED_AGE] * span + wish


@inlined
def care_now(given: Tables, now: State, person: int) -> int:
    """Price the care that a patient takes from the nurses of the room: what would go with them.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    person : int
        Whose place it is.
    """
    day, room = now.place[person, DAY], now.place[person, ROOM]
    first, end = (
        given.each_day * day,
        given.each_day * last_of(given.days, given.people[person, STAY], day),
    )
    shift_of = given.people[person, CARE_AT] - first
    overload, skill = 0, 0
    for shift in range(first, end):
        nurse, work = now.nurse[room, shift], given.care[shift_of + shift, WORK]
        over = now.nurse_work[nurse, shift] - given.most[nurse, shift]
        if over > 0:
            overload += min(over, work)
        skill += max(0, given.care[shift_of + shift, NEED] - given.level[nurse])
    weight = given.weight
    cost = weight[OVERLOAD] * overload + weight[SKILL] * skill
    return cost + weight[CONTINUITY] * now.place[person, CARERS]


@inlined
def care_then(
    given: Tables,
    now: State,
    person: int,
    from_day: int,
    from_room: int,
    day: int,
    room: int,
    most: float,
) -> int:
    """Price the care of a patient in another place, as if they had left the one where they are.

    Parameters
    ----------
    given : Tables
    now : State
    person : int
    from_day, from_room : int
        Where the patient is; the day is ``OUT`` for nowhere.
    day, room : int
        Where the patient would be.
    most : float
        Above it, the price need not be right: adding up stops.

    Returns
    -------
    int
    """
    each_day, weight = given.each_day, given.weight
    first, end = each_day * day, each_day * last_of(given.days, given.people[person, STAY], day)
    shift_of = given.people[person, CARE_AT] - first
    had, left, old_shift_of = 0, 0, 0
    if from_day != OUT:
        had, left = (
            each_day * from_day,
            each_day * last_of(given.days, given.people[person, STAY], from_day),
        )
        old_shift_of = given.people[person, CARE_AT] - had
    cost = 0
    now.mark[given.nurses] += 1
    mark = now.mark[given.nurses]
    for shift in range(first, end):
        nurse, work = now.nurse[room, shift], given.care[shift_of + shift, WORK]
        over = now.nurse_work[nurse, shift] + work - given.most[nurse, shift]
        if had <= shift < left and now.nurse[from_room, shift] == nurse:
            over -= given.care[old_shift_of + shift, WORK]
        if over > 0:
            cost += weight[OVERLOAD] * min(over, work)
        lack = given.care[shift_of + shift, NEED] - given.level[nurse]
        if lack > 0:
            cost += weight[SKILL] * lack
        if now.mark[nurse] != mark:
            now.mark[nurse] = mark
            cost += weight[CONTINUITY]
        if cost > most:
            return cost
    return cost


@inlined
def has_slot(given: Tables, now: State, person: int, day: int, room: int) -> bool:
    """Tell whether the lists of a room have a place for one more person on each day of a stay."""
    for each in range(day, last_of(given.days, given.people[person, STAY], day)):
        if now.in_room[room, each, COUNT] >= given.slots - 1:
            return False
    return True


@compiled
def lie_down(given: Tables, now: State, person: int, day: int, room: int) -> None:
    """Put a person who lies nowhere into a room, and count what follows.

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
    room : int
        Of the stay.
    """
    people, cost = bed_change(given, now, person, OUT, OUT, day, room)
    cost += care_then(given, now, person, OUT, OUT, day, room, 1e18)
    now.total[BEDS] += people
    now.total[COST] += cost
    now.place[person, DAY], now.place[person, ROOM] = day, room
    for each in range(day, last_of(given.days, given.people[person, STAY], day)):
        now.lying[room, each, now.in_room[room, each, COUNT]] = person
    _count_person(given, now, person, 1)


@compiled
def get_up(given: Tables, now: State, person: int) -> None:
    """Take a person out of the room, and count what follows.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    person : int
        Whose place it is.
    """
    day, room = now.place[person, DAY], now.place[person, ROOM]
    people, cost = bed_change(given, now, person, day, room, OUT, OUT)
    cost -= care_now(given, now, person)
    now.total[BEDS] += people
    now.total[COST] += cost
    for each in range(day, last_of(given.days, given.people[person, STAY], day)):
        last = now.in_room[room, each, COUNT] - 1
        for slot in range(last):
            if now.lying[room, each, slot] == person:
                now.lying[room, each, slot] = now.lying[room, each, last]
                break
    _count_person(given, now, person, -1)
    now.place[person, DAY] = OUT


@inlined
def _count_person(given: Tables, now: State, person: int, sign: int) -> None:
    day, room, each_day = now.place[person, DAY], now.place[person, ROOM], given.each_day
    gender, age = given.people[person, GENDER], given.people[person, AGE]
    for each in range(day, last_of(given.days, given.people[person, STAY], day)):
        now.in_room[room, each, COUNT] += sign
        now.in_room[room, each, SECOND] += sign * gender
        now.in_room[room, each, AGES + age] += sign
    shift_of = given.people[person, CARE_AT] - each_day * day
    for shift in range(
        each_day * day, each_day * last_of(given.days, given.people[person, STAY], day)
    ):
        nurse, work = now.nurse[room, shift], given.care[shift_of + shift, WORK]
        now.room_work[room, shift] += sign * work
        now.nurse_work[nurse, shift] += sign * work
        need = given.care[shift_of + shift, NEED]
        for level in range(need):
            now.lack[room, shift, level] += sign * (need - level)
        before = now.shifts_by[person, nurse]
        now.shifts_by[person, nurse] = before + sign
        if before == 0 or before + sign == 0:
            now.place[person, CARERS] += sign
