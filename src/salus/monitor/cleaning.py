"""Readings as they come, made fit to be watched; whatever is left out is said."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

KEYS = {"indicator_id": pa.string(), "place_id": pa.string(), "period_end": pa.date32()}
KEY = list(KEYS)
FIGURES = ["value", "numerator", "denominator"]
SCHEMA = pa.schema(
    [*((name, KEYS[name]) for name in KEY), *((name, pa.float64()) for name in FIGURES)]
)


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """Readings of one indicator with one row for each place and period, evenly spaced.

    Parameters
    ----------
    table : pyarrow.Table
        The key and the figures of the standard table ``indicator_reading``, by place and day.
    period_days : int
        Days from one reading to the next.
    notes : tuple of Message
        What was mended or left out.
    """

    table: pa.Table
    period_days: int
    notes: tuple[Message, ...]


def clean(readings: pa.Table, name: Message, as_of: date) -> Cleaned:
    """Take the readings of one indicator that were known on a day, and settle what contradicts.

    A row that is given twice counts once. Where rows of one place and period contradict one
    another, nobody knows which is right: the period becomes a gap. Rows between the periods that
    most rows of the indicator keep are left out. A value that is not finite is a gap.

    Parameters
    ----------
    readings : pyarrow.Table
        Rows of the standard table ``indicator_reading``, all of one indicator.
    name : Message
        Of the indicator, for the notes.
    as_of : date
        Rows of later periods are not looked at.

    Returns
    -------
    Cleaned

    Examples
    --------
    >>> from datetime import date
    >>> rows = {"indicator_id": ["falls"] * 3, "place_id": ["A"] * 3, "value": [4.0, 4.0, 9.0]}
    >>> rows |= {"period_end": [date(2025, 1, 5)] * 3, "numerator": [None] * 3}
    >>> table = pa.table(rows | {"denominator": [None] * 3, "source": ["ward"] * 3})
    >>> cleaned = clean(table, say("falls"), date(2025, 2, 1))
    >>> cleaned.table["value"].to_pylist(), str(cleaned.notes[0])
    ([None], 'falls: periods whose readings contradict one another are taken as gaps: 1')
    """
    known = readings.filter(pc.less_equal(readings["period_end"], pa.scalar(as_of, pa.date32())))
    days = known["period_end"].cast(pa.int32()).to_numpy().astype(np.int64)
    period = _period(days)
    fits = _fits(days, period)
    rows, notes = known.filter(pa.array(fits)), []
    if not fits.all():
        text = say(
            "{indicator}: readings between its periods are left out: {count}",
            indicator=name,
            count=int((~fits).sum()),
        )
        notes.append(text)
    table, contradicting = _one_each(rows)
    if contradicting:
        text = say(
            "{indicator}: periods whose readings contradict one another are taken as gaps: {count}",
            indicator=name,
            count=contradicting,
        )
        notes.append(text)
    return Cleaned(table, period, tuple(notes))


def _period(days: NDArray[np.int64]) -> int:
    steps = np.diff(np.unique(days))
    return Counter(steps.tolist()).most_common(1)[0][0] if len(steps) else 7


def _fits(days: NDArray[np.int64], period: int) -> NDArray[np.bool_]:
    phase = days % period
    kept = np.bincount(phase).argmax() if len(phase) else 0
    return np.asarray(phase == kept)


def _one_each(rows: pa.Table) -> tuple[pa.Table, int]:
    """Keep one row for each place and period, and count the periods that contradict."""
    chosen: dict[tuple[object, ...], tuple[float | None, ...]] = {}
    contradicting = set()
    figures = zip(*(_finite(rows[name]) for name in FIGURES), strict=True)
    keys = zip(*(rows[name].to_pylist() for name in KEY), strict=True)
    for key, row in zip(keys, figures, strict=True):
        if chosen.setdefault(key, row) != row:
            contradicting.add(key)
    nothing = (None,) * len(FIGURES)
    kept = [(*key, *(nothing if key in contradicting else chosen[key])) for key in sorted(chosen)]
    columns = zip(*kept, strict=True) if kept else [()] * len(SCHEMA)
    return pa.table([list(each) for each in columns], schema=SCHEMA), len(contradicting)


def _finite(column: pa.ChunkedArray) -> list[float | None]:
    figures = column.cast(pa.float64())
    return pc.if_else(pc.is_finite(figures), figures, None).to_pylist()
