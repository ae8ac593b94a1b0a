"""One function applied to each group of a table: here, or in a pool, with the same result."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.checks import within
from salus.core.tables import Frame, arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    GroupFunction = Callable[[pa.Table], pa.Table]


class Runner(Protocol):
    """Applies a function to every group, and returns the answers in the order of the groups."""

    def run(self, function: GroupFunction, groups: Sequence[pa.Table]) -> list[pa.Table]:
        """Apply the function to each group."""


class InProcess:
    """Applies the function here, one group after the other."""

    def run(self, function: GroupFunction, groups: Sequence[pa.Table]) -> list[pa.Table]:
        """Apply the function to each group."""
        return [function(group) for group in groups]


@dataclass(frozen=True, slots=True)
class ProcessPool:
    """Applies the function in several processes of this machine.

    Parameters
    ----------
    workers : int
        How many processes, 1 or more. The function must be importable by name.
    """

    workers: int

    def __post_init__(self) -> None:
        """Refuse an empty pool."""
        within("workers", self.workers, 1)

    def run(self, function: GroupFunction, groups: Sequence[pa.Table]) -> list[pa.Table]:
        """Apply the function to each group."""
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(self.workers, mp_context=spawn) as pool:
            return list(pool.map(function, groups))


def groupmap(
    frame: Frame, by: Sequence[str], function: GroupFunction, runner: Runner | None = None
) -> pa.Table:
    """Apply a function to each group of a table and stack the answers.

    Parameters
    ----------
    frame : Frame
        Any Arrow-speaking table.
    by : sequence of str
        Columns whose values make a group. A null makes a group of its own.
    function : callable
        Takes the rows of one group, in their order, and returns a table; all answers have one
        schema.
    runner : Runner, optional
        Where the work is done; here, when not given.

    Returns
    -------
    pyarrow.Table
        The answers, groups in the order of their first row.

    Raises
    ------
    KeyError
        If a column of ``by`` does not exist.
    ValueError
        If the table has no rows, so that the schema of the answer is unknown.

    Examples
    --------
    >>> wards = pa.table({"ward": ["A", "B", "A"], "beds": [1, 2, 3]})
    >>> total = lambda group: pa.table({"beds": [pc.sum(group["beds"]).as_py()]})
    >>> groupmap(wards, ["ward"], total)["beds"].to_pylist()
    [4, 2]
    """
    table = arrow(frame)
    if table.num_rows == 0:
        message = "groupmap needs at least one row, but the table has 0"
        raise ValueError(message)
    groups = list(_groups(table, by))
    return pa.concat_tables((runner or InProcess()).run(function, groups))


def _groups(table: pa.Table, by: Sequence[str]) -> Iterator[pa.Table]:
    code = np.zeros(table.num_rows, dtype=np.int64)
    for name in by:
        values = pc.dictionary_encode(table[name], null_encoding="encode").combine_chunks()
        code = code * len(values.dictionary) + values.indices.to_numpy()
        code = np.unique(code, return_inverse=True)[1]
    _, first, group = np.unique(code, return_index=True, return_inverse=True)
    order = np.argsort(first[group], kind="stable")
    starts = np.flatnonzero(np.diff(first[group][order], prepend=-1))
    rows = table.take(pa.array(order))
    for start, stop in zip(starts, [*starts[1:], table.num_rows], strict=True):
        yield rows.slice(start, stop - start)
