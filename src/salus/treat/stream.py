"""Dated rows of one kind, such as all measurements, that are asked by the code they carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.treat.asof import Events

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Values = NDArray[np.float64]

JOINT = "\x1f"
"""Stands between code and detail in a key; no code holds it."""


@dataclass(frozen=True, slots=True, eq=False)
class Stream:
    """Rows of one kind, sorted.

    Parameters
    ----------
    places : mapping of str to int
        Number of each key, a code or a code with its detail.
    rows : ndarray of int, shape (n_keys,)
        How many rows each key has.
    words : tuple of str
        What each key means, in words of the source; empty where the source does not say.
    events : Events
        The rows, by key, person and time.
    """

    places: Mapping[str, int]
    rows: Whole
    words: tuple[str, ...]
    events: Events

    @classmethod
    def of(
        cls,
        people: int,
        table: pa.Table,
        key: pa.ChunkedArray,
        when: str,
        value: Values | None = None,
    ) -> Stream:
        """Sort the rows of a table.

        Parameters
        ----------
        people : int
            How many persons there are.
        table : pyarrow.Table
            With a column ``whose``, the number of the person.
        key : pyarrow.ChunkedArray
            What each row is of; a row without a key takes no part.
        when : str
            The column with the time it was known; a row without it takes no part.
        value : ndarray, shape (n_rows,), optional
            What the rows say; zeros, when not given.

        Returns
        -------
        Stream
        """
        numbers = np.zeros(table.num_rows) if value is None else value
        kept = pc.and_(pc.is_valid(key), pc.is_valid(table[when]))
        keep = kept.to_numpy().astype(bool)
        keys = pc.drop_null(pc.unique(key.filter(kept)))
        ordered = keys.take(pc.sort_indices(keys))
        what = pc.index_in(key.filter(kept), value_set=ordered).to_numpy().astype(np.int64)
        rows = table.filter(kept)
        whose = rows["whose"].to_numpy()
        events = Events.sort(what, whose, ticks(rows[when]), numbers[keep], people)
        names = ordered.to_pylist()
        return cls(
            {name: place for place, name in enumerate(names)},
            np.bincount(what, minlength=len(names)),
            _words(rows, what, len(names)),
            events,
        )

    def latest(self, key: str, whose: Whole, at: Whole, since: Whole) -> tuple[Values, Values]:
        """Give value and time of the last row after ``since`` and not after ``at``, or NaN."""
        value, when = np.full(len(at), np.nan), np.full(len(at), np.nan)
        place = self.places.get(key)
        if place is not None:
            row = self.events.latest(place, whose, at)
            found = (row >= 0) & (self.events.when[row] > since)
            value[found] = self.events.value[row[found]]
            when[found] = self.events.when[row[found]]
        return value, when

    def count(self, key: str, whose: Whole, since: Whole, at: Whole) -> Whole:
        """Count the rows of a key after ``since`` and not after ``at``, for each moment."""
        place = self.places.get(key)
        if place is None:
            return np.zeros(len(at), dtype=np.int64)
        return self.events.count(place, whose, since, at)

    def first(self, key: str, whose: Whole, since: Whole, until: Whole) -> Values:
        """Give the value of the first row after ``since`` and not after ``until``, or NaN."""
        place = self.places.get(key)
        if place is None:
            return np.full(len(since), np.nan)
        row = self.events.first(place, whose, since, until)
        return np.where(row >= 0, self.events.value[row], np.nan)


def ticks(column: pa.ChunkedArray) -> Whole:
    """Read times as microseconds, shape (n,); no value is missing."""
    return column.cast(pa.timestamp("us", "UTC")).cast(pa.int64()).to_numpy()


def _words(rows: pa.Table, what: Whole, count: int) -> tuple[str, ...]:
    if "display" not in rows.column_names:
        return ("",) * count
    # The first in the alphabet, so that the order of the rows makes no difference.
    pairs = pa.table({"what": what, "display": rows["display"]})
    least = pairs.group_by("what").aggregate([("display", "min")])
    words = [""] * count
    for place, display in zip(
        least["what"].to_pylist(), least["display_min"].to_pylist(), strict=True
    ):
        words[place] = display or ""
    return tuple(words)
