"""A table of counts with its totals, and what of it is released."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.messages import Message

    Counts: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class CountTable:
    """How many people there are of each row and column.

    Parameters
    ----------
    rows : tuple of str
        Names of the rows, such as districts; at least one, each once.
    columns : tuple of str
        Names of the columns, such as services; at least one, each once.
    counts : ndarray of int, shape (n_rows, n_columns)
        People, 0 or more, each in one cell only.

    Raises
    ------
    ValueError
        If a name stands twice, there is no cell, or the counts are not whole, are negative or of
        another shape; the message tells no count.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        """Refuse what is no table of counts."""
        for field, names in (("rows", self.rows), ("columns", self.columns)):
            if not names or len(set(names)) != len(names):
                message = f"{field} must be named, each once, but {len(names)} names are given"
                raise ValueError(message)
        shape = (len(self.rows), len(self.columns))
        if self.counts.shape != shape or self.counts.dtype.kind not in "iu":
            message = (
                f"counts must be whole numbers of shape {shape}, "
                f"but are {self.counts.dtype} of shape {self.counts.shape}"
            )
            raise ValueError(message)
        if (self.counts < 0).any():
            message = f"counts must be at least 0, but {(self.counts < 0).sum()} are below"
            raise ValueError(message)

    @property
    def with_totals(self) -> Counts:
        """The counts with a last row and a last column of totals."""
        return added_up(self.counts.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Release:
    """What of a table may be shown.

    Parameters
    ----------
    rows, columns : tuple of str
        As in the table.
    cells : tuple of tuple of int or None
        One row more and one column more than names: the totals. None where nothing is shown.
    said : Message
        What was done to the table, to be shown beside it.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    said: Message

    @property
    def hidden(self) -> tuple[tuple[int, int], ...]:
        """Row and column, from 0, of each cell that is not shown."""
        return tuple(
            (row, column)
            for row, cells in enumerate(self.cells)
            for column, cell in enumerate(cells)
            if cell is None
        )


def added_up(counts: Counts) -> Counts:
    """Put a last row and a last column of totals to counts.

    Parameters
    ----------
    counts : ndarray of int, shape (n_rows, n_columns)
        Without totals.

    Returns
    -------
    ndarray of int, shape (n_rows + 1, n_columns + 1)

    Examples
    --------
    >>> added_up(np.array([[1, 2], [3, 4]])).tolist()
    [[1, 2, 3], [3, 4, 7], [4, 6, 10]]
    """
    rows = np.vstack([counts, counts.sum(axis=0)])
    return np.hstack([rows, rows.sum(axis=1, keepdims=True)])
