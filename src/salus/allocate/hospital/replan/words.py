"""Dates and words of what has happened, as the numbers and letters of a problem."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from salus.allocate.hospital.folder.people import GENDERS

if TYPE_CHECKING:
    from salus.allocate.hospital.competition.cells import Row

DATED = ("from_day", "to_day", "surgery_release_day", "surgery_due_day")


def plain(row: Row, first: date | None) -> Row:
    """Write a row as the files of the competition do.

    Parameters
    ----------
    row : dict
        As it was read.
    first : date or None
        Day 0, where days have dates.

    Returns
    -------
    dict
        With the numbers of days for dates, and with A or B for words such as female; what is
        neither stays as it is, for others to refuse.

    Examples
    --------
    >>> plain({"from_day": "2026-03-04", "gender": "Male"}, date(2026, 3, 2))
    {'from_day': 2, 'gender': 'B'}
    """
    found = dict(row)
    for name in DATED:
        cell = row.get(name)
        if first is not None and isinstance(cell, str):
            with suppress(ValueError):
                found[name] = (date.fromisoformat(cell) - first).days
    gender = row.get("gender")
    if isinstance(gender, str) and gender.lower() in GENDERS:
        found["gender"] = GENDERS[gender.lower()].value
    return found
