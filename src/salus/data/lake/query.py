"""SQL on tables of a lake: DuckDB in memory, which sees them and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from salus.data.lake.lake import Lake

LOCKED = (
    "SET temp_directory = ''",  # What does not fit into memory would be written out in clear.
    "SET enable_external_access = false",
    "SET python_enable_replacements = false",
    "SET lock_configuration = true",
)
"""In this order: each shuts a door, the last one the door to opening them again."""
STREAM = "reading the stream"
"""What DuckDB says when Arrow could not read on; the lake knows why."""


def query(
    lake: Lake, sql: str, table_names: Sequence[str], parameters: Sequence[object] = ()
) -> pa.Table:
    """Ask a lake in SQL.

    Columns that are not asked for are not decrypted, and rows are filtered while they are read
    where a whole number, a text or a moment is compared.

    Parameters
    ----------
    lake : Lake
        The lake.
    sql : str
        One statement of DuckDB; it can read the named tables, and no file.
    table_names : sequence of str
        Tables that it reads, each under its own name.
    parameters : sequence
        Values for the question marks of the statement.

    Returns
    -------
    pyarrow.Table

    Raises
    ------
    InputError
        If there is no such table, or it was written with other keys.
    MismatchError
        Naming every part that is missing or was altered.
    ForbiddenError
        If the key of a column is not given to this reader.
    EnvironmentFaultError
        If the memory does not suffice.
    duckdb.Error
        If the statement is wrong.
    """
    datasets = {name: lake.dataset(name) for name in table_names}
    connection = duckdb.connect(":memory:")
    try:
        for setting in LOCKED:
            connection.execute(setting)
        for name, dataset in datasets.items():
            connection.register(name, dataset)
        with lake.advised(*table_names):
            return _answer(connection, sql, parameters)
    except duckdb.BinderException as error:
        for name in table_names:
            lake.refuse_unseen(name, str(error))
        raise
    finally:
        connection.close()


def _answer(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object]
) -> pa.Table:
    try:
        return connection.sql(sql, params=[*parameters]).to_arrow_table()
    except duckdb.OutOfMemoryException as error:
        what = say("the memory does not suffice for this question")
        remedy = say("ask for fewer columns or rows; nothing is written to the disk in clear")
        raise EnvironmentFaultError(Fault(what, Where("DuckDB"), remedy)) from error
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        if STREAM not in str(error):
            raise
        raise OSError(str(error)) from error
