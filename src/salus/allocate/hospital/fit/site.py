"""Rules of rooms, theatres, surgeons, nurses and weights."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import EVERY, MOST, Breach, Spot, few, outside
from salus.allocate.hospital.fit.numbers import bounded, keys, vector
from salus.core.messages import say, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.allocate.hospital.fit.scope import Scope
    from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights


MOST_BEDS = 1_000
"""Of one room: a hall of a field hospital. Each is drawn."""
MOST_MINUTES = 24 * 60
"""Of a theatre on one day. How long surgeries take together is added up minute by minute."""
MOST_WEIGHT = 100_000
"""Times the longest horizon, it fits into the numbers of the search."""


def room_breaches(rooms: tuple[Room, ...]) -> Iterator[Breach]:
    """Find what is wrong with the rooms."""
    yield from keys("rooms", (each.id for each in rooms))
    for index, each in enumerate(rooms):
        yield from bounded(Spot("rooms", index, "beds"), each.beds, 0, MOST_BEDS)


def minute_breaches(
    part: str, rows: Sequence[Theatre | Surgeon], scope: Scope, most: int = MOST
) -> Iterator[Breach]:
    """Find what is wrong with the theatres or the surgeons.

    Parameters
    ----------
    part : str
        Which of them.
    rows : sequence of Theatre or Surgeon
        All of them.
    scope : Scope
        What they must fit.
    most : int
        Minutes of one day; a surgeon may stand for a team.

    Yields
    ------
    Breach
    """
    yield from keys(part, (each.id for each in rows))
    remedy = say("write {length} numbers, one for each day", length=scope.days)
    for index, each in enumerate(rows):
        spot = Spot(part, index, "minutes")
        yield from vector(spot, each.minutes, scope.days, remedy, (Spot("days"),), high=most)


def nurse_breaches(nurses: tuple[Nurse, ...], scope: Scope) -> Iterator[Breach]:
    """Find what is wrong with the nurses, and the shifts in which there is none.

    Parameters
    ----------
    nurses : tuple of Nurse
        All of them.
    scope : Scope
        What they must fit.

    Yields
    ------
    Breach
    """
    yield from keys("nurses", (each.id for each in nurses))
    for index, each in enumerate(nurses):
        top = max(scope.levels - 1, 0)
        yield from bounded(Spot("nurses", index, "skill"), each.skill, 0, top, (Spot("levels"),))
        yield from _roster(index, each, scope)
    yield from _nobody(nurses, scope)


def weight_breaches(weights: Weights) -> Iterator[Breach]:
    """Find the weights that are negative or too large."""
    for name, value in asdict(weights).items():
        yield from bounded(Spot("weights", field=name), value, 0, MOST_WEIGHT)


def _roster(index: int, nurse: Nurse, scope: Scope) -> Iterator[Breach]:
    for shift, most in nurse.loads.items():
        spot = Spot("nurses", index, "loads", shift)
        if not 0 <= shift < scope.horizon:
            yield outside(
                replace(spot, inner="day"), shift // max(len(scope.shifts), 1), scope.days
            )
        yield from bounded(spot, most, 0)


def _nobody(nurses: tuple[Nurse, ...], scope: Scope) -> Iterator[Breach]:
    if not scope.sound:
        return
    there = {shift for each in nurses for shift in each.loads}
    names, count = scope.shifts, len(scope.shifts)
    bare = tuple(
        say(
            "{day} {shift}",
            day=say("day {day}", day=shift // count),
            shift=word(names[shift % count]),
        )
        for shift in range(scope.horizon)
        if shift not in there
    )
    if bare:
        what = say("nobody is on duty in these shifts: {shifts}", shifts=few(bare))
        remedy = say("put at least one nurse on each shift")
        reads = (Spot("days"), Spot("shifts"), Spot("nurses", EVERY, "loads"))
        yield Breach(Spot("nurses"), what, remedy, None, reads)
