"""Mandatory patients for whom surgeons or theatres lack the minutes."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from salus.allocate.hospital.bound.choices import Choices, bed_from, operable
from salus.allocate.hospital.bound.conflict import Conflict, Scarce, Span
from salus.allocate.hospital.bound.intervals import intervals, needed, within
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.bound.choices import Site, Whole
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.core.messages import Message

MANY = 100_000
"""Sums of surgeries are looked at one by one up to here."""


def without_a_day(problem: HospitalProblem, on: Site) -> Iterator[Conflict]:
    """Find the mandatory patients who have no day on which surgeon and theatre have the minutes.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    on : Site
        What there is.

    Yields
    ------
    Conflict
        Patients without a bed in time are left to others.
    """
    for each in problem.patients:
        first, last = max(each.release, bed_from(problem, each, on)), problem.last_day(each)
        if not each.mandatory or first > last:
            continue
        if (operable(each, on, problem.days) >= first).any():
            continue
        days = slice(first, last + 1)
        most = on.theatre_minutes[:, days].max(axis=0, initial=0)
        most = np.minimum(most, on.surgeon_minutes[on.surgeon[each.surgeon], days])
        yield _no_day(each, Span(first, last), int(most.max()))


def _no_day(patient: Patient, span: Span, there: int) -> Conflict:
    what = say(
        "patient {patient} has no day: {when}, surgeon {surgeon} and any one theatre have at most"
        " {there} minutes on the same day, and the surgery takes {wanted}",
        patient=patient.id,
        when=span.words,
        surgeon=patient.surgeon,
        there=there,
        wanted=patient.minutes,
    )
    remedy = say(
        "give the surgeon and a theatre {wanted} minutes on one of these days, or let the patient"
        " be admitted later",
        wanted=patient.minutes,
    )
    return Conflict(
        Scarce.SURGEON,
        (patient.id,),
        (patient.surgeon,),
        span,
        patient.minutes,
        there,
        what,
        remedy,
    )


def too_few_minutes(problem: HospitalProblem, on: Site, must: Choices) -> Iterator[Conflict]:
    """Find days within which mandatory patients need more minutes than there are.

    All who must be operated on within a stretch of days need the sum of their minutes there (Hall's
    condition). Of a day, only as many minutes count as some of the surgeries add up to.

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
        Of surgeons, then of all theatres; the shortest stretches first, nobody twice among those
        of one surgeon.

    References
    ----------
    P. Hall: On representatives of subsets, 1935.
    """
    theatres = on.theatre_minutes.sum(axis=0)
    for at, (surgeon, minutes) in enumerate(zip(problem.surgeons, on.surgeon_minutes, strict=True)):
        mine = Choices(*(each[must.surgeon == at] for each in must))
        day = np.minimum(minutes, theatres)[None]
        yield from _crowded(problem, mine, day, _Place(Scarce.SURGEON, (surgeon.id,)))
    names = tuple(each.id for each in problem.theatres)
    yield from _crowded(problem, must, on.theatre_minutes, _Place(Scarce.THEATRE, names))


class _Place(NamedTuple):
    scarce: Scarce
    names: tuple[str, ...]


class _Minutes(NamedTuple):
    """Wanted, there at all, and of these as many as whole surgeries fill."""

    wanted: int
    there: int
    filled: int
    single: bool
    """Whether each day, if not free, has room for one of the surgeries, and none for two."""


def _sentence(people: tuple[str, ...], place: _Place, span: Span, minutes: _Minutes) -> Message:
    return (_of_surgeon if place.scarce is Scarce.SURGEON else _of_theatres)(
        {
            "people": people,
            "wanted": minutes.wanted,
            "where": place.names,
            "when": span.words,
            "there": minutes.there,
            "filled": minutes.filled,
        },
        minutes,
    )


def _of_surgeon(given: dict[str, Any], minutes: _Minutes) -> Message:
    if minutes.there == minutes.filled:
        return say(
            "mandatory patients {people} need {wanted} minutes of surgeon {where} {when}, who can"
            " operate for {there}",
            **given,
        )
    if minutes.single:
        return say(
            "mandatory patients {people} need {wanted} minutes of surgeon {where} {when}, who can"
            " operate for {there}, but no two of these surgeries fit into one day",
            **given,
        )
    return say(
        "mandatory patients {people} need {wanted} minutes of surgeon {where} {when}, who can"
        " operate for {there}, of which whole surgeries fill at most {filled}",
        **given,
    )


def _of_theatres(given: dict[str, Any], minutes: _Minutes) -> Message:
    if minutes.there == minutes.filled:
        return say(
            "mandatory patients {people} need {wanted} minutes of theatres {where} {when}, which"
            " have {there}",
            **given,
        )
    return say(
        "mandatory patients {people} need {wanted} minutes of theatres {where} {when}, which have"
        " {there}, of which whole surgeries fill at most {filled}",
        **given,
    )


def _crowded(
    problem: HospitalProblem, must: Choices, minutes: Whole, place: _Place
) -> Iterator[Conflict]:
    first, last = intervals(problem.days)
    waiting, begin = np.unique(must.patient, return_index=True)
    end = np.append(begin, must.day.size)[1:] - 1
    long = must.minutes[begin]
    inside = (must.day[begin][:, None] >= first) & (must.day[end][:, None] <= last)
    there = within(_usable(minutes, long.tolist()).sum(axis=0), first, last)
    named = np.zeros(waiting.size, np.bool_)
    for at in np.flatnonzero(long @ inside > there):
        who = np.flatnonzero(inside[:, at])
        who = who[needed(long[who], int(there[at]))]
        if named[who].any():
            continue
        named[who] = True
        people = tuple(problem.patients[each].id for each in waiting[who])
        span, amounts = Span(int(first[at]), int(last[at])), (int(long[who].sum()), int(there[at]))
        days = minutes[:, span.first : span.last + 1]
        shortest = np.sort(long[who])
        single = shortest[:2].sum() > days.max() and (days[days > 0] >= shortest[-1]).all()
        wanted, filled = amounts
        of = _Minutes(wanted, int(days.sum()), filled, single=bool(single))
        what = _sentence(people, place, span, of)
        remedy = say(
            "add minutes on these days, or let some of the patients be admitted on other days"
        )
        yield Conflict(place.scarce, people, place.names, span, *amounts, what, remedy)


def _usable(minutes: Whole, surgeries: list[int]) -> Whole:
    unit = math.gcd(*surgeries) or 1
    units, most = minutes // unit, int(minutes.max(initial=0)) // unit
    if most > MANY:
        return np.asarray(units * unit)
    sums = 1
    for each in surgeries:
        sums |= sums << each // unit
        sums &= (2 << most) - 1
    reached = np.array([at for at in range(sums.bit_length()) if sums >> at & 1], np.int64)
    return np.asarray(unit * reached[np.searchsorted(reached, units, side="right") - 1])
