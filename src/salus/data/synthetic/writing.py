"""Parquet files of a city, written in parts while the people are made."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    import pyarrow as pa

    from salus.domain.records.table import StandardTable

PART = 250_000
"""Rows of a row group at most."""


class TableFiles:
    """The files of several tables in one folder, open until all parts are written.

    Parameters
    ----------
    folder : Path
        Where; made when missing.
    tables : iterable of StandardTable
        What; each has a file, even when no row comes.
    """

    def __init__(self, folder: Path, tables: tuple[StandardTable, ...]) -> None:
        self._folder, self._tables, self._open = folder, tables, ExitStack()
        self._files: dict[str, pq.ParquetWriter] = {}
        self._rows = {table.name: 0 for table in tables}

    def __enter__(self) -> Self:
        """Open all files."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for table in self._tables:
            path = self._folder / f"{table.name}.parquet"
            writer = pq.ParquetWriter(path, table.schema(), compression="zstd")
            self._files[table.name] = self._open.enter_context(writer)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close all files."""
        self._open.close()

    def rows(self, name: str) -> int:
        """Return how many rows a table has so far."""
        return self._rows[name]

    def add(self, name: str, part: pa.Table) -> None:
        """Write a part of a table.

        Parameters
        ----------
        name : str
            Name of the table.
        part : pyarrow.Table
            In its schema.
        """
        self._rows[name] += part.num_rows
        if part.num_rows:
            self._files[name].write_table(part, row_group_size=PART)
