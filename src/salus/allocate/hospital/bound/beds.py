"""Occupants and mandatory patients for whom rooms lack the beds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from salus.allocate.hospital.bound.choices import bed_from
from salus.allocate.hospital.bound.conflict import Conflict, Scarce, Span
from salus.allocate.hospital.bound.intervals import intervals, least_days, needed, within
from salus.allocate.hospital.people import Gender
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.bound.choices import Choices, Site, Whole
    from salus.allocate.hospital.people import Occupant
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Room

    Flags = NDArray[np.bool_]


def crowded_rooms(problem: HospitalProblem) -> Iterator[Conflict]:
    """Find the rooms in which occupants of both genders lie, or more of them than there are beds.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.

    Yields
    ------
    Conflict
    """
    for room in problem.rooms:
        there = [each for each in problem.occupants if each.room == room.id]
        if len({each.gender for each in there}) > 1:
            yield _mixed(room, there)
        if len(there) > room.beds:
            yield _overfull(room, there)


def _mixed(room: Room, there: list[Occupant]) -> Conflict:
    one = {each.gender: each.id for each in there}
    what = say(
        "occupants {people} in room {room} are of both genders",
        people=tuple(one.values()),
        room=room.id,
    )
    remedy = say("correct the rooms of the occupants, or move one of them")
    names = tuple(one.values())
    return Conflict(Scarce.ROOM, names, (room.id,), Span(0, 0), len(names), 1, what, remedy)


def _overfull(room: Room, there: list[Occupant]) -> Conflict:
    names = tuple(each.id for each in there)
    what = say(
        "occupants {people} lie in room {room}, which has room for {there}",
        people=names,
        room=room.id,
        there=room.beds,
    )
    remedy = say("correct the rooms of the occupants, or move one of them")
    wanted = len(names)
    return Conflict(Scarce.ROOM, names, (room.id,), Span(0, 0), wanted, room.beds, what, remedy)


def without_a_bed(problem: HospitalProblem, on: Site) -> Iterator[Conflict]:
    """Find the mandatory patients for whom occupants leave no fit bed in time.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    on : Site
        What there is.

    Yields
    ------
    Conflict
    """
    for each in problem.patients:
        last = problem.last_day(each)
        if not each.mandatory or bed_from(problem, each, on) <= last:
            continue
        rooms = tuple(room.id for room in problem.rooms if room.id not in each.barred)
        what = say(
            "patient {patient} has no bed: to the last day of admission, {last}, the fit rooms"
            " ({rooms}) are full or hold occupants of the other gender",
            patient=each.id,
            last=say("day {day}", day=last),
            rooms=rooms,
        )
        remedy = say("let the patient be admitted later or into other rooms, or move occupants")
        span = Span(each.release, last)
        yield Conflict(Scarce.ROOM, (each.id,), rooms, span, 1, 0, what, remedy)


def too_few_beds(problem: HospitalProblem, on: Site, must: Choices) -> Iterator[Conflict]:
    """Find days on which mandatory patients need more beds than occupants leave.

    Each patient spends a least number of days of any stretch in the house, whenever admitted. For
    each gender and for both, and each set of rooms that are fit for somebody, those who fit
    nowhere else need these days of the beds there.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    on : Site
        What there is.
    must : Choices
        Of mandatory patients.

    Yields
    ------
    Conflict
        The shortest stretches first, of both genders before those of one; nobody twice.

    References
    ----------
    P. Baptiste, C. Le Pape, W. Nuijten: Constraint-based scheduling, 2001 (energetic reasoning).
    """
    first, last = intervals(problem.days)
    days = least_days(must, len(problem.patients), first, last)
    waiting = np.unique(must.patient)
    fits = _fits(problem)
    groups = np.unique(np.concatenate([fits[waiting], np.ones((1, fits.shape[1]), bool)]), axis=0)
    inside: Flags = ~np.less(groups[:, None], fits[waiting]).any(axis=2)
    named = np.zeros(len(problem.patients), np.bool_)
    for genders in (tuple(Gender), *((each,) for each in Gender)):
        mine = np.array([problem.patients[each].gender in genders for each in waiting], np.bool_)
        there = within(groups @ _free(problem, on, genders), first, last)
        wanted = (inside & mine).astype(np.int64) @ days[waiting]
        short: Flags = np.greater(wanted, there)
        for at, group in np.argwhere(short.T):
            who = waiting[inside[group] & mine & (days[waiting, at] > 0)]
            who = who[needed(days[who, at], int(there[group, at]))]
            if named[who].any():
                continue
            named[who] = True
            span = Span(int(first[at]), int(last[at]))
            amounts = int(days[who, at].sum()), int(there[group, at])
            yield _crowded(problem, who, groups[group], span, amounts)


def occupied(problem: HospitalProblem, rooms: Sequence[str], day: int) -> bool:
    """Tell whether an occupant lies in one of some rooms on a day or later.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    rooms : sequence of str
        Which.
    day : int
        The first that counts.

    Returns
    -------
    bool
    """
    return any(each.room in rooms and each.stay > day for each in problem.occupants)


def _fits(problem: HospitalProblem) -> Flags:
    fits = [[room.id not in each.barred for room in problem.rooms] for each in problem.patients]
    return np.array(fits, np.bool_).reshape(len(problem.patients), len(problem.rooms))


def _free(problem: HospitalProblem, on: Site, genders: tuple[Gender, ...]) -> Whole:
    place = {each.id: at for at, each in enumerate(problem.rooms)}
    free = np.repeat([[each.beds] for each in problem.rooms], problem.days, axis=1)
    for each in problem.occupants:
        free[place[each.room], : each.stay] -= 1
    opened = np.min([on.open_from[each] for each in genders], axis=0)
    closed = np.arange(problem.days) < opened[:, None]
    return np.where(closed, 0, free)


def _crowded(
    problem: HospitalProblem, who: Whole, rooms: Whole, span: Span, amounts: tuple[int, int]
) -> Conflict:
    people = tuple(problem.patients[each].id for each in who)
    names = tuple(room.id for room, fit in zip(problem.rooms, rooms, strict=True) if fit)
    wanted, there = amounts
    given: dict[str, Any] = {"people": people, "wanted": wanted, "rooms": names, "there": there}
    given |= {"when": span.words}
    if occupied(problem, names, span.first):
        what = say(
            "mandatory patients {people} need at least {wanted} bed-days of rooms {rooms} {when},"
            " and occupants leave them {there}",
            **given,
        )
    else:
        what = say(
            "mandatory patients {people} need at least {wanted} bed-days of rooms {rooms} {when},"
            " which have {there}",
            **given,
        )
    remedy = say("add beds, let some of the patients be admitted on other days, or fit more rooms")
    return Conflict(Scarce.ROOM, people, names, span, wanted, there, what, remedy)
