"""The records as they were known at the end of a day: what came later is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KNOWN_BY = {
    "encounter": "started_at",
    "condition": "recorded_at",
    "observation": "observed_at",
    "medication": "started_at",
    "allergy": "recorded_at",
}
"""The time at which a row of each table that is read here became known."""

READ = ("patient", *KNOWN_BY)
ENDS = {"encounter": "ended_at", "medication": "ended_at"}
"""An end that lies ahead was not known."""


def known_until(tables: Mapping[str, pa.Table], end: datetime) -> dict[str, pa.Table]:
    """Leave out all that became known later.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; those that advice does not read are left out.
    end : datetime
        The last moment that is known, with a zone.

    Returns
    -------
    dict of str to pyarrow.Table
        A row without its time is kept; each reader says what it does with one.

    Raises
    ------
    InputError
        If a table does not have its standard columns.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> times = pa.array([datetime(2026, 1, day, tzinfo=UTC) for day in (1, 3)])
    >>> row = {"allergy_id": ["a", "b"], "patient_id": ["p", "p"], "code": ["J01C", "J01E"]}
    >>> table = pa.table(row | {"source": ["s", "s"], "recorded_at": times})
    >>> known_until({"allergy": table}, times[0].as_py())["allergy"]["code"].to_pylist()
    ['J01C']
    """
    cut = pa.scalar(end, pa.timestamp("us", "UTC"))
    standard = {name: TABLES[name].take(tables[name]) for name in READ if name in tables}
    return {
        name: _known(table, name, cut) if name in KNOWN_BY else table
        for name, table in standard.items()
    }


def _known(table: pa.Table, name: str, cut: pa.Scalar) -> pa.Table:
    later = pc.fill_null(pc.greater(table[KNOWN_BY[name]], cut), fill_value=False)
    if pc.any(later).as_py():
        table = table.filter(pc.invert(later))
    if name in ENDS:
        column = table[ENDS[name]]
        ahead = pc.fill_null(pc.greater(column, cut), fill_value=False)
        seen = pc.if_else(ahead, pa.scalar(None, column.type), column)
        table = table.set_column(table.column_names.index(ENDS[name]), ENDS[name], seen)
    return table
