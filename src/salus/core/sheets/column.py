"""What a column and a CSV file of a folder are."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.core.messages import Message


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    Parameters
    ----------
    name : str
        Header, in small letters with underscores.
    kind : Kind
        What its cells hold; dates are written as 2026-06-27.
    meaning : Message
        What a cell says about its row.
    unit : str
        Unit of a number; empty for a share, a key or a text.
    needed : bool
        Whether the header must have this column.
    filled : bool
        Whether each cell must hold something.
    low, high : float
        Inclusive range of a number.
    mended : bool
        Whether a number out of range is repaired or its row left out, instead of being a fault.
        A negative number where 0 is the least is a fault in any case.
    refers : str
        File that must list the key in this column; empty for none.
    aliases : tuple of str
        Other headers that are read as this column.
    whole : bool
        Whether a number must be whole.
    odd : bool
        Whether a text may begin as a formula does: it is understood, and never shown elsewhere.
    private : bool
        Whether it describes a patient, so that a fault does not show what a cell holds.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> Column("beds", Kind.NUMBER, say("how many there are"), "beds", low=0).needed
    True
    """

    name: str
    kind: Kind
    meaning: Message
    unit: str = ""
    needed: bool = True
    filled: bool = False
    low: float = -math.inf
    high: float = math.inf
    mended: bool = False
    refers: str = ""
    aliases: tuple[str, ...] = ()
    whole: bool = False
    odd: bool = False
    private: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file of a folder.

    Parameters
    ----------
    file : str
        Name of the file in the folder.
    meaning : Message
        What a row is.
    key : tuple of str
        Columns that together must differ from row to row.
    columns : tuple of Column
        The columns, in the order in which they are documented.
    needed : bool
        Whether the folder must have this file.
    bare : bool
        Whether it may have a header only, as any file may that is not needed.
    others : Column or None
        What any further column is read as; ``None`` when further columns are not read.
    """

    file: str
    meaning: Message
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: bool = False
    bare: bool = False
    others: Column | None = None

    def column(self, name: str) -> Column:
        """Return the column of this name.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
