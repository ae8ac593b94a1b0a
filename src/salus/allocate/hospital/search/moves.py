"""The moves of the search: each draws a change, prices it, and makes it or leaves it.

A move may add at most ``most`` to the score: the cost, and what broken rules weigh. That number is
drawn before the move is priced, so that pricing stops as soon as it is passed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from salus.allocate.hospital.search.chance import below
from salus.allocate.hospital.search.compiled import compiled, inlined
from salus.allocate.hospital.search.lying import (
    bed_change,
    care_now,
    care_then,
    get_up,
    has_slot,
    lie_down,
)
from salus.allocate.hospital.search.nursing import OVERLOAD, change_nurse, nurse_change
from salus.allocate.hospital.search.state import BEDS, COST, DAY, MINUTES, OUT, ROOM, THEATRE
from salus.allocate.hospital.search.surgery import (
    best_theatre,
    cancel_surgery,
    plan_surgery,
    surgery_change,
)
from salus.allocate.hospital.search.tables import (
    DAYS,
    DAYS_AT,
    LENGTH,
    MANDATORY,
    OFF,
    ROOMS,
    ROOMS_AT,
)
from salus.allocate.hospital.search.wishes import UNFIT

if TYPE_CHECKING:
    from salus.allocate.hospital.search.state import State
    from salus.allocate.hospital.search.tables import Tables

NEARBY = 6
"""Shifts before and after, from which a nurse is tried."""

STAYS = 4
"""One in so many patients who are moved keeps the room."""

BOTH, ROOMS_ONLY, DAYS_ONLY = range(3)
"""What two patients exchange."""

MARGIN = 40
"""Units of overload by which two patients in one shift may be priced too high, each on its own."""


class Prices(NamedTuple):
    """What broken rules weigh against the cost.

    Attributes
    ----------
    person : float
        One person too many or mixed, for a day.
    minute : float
        One minute overtime of a theatre or a surgeon.
    """

    person: float
    minute: float


@inlined
def try_nurse(given: Tables, now: State, most: float) -> bool:
    """Give a room to another nurse for one shift.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    most : float
    """
    room, shift = below(now.random, given.room_count), _some_shift(given, now)
    new = _some_nurse(given, now, room, shift)
    old = now.nurse[room, shift]
    if new == old:
        return False
    cost = nurse_change(given, now, room, shift, old, new)
    if cost > most:
        return False
    change_nurse(given, now, room, shift, old, new)
    now.total[COST] += cost
    return True


@inlined
def try_nurses(given: Tables, now: State, most: float) -> bool:
    """Let the nurses of two rooms change places for one shift.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    most : float
    """
    shift = _some_shift(given, now)
    room, other = below(now.random, given.room_count), below(now.random, given.room_count)
    here, there = now.nurse[room, shift], now.nurse[other, shift]
    if here == there:
        return False
    cost = nurse_change(given, now, room, shift, here, there)
    change_nurse(given, now, room, shift, here, there)
    cost += nurse_change(given, now, other, shift, there, here)
    if cost > most:
        change_nurse(given, now, room, shift, there, here)
        return False
    change_nurse(given, now, other, shift, there, here)
    now.total[COST] += cost
    return True


@inlined
def try_place(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Move a patient to any day and room, and to the best theatre of that day.

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
    from_day = now.place[person, DAY]
    stays = from_day != OUT and below(now.random, STAYS) == 0
    day = some_day(given, now, person)
    room = now.place[person, ROOM] if stays else some_room(given, now, person)
    theatre = best_theatre(
        given, now, person, from_day, now.place[person, THEATRE], day, prices.minute
    )
    return move(given, now, person, day, room, theatre, prices, most)


@inlined
def try_room(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Move a patient to another room.

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
    day = now.place[person, DAY]
    if day == OUT:
        return False
    room = some_room(given, now, person)
    return move(given, now, person, day, room, now.place[person, THEATRE], prices, most)


@inlined
def try_theatre(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Move a surgery to another theatre on the same day.

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
    day, theatre = now.place[person, DAY], below(now.random, given.theatres)
    if day < given.since or given.open_minutes[theatre, day] < given.people[person, LENGTH]:
        return False
    minutes, cost = surgery_change(
        given, now, person, day, now.place[person, THEATRE], day, theatre
    )
    if cost + prices.minute * minutes > most:
        return False
    cancel_surgery(given, now, person, day)
    plan_surgery(given, now, person, day, theatre)
    return True


@inlined
def try_out(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Postpone an optional patient."""
    person = below(now.random, given.patients)
    if given.people[person, MANDATORY] or now.place[person, DAY] == OUT:
        return False
    return move(given, now, person, OUT, OUT, OUT, prices, most)


@inlined
def _some_nurse(given: Tables, now: State, room: int, shift: int) -> int:
    # One in two is the nurse of the room in a shift nearby, whom its people know.
    drawn = below(now.random, 2 * (2 * NEARBY + 1))
    if drawn <= 2 * NEARBY:
        near = shift + drawn - NEARBY
        if 0 <= near < given.shifts and given.most[now.nurse[room, near], shift] != OFF:
            return now.nurse[room, near]
        return now.nurse[room, shift]
    first = given.duty_at[shift]
    return given.duty[first + below(now.random, given.duty_at[shift + 1] - first)]


@inlined
def _some_shift(given: Tables, now: State) -> int:
    first = given.since * given.each_day
    return first + below(now.random, given.shifts - first)


@inlined
def some_day(given: Tables, now: State, person: int) -> int:
    """Draw a day on which a patient can be admitted."""
    chosen = below(now.random, given.people[person, DAYS])
    return given.admission[given.people[person, DAYS_AT] + chosen]


@inlined
def some_room(given: Tables, now: State, person: int) -> int:
    """Draw a room that is fit for a patient."""
    chosen = below(now.random, given.people[person, ROOMS])
    return given.rooms[given.people[person, ROOMS_AT] + chosen]


@compiled
def move(
    given: Tables,
    now: State,
    person: int,
    day: int,
    room: int,
    theatre: int,
    prices: Prices,
    most: float,
) -> bool:
    """Move a patient, or postpone them, if it adds at most ``most`` to the score.

    Parameters
    ----------
    given : Tables
        What is planned.
    now : State
        The plan in hand.
    person : int
        The patient.
    day, room, theatre : int
        Where to; the day is ``OUT`` to postpone.
    prices : Prices
        What broken rules weigh.
    most : float
    """
    from_day, from_room, from_theatre = (
        now.place[person, DAY],
        now.place[person, ROOM],
        now.place[person, THEATRE],
    )
    if from_day == day and (day == OUT or (room == from_room and theatre == from_theatre)):
        return False
    if OUT < from_day < given.since:
        return False
    minutes, cost = surgery_change(given, now, person, from_day, from_theatre, day, theatre)
    cost += given.dropped[person] * (int(day == OUT) - int(from_day == OUT))
    people, ages = bed_change(given, now, person, from_day, from_room, day, room)
    score = cost + ages + prices.minute * minutes + prices.person * people
    if from_day != OUT:
        score -= care_now(given, now, person)
    if score > most:
        return False
    if day != OUT:
        score += care_then(given, now, person, from_day, from_room, day, room, most - score)
        if score > most or not has_slot(given, now, person, day, room):
            return False
    place(given, now, person, day, room, theatre)
    return True


@compiled
def try_exchange(given: Tables, now: State, prices: Prices, most: float) -> bool:
    """Let two patients change places, rooms or days, or one who is out take the place of another.

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
    one, two = below(now.random, given.patients), below(now.random, given.patients)
    if now.place[one, DAY] == OUT:
        one, two = two, one
    drawn = below(now.random, 3) if now.place[two, DAY] != OUT else BOTH
    if one == two or not _may_exchange(given, now, one, two, drawn):
        return False
    return _exchange(given, now, one, two, drawn, prices, most)


@inlined
def _may_exchange(given: Tables, now: State, one: int, two: int, what: int) -> bool:
    days, rooms = what != ROOMS_ONLY, what != DAYS_ONLY
    day, room = now.place[one, DAY], now.place[one, ROOM]
    was_day, was_room = now.place[two, DAY], now.place[two, ROOM]
    if day < given.since:
        return False
    if was_day == OUT:
        return not given.people[one, MANDATORY] and _may_be(given, two, day, room)
    if not days and room == was_room:
        return False
    same = day == was_day and now.place[one, THEATRE] == now.place[two, THEATRE]
    if same and (not rooms or room == was_room):
        return False
    if not _may_be(given, two, day if days else was_day, room if rooms else was_room):
        return False
    return _may_be(given, one, was_day if days else day, was_room if rooms else room)


@inlined
def _exchange(
    given: Tables,
    now: State,
    one: int,
    two: int,
    what: int,
    prices: Prices,
    most: float,
) -> bool:
    days, rooms = what != ROOMS_ONLY, what != DAYS_ONLY
    day, room, theatre = now.place[one, DAY], now.place[one, ROOM], now.place[one, THEATRE]
    was_day, was_room, was_theatre = (
        now.place[two, DAY],
        now.place[two, ROOM],
        now.place[two, THEATRE],
    )
    is_in = was_day != OUT
    limit = most + score(now, prices)
    gone = care_now(given, now, one) + given.weight[OVERLOAD] * MARGIN
    if is_in:
        gone += care_now(given, now, two)
    if days:
        _exchange_surgeries(given, now, one, day, two, was_day)
    if score(now, prices) - gone <= limit:
        get_up(given, now, one)
        if is_in:
            get_up(given, now, two)
        to_day, to_room = day if days else was_day, room if rooms else was_room
        back_day, back_room = was_day if days else day, was_room if rooms else room
        if _settle(given, now, two, to_day, to_room, prices, limit) and (
            not is_in or _settle(given, now, one, back_day, back_room, prices, limit)
        ):
            return True
        if now.place[two, DAY] != OUT:
            get_up(given, now, two)
        lie_down(given, now, one, day, room)
        if is_in:
            lie_down(given, now, two, was_day, was_room)
    if days:
        now.place[one, THEATRE], now.place[two, THEATRE] = was_theatre, theatre
        _exchange_surgeries(given, now, two, day, one, was_day)
        now.place[one, THEATRE], now.place[two, THEATRE] = theatre, was_theatre
    return False


@inlined
def _may_be(given: Tables, person: int, day: int, room: int) -> bool:
    return given.wish[person, day] != UNFIT and given.wish[person, given.days + room] != UNFIT


@inlined
def _exchange_surgeries(
    given: Tables, now: State, one: int, day: int, two: int, other_day: int
) -> None:
    theatre, other_theatre = now.place[one, THEATRE], now.place[two, THEATRE]
    cancel_surgery(given, now, one, day)
    if other_day != OUT:
        cancel_surgery(given, now, two, other_day)
        plan_surgery(given, now, one, other_day, other_theatre)
    else:
        now.total[COST] += given.dropped[one] - given.dropped[two]
    plan_surgery(given, now, two, day, theatre)


@inlined
def _settle(
    given: Tables, now: State, person: int, day: int, room: int, prices: Prices, limit: float
) -> bool:
    people, ages = bed_change(given, now, person, OUT, OUT, day, room)
    found = score(now, prices) + ages + prices.person * people
    if found > limit or (people > 0 and not has_slot(given, now, person, day, room)):
        return False
    if found + care_then(given, now, person, OUT, OUT, day, room, limit - found) > limit:
        return False
    lie_down(given, now, person, day, room)
    return True


@compiled
def place(given: Tables, now: State, person: int, day: int, room: int, theatre: int) -> None:
    """Put a patient on a day into a room and a theatre, or postpone them, and count what follows.

    Parameters
    ----------
    given : Tables
    now : State
    person : int
    day : int
        ``OUT`` to postpone.
    room, theatre : int
    """
    if now.place[person, DAY] != OUT:
        cancel_surgery(given, now, person, now.place[person, DAY])
        get_up(given, now, person)
        now.total[COST] += given.dropped[person]
    if day != OUT:
        plan_surgery(given, now, person, day, theatre)
        lie_down(given, now, person, day, room)
        now.total[COST] -= given.dropped[person]


@inlined
def score(now: State, prices: Prices) -> float:
    """Add up the cost and what broken rules weigh."""
    total = now.total
    return total[COST] + prices.person * total[BEDS] + prices.minute * total[MINUTES]
