"""Rows become columns of Arrow in batches, each with the place where it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.data.fhir.kinds.kind import Row
    from salus.domain.records.table import StandardTable

BATCH = 20_000
FILE, POSITION, TYPE = "file number", "position", "resource type"
"""Where a row was read; no column of a standard table has a space in its name."""

PLACES = (
    pa.field(FILE, pa.int64()),
    pa.field(POSITION, pa.int64()),
    pa.field(TYPE, pa.dictionary(pa.int32(), pa.string())),
)


class Columns:
    """Gathers the rows of one table.

    Parameters
    ----------
    table : StandardTable
        Which table.
    source : str
        Where its rows come from.
    """

    def __init__(self, table: StandardTable, source: str) -> None:
        self._table, self._source = table, source
        self._schema = table.schema()
        fields = [field for field in self._schema if field.name != "source"]
        self._given = pa.schema([*(each.with_nullable(nullable=True) for each in fields), *PLACES])
        self._rows: list[Row] = []
        self._batches: list[pa.RecordBatch] = []

    def add(self, rows: Sequence[Row], file: int, position: int, resource_type: str) -> None:
        """Keep the rows of one resource.

        Parameters
        ----------
        rows : sequence of tuple
            In the order of the table, without ``source``.
        file, position : int
            Where it was read.
        resource_type : str
            Of which type it is.
        """
        place = (file, position, resource_type)
        self._rows.extend([(*row, *place) for row in rows])
        if len(self._rows) >= BATCH:
            self._flush()

    def table(self) -> pa.Table:
        """Return everything, in the order of reading, with the places beside it."""
        self._flush()
        return pa.Table.from_batches(self._batches, self._given)

    def standard(self, table: pa.Table) -> pa.Table:
        """Bring rows into the schema of the standard table, without the places."""
        source = pa.array([self._source], pa.string()).take(
            pa.array([0] * table.num_rows, pa.int8())
        )
        named = table.drop_columns([FILE, POSITION, TYPE]).append_column("source", source)
        return self._table.take(named)

    def _flush(self) -> None:
        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(column, field.type)
                for column, field in zip(columns, self._given, strict=True)
            ]
            self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=self._given))
            self._rows = []
