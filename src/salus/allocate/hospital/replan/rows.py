"""The rows of a file of events, in JSON or CSV, and where each of them stands."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.cells import Cells
from salus.allocate.hospital.competition.document import json_of
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.core.sheets.column import Column, Kind, Table
from salus.core.sheets.csvfile import read_text_table

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.competition.cells import Row
    from salus.core.canonical import Json
    from salus.core.sheets.csvfile import TextTable

EVENTS = Table(
    "events.csv",
    say("what has happened"),
    (),
    (
        Column("event", Kind.TEXT, say("what has happened")),
        Column("id", Kind.TEXT, say("to whom or what")),
        *(
            Column(name, Kind.TEXT, meaning, needed=False)
            for name, meaning in (
                ("from_day", say("first day, or its date; today where it is empty")),
                ("to_day", say("last day, or its date; the first where it is empty")),
                ("shift", say("name of the shift; all of the day where it is empty")),
                ("minutes", say("what is left of each day; 0 where it is empty")),
                ("length_of_stay", say("days from the first")),
                ("gender", say("A or B, or female or male")),
                ("age_group", say("name of the age group")),
                ("mandatory", say("true or false; true where it is empty")),
                ("surgery_release_day", say("first day of admission; today where it is empty")),
                ("surgery_due_day", say("last day of admission; the first where it is empty")),
                ("surgery_duration", say("minutes of the surgery")),
                ("surgeon_id", say("who operates")),
                (
                    "incompatible_room_ids",
                    say("rooms that are not fit, with spaces or semicolons between"),
                ),
                ("workload_produced", say("work in each shift of a day or of the stay")),
                ("skill_level_required", say("skill in each shift of a day or of the stay")),
            )
        ),
    ),
)
"""Columns of a CSV file, and fields of a row in JSON."""

MEANT = say("write an object with a list called events")
NAMES, NUMBERS = ("incompatible_room_ids", "skill_level_required"), ("workload_produced",)
TEXTS = ("event", "id", "shift", "gender", "age_group", "surgeon_id")
_WHOLE, _INDEX = re.compile(r"[+-]?\d{1,18}"), re.compile(r"events\[(\d+)\]\.?(.*)")


def rows_of(path: Path) -> tuple[Cells, list[tuple[str, Row]]]:
    """Read the rows of a file.

    Parameters
    ----------
    path : Path
        A file whose name ends in .csv, or one of JSON: an object with a list ``events``.

    Returns
    -------
    cells : Cells
        Gathers what is wrong, by the path of a cell such as ``events[0].id``.
    rows : list of (str, dict)
        What stands before the fields of each row, and its fields; cells that are empty are left
        out.

    Raises
    ------
    InputError
        If the file is none, of another ending, or no whole JSON.
    """
    if path.suffix.lower() not in {"", ".json", ".csv"}:
        remedy = say("name a file that ends in {endings}", endings=".json, .csv")
        raise InputError(Fault(say("this ending means no format"), Where(path.name), remedy))
    if path.suffix.lower() != ".csv":
        cells = Cells(path.name)
        return cells, cells.rows(json_of(path, MEANT), "events")
    sheet = _Sheet(path)
    return sheet, [(f"events[{at}].", row) for at, row in enumerate(sheet.rows_read)]


class _Sheet(Cells):
    """The cells of a CSV file."""

    def __init__(self, path: Path) -> None:
        super().__init__(path.name)
        self._table = read_text_table(path, replace(EVENTS, file=path.name), self.faults)
        self.faults.stop()
        self.rows_read = [_row(self._table, cells) for cells in self._table.cells]

    def where(self, path: str) -> Where:
        """Name the place of a path: the line, and the column."""
        found = _INDEX.fullmatch(path)
        if found is None:
            return Where(self.source)
        column = found[2].partition("[")[0]
        return Where(self.source, self._table.rows[int(found[1])], column or None)


def _row(table: TextTable, cells: tuple[str, ...]) -> Row:
    named = zip(table.names, cells, strict=True)
    return {name: _cell(name, cell) for name, cell in named if name and cell}


def _cell(name: str, text: str) -> Json:
    if name in TEXTS:
        return text
    if name in NAMES:
        return [*_parts(text)]
    if name in NUMBERS:
        return [number_of(each) for each in _parts(text)]
    if name == "mandatory":
        return {"true": True, "false": False}.get(text.lower(), text)
    return number_of(text)


def _parts(text: str) -> list[str]:
    parts = text.split(";" if ";" in text else None)
    return [each.strip() for each in parts if each.strip()]


def number_of(text: str) -> int | str:
    """Return the whole number that a text is, or the text.

    Examples
    --------
    >>> number_of("12"), number_of("a lot")
    (12, 'a lot')
    """
    return int(text) if _WHOLE.fullmatch(text) else text
