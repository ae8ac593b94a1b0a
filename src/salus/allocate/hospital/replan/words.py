"""Dates and words of what has happened, as the numbers and letters of a problem."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from salus.allocate.hospital.folder.genders import NO_GENDER, gender_of
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.replan.rows import number_of
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.hospital.competition.cells import Cells, Row
    from salus.allocate.hospital.hospital import Hospital
    from salus.core.canonical import Json

DATED = ("from_day", "to_day", "surgery_release_day", "surgery_due_day")
SKILLS = "skill_level_required"


def plain(cells: Cells, row: Row, at: str, hospital: Hospital) -> Row:
    """Write a row as the files of the competition do.

    Parameters
    ----------
    cells : Cells
        Keeps what is wrong.
    row : dict
        As it was read.
    at : str
        What stands before the names of its cells.
    hospital : Hospital
        With its first day, if days have dates, and the names of its skills.

    Returns
    -------
    dict
        With the numbers of days for dates and of levels for skills, and with A or B for words such
        as female; the first of them for a gender or skill that is none. A number is the name of a
        skill first, and a level, from 0, where no skill is called so.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.competition.cells import Cells
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> hospital = Hospital.plain(random_hospital(7), date(2026, 3, 2))
    >>> row = {"from_day": "2026-03-04", "gender": "Male"}
    >>> plain(Cells("events.json"), row, "events[0].", hospital)
    {'from_day': 2, 'gender': 'B'}
    """
    found = dict(row)
    for name in DATED:
        cell = row.get(name)
        if hospital.dated and isinstance(cell, str):
            found[name] = _day(cells, f"{at}{name}", cell, hospital)
    gender = row.get("gender")
    if isinstance(gender, str):
        named = gender_of(gender)
        if named is None:
            cells.add(f"{at}gender", *NO_GENDER)
        found["gender"] = (named or Gender.A).value
    skills = row.get(SKILLS)
    if isinstance(skills, list):
        found[SKILLS] = [
            _level(cells, each, f"{at}{SKILLS}[{place}]", hospital.skills)
            for place, each in enumerate(skills)
        ]
    return found


def _level(cells: Cells, cell: Json, path: str, skills: Sequence[str]) -> Json:
    name = str(cell) if type(cell) is int else cell
    if not isinstance(name, str):
        return cell
    if name in skills:
        return skills.index(name)
    level = number_of(name)
    if isinstance(level, str):
        what, remedy = (
            say("there is no skill of this name"),
            say("name one of {names}", names=tuple(skills)),
        )
        cells.add(path, what, remedy, name)
        return 0
    return level


def _day(cells: Cells, path: str, text: str, hospital: Hospital) -> int:
    try:
        when = date.fromisoformat(text)
    except ValueError:
        remedy = say("write its number, from 0, or a date such as 2026-03-02")
        cells.add(path, say("this is no day"), remedy, text)
        return 0
    if outside := hospital.calendar.outside(when, hospital.problem.days):
        cells.add(path, *outside, text)
        return 0
    return hospital.calendar.day_of(when)
