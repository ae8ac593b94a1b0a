"""What a rule of cleaning is, what it looks at, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa


class Done(StrEnum):
    """What is done about a row that breaks a rule."""

    LEFT_OUT = "left_out"
    """The row takes no part."""
    EMPTIED = "emptied"
    """The value that cannot be is emptied; the rest of the row stays."""
    MARKED = "marked"
    """The row stays as it is, and is listed."""

    @property
    def label(self) -> Message:
        """Name it for people.

        Examples
        --------
        >>> str(Done.MARKED.label)
        'kept and listed'
        """
        return _LABELS[self]


_LABELS = {
    Done.LEFT_OUT: say("row left out"),
    Done.EMPTIED: say("value emptied"),
    Done.MARKED: say("kept and listed"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What a rule looks at.

    Parameters
    ----------
    table : pyarrow.Table
        The table in question, as the rules before have left it.
    tables : mapping of str to pyarrow.Table
        The tables that were cleaned before it, by name.
    as_of : date or None
        The day until which everything is known; ``None`` when nobody has said.
    """

    table: pa.Table
    tables: Mapping[str, pa.Table]
    as_of: date | None


class Broken(Protocol):
    """Finds the rows that break a rule."""

    def __call__(self, look: Look) -> pa.ChunkedArray:
        """Return true where a row breaks the rule, shape (n_rows,); empty counts as false."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule of cleaning, for one table.

    Parameters
    ----------
    name : str
        Its key.
    table : str
        Name of the standard table.
    sentence : Message
        What is wrong with a row that breaks it.
    done : Done
        What is done about such a row.
    broken : Broken
        Finds the rows.
    empties : tuple of str
        Columns whose value is emptied.
    refers : frozenset of str
        Other tables that it looks at.
    """

    name: str
    table: str
    sentence: Message
    done: Done
    broken: Broken
    empties: tuple[str, ...] = ()
    refers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """Rows that broke a rule.

    Parameters
    ----------
    rule, table : str
        Which rule, of which table.
    sentence : Message
        What was wrong.
    done : Done
        What was done.
    rows : pyarrow.Table
        The rows by their key, and by nothing else.
    """

    rule: str
    table: str
    sentence: Message
    done: Done
    rows: pa.Table
