"""Dates and words of what has happened, as the numbers and letters of a problem."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from salus.allocate.hospital.folder.genders import NO_GENDER, gender_of
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.replan.rows import number_of
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.hospital.competition.cells import Cells, Row
    from salus.allocate.hospital.fit.breach import Breach
    from salus.allocate.hospital.hospital import Hospital
    from salus.core.canonical import Json
    from salus.core.messages import Value

DATED = ("from_day", "to_day", "surgery_release_day", "surgery_due_day")
SKILLS = "skill_level_required"
OF_DAYS = ("shifts", "days", "release", "due")
"""Fields of an event that are days."""
TOLD = ("first", "last", "release")
"""Values of a remedy that are days."""
DAY = say("day {day}")
"""How a breach names a day by number."""


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


def dated(breach: Breach, hospital: Hospital) -> Breach:
    """Name the days of a breach by their dates, where a hospital has dates.

    Parameters
    ----------
    breach : Breach
        With days by number.
    hospital : Hospital
        Whose days they are.

    Returns
    -------
    Breach

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.fit.breach import Breach, Spot
    >>> from salus.allocate.hospital.hospital import Hospital
    >>> hospital = Hospital.plain(random_hospital(7), date(2026, 3, 2))
    >>> remedy = say("write a day from {first} to {last}", first=2, last=3)
    >>> past = Breach(Spot("events", 0, "days"), say("the day is past"), remedy, 0)
    >>> found = dated(past, hospital)
    >>> str(found.remedy), found.value
    ('write a day from 2026-03-04 to 2026-03-05', '2026-03-02')
    """
    if not hospital.dated:
        return breach
    value = breach.value
    if breach.spot.field in OF_DAYS and isinstance(value, int):
        value = _date(value, hospital)
    what, remedy = (_in_dates(each, hospital) for each in (breach.what, breach.remedy))
    return replace(breach, what=what, remedy=remedy, value=value)


def _in_dates(message: Message, hospital: Hospital) -> Message:
    def named(name: str, value: Value) -> Value:
        if isinstance(value, tuple):
            return tuple(named(name, each) for each in value)
        if isinstance(value, Message):
            day = value.values.get("day")
            if value.text == DAY.text and isinstance(day, int):
                return _date(day, hospital)
            return _in_dates(value, hospital)
        return _date(value, hospital) if name in TOLD and isinstance(value, int) else value

    return Message(message.text, {name: named(name, each) for name, each in message.values.items()})


def _date(day: int, hospital: Hospital) -> str:
    """Write the date of a day, or its number where no calendar reaches so far."""
    try:
        return hospital.calendar.date_of(day).isoformat()
    except OverflowError:
        return str(day)


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
