"""The sheets of a folder while they are read, and where what was refused in them stands."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.fit.breach import MOST
from salus.allocate.hospital.folder.tables import SETTINGS
from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.sheets.sheet import read_sheet, refuse_unknown_keys

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from numpy.typing import NDArray

    from salus.allocate.hospital.calendar import Calendar
    from salus.core.sheets.column import Table
    from salus.core.sheets.sheet import Sheet

BEYOND = {
    "earliest": say("leave the patient out of these weeks, or plan more days"),
    "latest": say("leave it empty, for the patient may come after these weeks, or plan more days"),
}
"""What to do about a date after the weeks, where another one would say something else."""


class Gathered:
    """Reads sheets of a folder; where a cell is wrong, keeps the fault.

    Parameters
    ----------
    folder : Path
        Where the files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.faults = folder, Faults()
        self._sheets: dict[str, Sheet] = {}

    def sheet(self, table: Table) -> Sheet:
        """Read one file; once only, so that its faults are told once."""
        if table.file not in self._sheets:
            self._sheets[table.file] = read_sheet(self.folder, table, self.faults)
        return self._sheets[table.file]

    def refused(self, where: Where) -> bool:
        """Tell whether something was refused at a place, or at what contains it."""
        return any(
            each.where.source == where.source
            and (each.where.row is None or where.row is None or each.where.row == where.row)
            and (None in {each.where.column, where.column} or each.where.column == where.column)
            for each in self.faults
        )

    def refer(self, sheet: Sheet, column: str, known: Collection[str]) -> None:
        """Refuse keys that another file does not list, unless that file was not read whole.

        Parameters
        ----------
        sheet : Sheet
            The file that refers.
        column : str
            Column with the key.
        known : collection of str
            All keys that are listed.
        """
        if not self.refused(Where(sheet.table.column(column).refers)):
            refuse_unknown_keys(sheet, column, known, self.faults)

    def days(
        self, sheet: Sheet, column: str, calendar: Calendar, count: int, *, later: int = 0
    ) -> list[int | None]:
        """Count the days to each date of a column, and refuse those outside the weeks.

        Parameters
        ----------
        sheet : Sheet
            The file.
        column : str
            With dates.
        calendar : Calendar
            When the first day is.
        count : int
            How many days are planned.
        later : int
            By how many days both ends may be later.

        Returns
        -------
        list of int or None
            ``None`` where there is no date, or one that was refused.
        """
        known = not self.refused(Where(SETTINGS.file))
        found: list[int | None] = []
        for index, when in enumerate(sheet.dates[column]):
            outside = None if when is None else calendar.outside(when, count, later)
            if known and when is not None and outside:
                what, remedy = outside
                if when > calendar.date_of(0):
                    remedy = BEYOND.get(column, remedy)
                self.faults.add(what, sheet.where(index, column), remedy, when.isoformat())
            found.append(None if when is None or outside else calendar.day_of(when))
        return found

    def refuse_unread(self, *, but: Collection[str] = ()) -> None:
        """Refuse columns of other names, lest one that is misspelt be missed.

        Parameters
        ----------
        but : collection of str
            Files whose columns are not known, for another file names them and was refused.
        """
        for sheet in self._sheets.values():
            table = sheet.table
            names = tuple(column.name for column in table.columns)
            for header in () if table.file in but else sheet.unread:
                near = get_close_matches(header, names, 1)
                remedy = say("leave it out; what counts is {names}", names=names)
                if near:
                    remedy = say("call it {name}, or leave it out", name=near[0])
                what = say("no column of this file has this name")
                self.faults.add(what, Where(table.file, 1, header), remedy)


def whole_numbers(sheet: Sheet, column: str) -> NDArray[np.int64]:
    """Return a column of whole numbers, shape (n_rows,); 0 where nothing is known."""
    return np.clip(np.nan_to_num(sheet.numbers[column]), -MOST, MOST).astype(np.int64)
