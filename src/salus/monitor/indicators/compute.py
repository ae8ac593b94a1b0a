"""Readings of indicators, counted from the standard tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.checks import within
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.domain.records.operations import INDICATOR_READING

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from salus.monitor.indicators.cases import Cases
    from salus.monitor.indicators.catalogue import Measure
    from salus.monitor.indicators.contacts import Records

REGION = "region"
"""The place of a reading of the whole region."""


class Level(StrEnum):
    """Of what a reading is: the whole region, a facility, or a ward (``facility/ward``)."""

    REGION = "region"
    FACILITY = "facility"
    WARD = "ward"


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of one length, one after the other.

    Parameters
    ----------
    last : date
        Last day of the last period: what came later is not looked at.
    days : int
        Days of a period, 1 to 366.
    count : int
        How many periods, 1 or more.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> from datetime import date
    >>> [str(day) for day in Periods(date(2025, 1, 14), 7, 2).ends]
    ['2025-01-07', '2025-01-14']
    """

    last: date
    days: int
    count: int

    def __post_init__(self) -> None:
        """Refuse impossible periods."""
        within("days", self.days, 1, 366, "days")
        within("count", self.count, 1, unit="periods")

    @property
    def ends(self) -> tuple[date, ...]:
        """Last day of each period, ascending."""
        step = timedelta(days=self.days)
        return tuple(self.last - k * step for k in reversed(range(self.count)))

    def places(self, moments: NDArray[np.datetime64]) -> NDArray[np.int64]:
        """Tell in which period each moment lies; -1 where in none."""
        ago = (np.datetime64(self.last) - moments.astype("datetime64[D]")).astype(np.int64)
        place = self.count - 1 - ago // self.days
        return np.where(~np.isnat(moments) & (ago >= 0) & (place >= 0), place, -1)


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """Readings of one measure, and what a reader must know of them.

    Parameters
    ----------
    table : pyarrow.Table
        The standard table ``indicator_reading``: for each place each period, by place and day.
    notes : tuple of Message
        What is a gap, and what was left out.
    """

    table: pa.Table
    notes: tuple[Message, ...]


def compute(records: Records, measure: Measure, level: Level, periods: Periods) -> Readings:
    """Count an indicator.

    A period with nothing below the line is a gap, never 0. A case without a place counts for the
    region only. Days are days of UTC.

    Parameters
    ----------
    records : Records
        The standard tables.
    measure : Measure
        What is counted, of ``catalogue.MEASURES`` or of your own.
    level : Level
        Of what a reading is.
    periods : Periods
        Over which days.

    Returns
    -------
    Readings

    Raises
    ------
    InputError
        If a table that the measure needs is not held.

    Examples
    --------
    >>> from datetime import UTC, date, datetime
    >>> from salus.domain.records.person import ENCOUNTER
    >>> from salus.monitor.indicators.catalogue import MEASURES
    >>> from salus.monitor.indicators.contacts import Records
    >>> stay = {"encounter_id": "E1", "patient_id": "P1", "class": "IMP", "source": "example"}
    >>> stay |= {"started_at": datetime(2025, 1, 1, tzinfo=UTC)}
    >>> stay |= {"ended_at": datetime(2025, 1, 4, tzinfo=UTC)}
    >>> records = Records(encounter=pa.Table.from_pylist([stay], ENCOUNTER.schema()))
    >>> week = Periods(date(2025, 1, 14), days=7, count=2)
    >>> compute(records, MEASURES["length_of_stay"], Level.REGION, week).table["value"].to_pylist()
    [3.0, None]
    """
    _refuse_missing(records, measure)
    until = np.datetime64(periods.last) + np.timedelta64(1, "D")
    found = measure.count(records, until)
    names = _places(found, level)
    period = periods.places(found.at)
    inside = period >= 0
    unplaced = np.array([name is None for name in names], dtype=np.bool_) & inside
    kept = inside & ~unplaced
    places = sorted(set(names[kept]))
    cell = np.searchsorted(places, names[kept].astype(str)) * periods.count + period[kept]
    above = _sums(cell, found.above[kept], places, periods)
    below = None if found.below is None else _sums(cell, found.below[kept], places, periods)
    table = _table(measure, places, periods, above, below)
    return Readings(table, tuple(_notes(measure, found, int(unplaced.sum()), table)))


def _refuse_missing(records: Records, measure: Measure) -> None:
    remedy = say("give the table, or leave the indicator out")
    faults = [
        Fault(say("{indicator} needs this table", indicator=measure.name), Where(name), remedy)
        for name in measure.needs
        if name not in records.held()
    ]
    if faults:
        raise InputError(*faults)


def _places(found: Cases, level: Level) -> NDArray[np.object_]:
    if level is Level.REGION:
        return np.full(len(found.at), REGION, dtype=object)
    if level is Level.FACILITY:
        return found.facility
    pairs = zip(found.facility, found.ward, strict=True)
    return np.array([f"{f}/{w}" if f and w else None for f, w in pairs], dtype=object)


def _sums(
    cell: NDArray[np.int64], parts: NDArray[np.float64], places: list[str], periods: Periods
) -> NDArray[np.float64]:
    sums = np.bincount(cell, parts, minlength=len(places) * periods.count)
    return sums.astype(np.float64, copy=False)


def _table(
    measure: Measure,
    places: list[str],
    periods: Periods,
    above: NDArray[np.float64],
    below: NDArray[np.float64] | None,
) -> pa.Table:
    n = len(above)
    value = above if below is None else above / np.where(below > 0, below, np.nan)
    return pa.table(
        {
            "indicator_id": [measure.id] * n,
            "place_id": np.repeat(np.array(places, dtype=object), periods.count),
            "period_end": list(periods.ends) * len(places),
            "value": pa.array(value, mask=np.isnan(value)),
            "numerator": above,
            "denominator": pa.nulls(n, pa.float64()) if below is None else below,
            "source": ["salus"] * n,
        },
        schema=INDICATOR_READING.schema(),
    )


def _notes(measure: Measure, found: Cases, unplaced: int, table: pa.Table) -> list[Message]:
    gaps, name = table["value"].null_count, measure.name
    notes = []
    if gaps or not table.num_rows:
        text = say(
            "{indicator}: periods without anything below the line are gaps: {gaps} of {readings}",
            indicator=name,
            gaps=gaps,
            readings=table.num_rows,
        )
        notes.append(text)
    if unplaced:
        text = say("{indicator}: cases without a place: {count}", indicator=name, count=unplaced)
        notes.append(text)
    if found.contradicting:
        text = say(
            "{indicator}: contacts left out because they end before they begin: {count}",
            indicator=name,
            count=found.contradicting,
        )
        notes.append(text)
    return notes
