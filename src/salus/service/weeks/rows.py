"""Rows of the tables of the hospitals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

if TYPE_CHECKING:
    import pyarrow as pa

    Row = dict[str, Any]


def rows_of(table: pa.Table, column: str, *values: str) -> list[Row]:
    """Take the rows that have one of some values, in the order of the table's first column.

    Parameters
    ----------
    table : pyarrow.Table
        Any table.
    column : str
        Where the values stand.
    *values : str
        Which of them.

    Returns
    -------
    list of dict
        Rows without a key are left out, and so is a key that an earlier row has.
    """
    key = table.column_names[0]
    found = table.filter(pc.is_in(table[column], pc.cast(list(values), table[column].type)))
    rows = {row[key]: row for row in reversed(found.to_pylist()) if row[key] is not None}
    return [rows[each] for each in sorted(rows)]
