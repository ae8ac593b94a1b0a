"""Arrow tables in and out: any frame that speaks the Arrow PyCapsule interface is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path


@runtime_checkable
class Frame(Protocol):
    """A data frame of any library that exports an Arrow stream (pandas, polars, DuckDB, …)."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the rows as an Arrow C stream capsule."""


def arrow(frame: Frame | object) -> pa.Table:
    """Take a frame of any library as an Arrow table, without copying where that is possible.

    Parameters
    ----------
    frame : Frame
        Any object with ``__arrow_c_stream__``; an Arrow table is returned as it is.

    Returns
    -------
    pyarrow.Table

    Raises
    ------
    TypeError
        If the object does not speak the interface.

    Examples
    --------
    >>> arrow(pa.table({"beds": [3, 4]})).num_rows
    2

    References
    ----------
    The Arrow PyCapsule Interface, Apache Arrow format documentation.
    """
    if isinstance(frame, pa.Table):
        return frame
    if not isinstance(frame, Frame):
        message = (
            f"a table must offer __arrow_c_stream__ (pandas, polars, pyarrow, DuckDB frames do), "
            f"but a {type(frame).__name__} was given"
        )
        raise TypeError(message)
    return _without_views(pa.table(frame))


def _without_views(table: pa.Table) -> pa.Table:
    # Polars exports its text as views, which the kernels of pyarrow cannot take from.
    plain = {pa.string_view(): pa.string(), pa.binary_view(): pa.binary()}
    fields = [field.with_type(plain.get(field.type, field.type)) for field in table.schema]
    return table.cast(pa.schema(fields, table.schema.metadata))


def write_table(table: pa.Table, folder: Path, name: str) -> tuple[Path, Path]:
    """Write a table twice: as Parquet for programs and as CSV for people.

    Parameters
    ----------
    table : pyarrow.Table
        Flat columns.
    folder : Path
        An existing folder.
    name : str
        File name without ending.

    Returns
    -------
    tuple of Path
        The Parquet and the CSV file.
    """
    parquet, csv = folder / f"{name}.parquet", folder / f"{name}.csv"
    pq.write_table(table, parquet)
    pacsv.write_csv(table, csv, pacsv.WriteOptions(quoting_style="needed"))
    return parquet, csv


def read_table(folder: Path, name: str) -> pa.Table:
    """Read a table again that :func:`write_table` wrote.

    Parameters
    ----------
    folder : Path
        Where it is.
    name : str
        File name without ending.

    Returns
    -------
    pyarrow.Table
    """
    return pq.read_table(folder / f"{name}.parquet", memory_map=True)
