"""Conflicts that only a programme in whole numbers shows, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from salus.allocate.hospital.bound.beds import occupied
from salus.allocate.hospital.bound.choices import site
from salus.allocate.hospital.bound.conflict import Conflict, Scarce, Span
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.hospital.bound.choices import Choices
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.core.messages import Message


def no_packing(
    problem: HospitalProblem, must: Choices, scarce: Scarce, who: Sequence[int]
) -> Conflict:
    """Say that some mandatory patients cannot all be admitted, however days are chosen.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    must : Choices
        When mandatory patients could be admitted.
    scarce : Scarce
        What was counted.
    who : sequence of int
        Their places in the problem.

    Returns
    -------
    Conflict
        For rooms, people who want and beds that are there, whatever their days.
    """
    patients, mine = [problem.patients[each] for each in who], np.isin(must.patient, who)
    people = tuple(each.id for each in patients)
    span = Span(int(must.day[mine].min()), int(must.day[mine].max()))
    minutes = sum(each.minutes for each in patients)
    rooms = [each for each in problem.rooms if any(each.id not in one.barred for one in patients)]
    beds, names = sum(each.beds for each in rooms), tuple(each.id for each in rooms)
    if scarce is Scarce.ROOM:
        genders = len({each.gender for each in patients})
        kept = occupied(problem, names, span.first)
        what = _rooms(people, names, span, kept=kept, mixed=genders > 1)
        remedy = _remedy_of_rooms()
        return Conflict(scarce, people, names, span, len(people), beds, what, remedy)
    surgeons, theatres = _minutes(problem, patients, span)
    rows = tuple(each.id for each in problem.theatres)
    if scarce is Scarce.SURGEON:
        rows, there = (patients[0].surgeon,), surgeons
        what = _surgeon(people, rows[0], span, (minutes, there))
    elif scarce is Scarce.THEATRE:
        there = theatres
        what = _theatres(people, rows, span, (minutes, there))
    else:
        rows, there = (*rows, *names), theatres
        what = _both(people, span)
    return Conflict(scarce, people, rows, span, minutes, there, what, _remedy())


def _minutes(problem: HospitalProblem, patients: list[Patient], span: Span) -> tuple[int, int]:
    on, days = site(problem), slice(span.first, span.last + 1)
    surgeons = sorted({on.surgeon[each.surgeon] for each in patients})
    return int(on.surgeon_minutes[surgeons, days].sum()), int(on.theatre_minutes[:, days].sum())


def _remedy() -> Message:
    return say("let some of these patients be admitted on other days, or add what they compete for")


def _surgeon(
    people: tuple[str, ...], surgeon: str, span: Span, amounts: tuple[int, int]
) -> Message:
    return say(
        "mandatory patients {people} do not fit into the days of surgeon {surgeon} {when}, however"
        " they are spread: they take {wanted} minutes of {there}, but no surgery goes on into the"
        " next day",
        people=people,
        surgeon=surgeon,
        when=span.words,
        wanted=amounts[0],
        there=amounts[1],
    )


def _theatres(
    people: tuple[str, ...], theatres: tuple[str, ...], span: Span, amounts: tuple[int, int]
) -> Message:
    return say(
        "mandatory patients {people} do not fit into the days of their surgeons and theatres"
        " {theatres} {when}, however they are spread: they take {wanted} minutes, and the theatres"
        " have {there}",
        people=people,
        theatres=theatres,
        when=span.words,
        wanted=amounts[0],
        there=amounts[1],
    )


def _rooms(
    people: tuple[str, ...], rooms: tuple[str, ...], span: Span, *, kept: bool, mixed: bool
) -> Message:
    given: dict[str, Any] = {
        "people": people,
        "when": span.words,
        "rooms": rooms,
    }
    if kept:
        return say(
            "mandatory patients {people}, admitted {when}, have no beds in fit rooms ({rooms}),"
            " however days and rooms are chosen, as occupants keep theirs and genders are not"
            " mixed",
            **given,
        )
    if mixed:
        return say(
            "mandatory patients {people}, admitted {when}, have no beds in fit rooms ({rooms}),"
            " however days and rooms are chosen, as genders are not mixed",
            **given,
        )
    return say(
        "mandatory patients {people}, admitted {when}, have no beds in fit rooms ({rooms}),"
        " however days and rooms are chosen",
        **given,
    )


def _remedy_of_rooms() -> Message:
    return say(
        "let some of these patients be admitted on other days, let more rooms fit them, or add a"
        " room"
    )


def _both(people: tuple[str, ...], span: Span) -> Message:
    return say(
        "mandatory patients {people}, admitted {when}, have no days on which both surgeons and"
        " theatres have the minutes and fit rooms have the beds",
        people=people,
        when=span.words,
    )
