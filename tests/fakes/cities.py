"""Folders of synthetic cities, changed after they were made."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from salus.data.synthetic.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Change = Callable[[pa.Table], pa.Table]


def table_path(city: Path, name: str) -> Path:
    """Find the file of a standard table, or of one of the hospitals."""
    return city / ("operations" if name in OPERATIONS else "tables") / f"{name}.parquet"


def changed_city(city: Path, folder: Path, **changes: Change) -> Path:
    """Copy a city, with some of its tables changed."""
    shutil.copytree(city, folder)
    for name, change in changes.items():
        path = table_path(folder, name)
        pq.write_table(change(pq.read_table(path)), path)
    return folder


def emptied(table: pa.Table) -> pa.Table:
    """Take all rows away."""
    return table.slice(0, 0)


def plus(*rows: dict[str, Any]) -> Change:
    """Add rows like the first of a table, but for the given values."""

    def add(table: pa.Table) -> pa.Table:
        first = table.slice(0, 1).to_pylist()[0]
        more = pa.Table.from_pylist([first | row for row in rows], schema=table.schema)
        return pa.concat_tables([table, more])

    return add


def with_column(name: str, value: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> Change:
    """Put another column in the place of one; its type may be another, too."""

    def put(table: pa.Table) -> pa.Table:
        return table.set_column(table.schema.get_field_index(name), name, value(table[name]))

    return put
