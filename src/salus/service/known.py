"""Hide what was not known yet: every row of a later day, and every end that still lies ahead."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

KNOWN_AT = {
    "encounter": "started_at",
    "condition": "recorded_at",
    "observation": "observed_at",
    "medication": "started_at",
    "procedure": "started_at",
    "allergy": "recorded_at",
    "immunisation": "given_at",
    "indicator_reading": "period_end",
    "device_reading": "measured_at",
    "bed_state": "observed_at",
    "queue": "waiting_since",
    "surgery_list": "listed_on",
}
"""The column that tells when a row of a table became known; people are known before all,
and so are rooms and rosters."""

ENDS = {
    "patient": ("death_date",),
    "encounter": ("ended_at",),
    "condition": ("abated_at", "status"),
    "medication": ("ended_at", "status"),
    "procedure": ("ended_at", "status"),
}
"""What is said of the end, and is emptied where the end lies ahead: the end first."""


def end_of(day: date) -> datetime:
    """Return the midnight that ends a day, UTC.

    Examples
    --------
    >>> end_of(date(2026, 6, 28)).isoformat()
    '2026-06-29T00:00:00+00:00'
    """
    return datetime.combine(day, time(), UTC) + timedelta(days=1)


def known_until(tables: Mapping[str, pa.Table], day: date) -> dict[str, pa.Table]:
    """Hide what was not known at the end of a day.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables, and those of the hospitals, by name.
    day : date
        The last day that is known.

    Returns
    -------
    dict of str to pyarrow.Table
        A row without a date stays. An encounter that lasts beyond the day has no end yet.

    Raises
    ------
    InputError
        With every column of dates or moments that holds something else.
    """
    _refuse_undated(tables)
    return {
        name: _ends_hidden(_rows(table, name, day), name, day) for name, table in tables.items()
    }


def _refuse_undated(tables: Mapping[str, pa.Table]) -> None:
    faults = Faults()
    for name, table in tables.items():
        for column in (KNOWN_AT.get(name), ENDS.get(name, (None,))[0]):
            if column is not None and not pa.types.is_temporal(table[column].type):
                what = say("the column holds {found}", found=str(table[column].type))
                remedy = say("convert it to dates or moments")
                faults.add(what, Where(name, column=column), remedy)
    faults.stop()


def _rows(table: pa.Table, name: str, day: date) -> pa.Table:
    if name not in KNOWN_AT or not table.num_rows:
        return table
    later = _after(table[KNOWN_AT[name]], day)
    return table.filter(pc.invert(later)) if pc.any(later).as_py() else table


def _ends_hidden(table: pa.Table, name: str, day: date) -> pa.Table:
    end, *others = ENDS.get(name, ("",))
    if not end or not table.num_rows:
        return table
    ahead = _after(table[end], day)
    if not pc.any(ahead).as_py():
        return table
    for column in (end, *others):
        place = table.schema.get_field_index(column)
        field = table.schema.field(place)
        empty = pa.scalar(None, field.type)
        table = table.set_column(place, field, pc.if_else(ahead, empty, table[column]))
    return table


def _after(column: pa.ChunkedArray, day: date) -> pa.ChunkedArray:
    if pa.types.is_date(column.type):
        later = pc.greater(column, pa.scalar(day, column.type))
    else:
        later = pc.greater_equal(column, pa.scalar(end_of(day), column.type))
    return pc.fill_null(later, fill_value=pa.scalar(value=False))
