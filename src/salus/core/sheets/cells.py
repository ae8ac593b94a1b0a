"""The cells of one column: understood as texts, numbers or dates, each fault with its row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Where
from salus.core.messages import say
from salus.core.names import harmless
from salus.core.sheets.keys import refuse_odd_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.core.errors import Faults
    from salus.core.messages import Message
    from salus.core.sheets.column import Column

NOTHING_KNOWN = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""What a cell says, in small letters, when a number or a date is not known."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one column of one file.

    Parameters
    ----------
    file, name : str
        The file, and the header of the column.
    column : Column
        What the cells mean.
    rows : sequence of int
        Line of each cell.
    values : sequence of str
        What is written there.
    faults : Faults
        Gathers what is wrong.

    Examples
    --------
    >>> from salus.core.errors import Faults
    >>> from salus.core.messages import say
    >>> from salus.core.sheets.kinds import amount
    >>> faults = Faults()
    >>> minutes = amount("minutes", say("time of the journey"), "minutes")
    >>> Cells("travel.csv", "minutes", minutes, (2, 3), ("12.5", "-1"), faults).numbers()
    array([12.5, -1. ])
    >>> len(faults)
    1
    """

    file: str
    name: str
    column: Column
    rows: Sequence[int]
    values: Sequence[str]
    faults: Faults

    def texts(self) -> tuple[str, ...]:
        """Return keys as they are, an empty or odd one being a fault, and names made harmless."""
        if not self.column.filled:
            return tuple(harmless(value) for value in self.values)
        for row, value in zip(self.rows, self.values, strict=True):
            if not value:
                self._refuse_empty(row)
            elif not (self.column.refers or self.column.odd):
                refuse_odd_key(value, Where(self.file, row, self.name), self.faults)
        return tuple(self.values)

    def numbers(self) -> NDArray[np.float64]:
        """Return the cells as numbers, shape (n_rows,); NaN where nothing is known."""
        return np.array(
            [self._number(row, value) for row, value in zip(self.rows, self.values, strict=True)],
            dtype=float,
        )

    def dates(self) -> tuple[date | None, ...]:
        """Return the cells as dates; ``None`` where nothing is known."""
        return tuple(
            self._date(row, value) for row, value in zip(self.rows, self.values, strict=True)
        )

    def _number(self, row: int, text: str) -> float:
        if text.lower() in NOTHING_KNOWN:
            self._refuse_empty(row, text)
            return math.nan
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not math.isfinite(value) or "_" in text:
            remedy = say("write a plain number such as 12.5, without signs or units")
            self._refuse(say("this is not a number"), row, remedy, text)
            return math.nan
        self._refuse_out_of_range(row, value)
        return value

    def _date(self, row: int, text: str) -> date | None:
        if text.lower() in NOTHING_KNOWN:
            self._refuse_empty(row, text)
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            remedy = say("write year, month and day, such as 2026-06-27")
            self._refuse(say("this is not a date"), row, remedy, text)
            return None

    def _refuse_out_of_range(self, row: int, value: float) -> None:
        low, high = _plain(self.column.low), _plain(self.column.high)
        if value < 0 <= low:
            remedy = say("write {low} or more, or leave out what is not known", low=low)
            self._refuse(say("this number is negative"), row, remedy, value)
        elif not (self.column.mended or low <= value <= high):
            remedy = say("write a number between {low} and {high}", low=low, high=high)
            self._refuse(say("this number is out of range"), row, remedy, value)
        elif self.column.whole and not value.is_integer():
            remedy = say("write a whole number, or leave out what is not known")
            self._refuse(say("this is not a whole number"), row, remedy, value)

    def _refuse_empty(self, row: int, text: str = "") -> None:
        if self.column.filled:
            remedy = say("fill it in, or delete the row: {meaning}", meaning=self.column.meaning)
            what = say("the cell says that nothing is known") if text else say("the cell is empty")
            self._refuse(what, row, remedy, text or None)

    def _refuse(
        self, what: Message, row: int, remedy: Message, value: str | float | None = None
    ) -> None:
        shown = None if self.column.private else value
        self.faults.add(what, Where(self.file, row, self.name), remedy, shown)


def _plain(bound: float) -> float:
    return int(bound) if float(bound).is_integer() else bound
