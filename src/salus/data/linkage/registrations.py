"""Registrations as they are compared: without case, accents and punctuation, in a database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb
from splink.internals.exceptions import SplinkException

from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

# One connection in memory that opens no file, loads nothing and spills nothing to a disk.
CLOSED = {
    "threads": 2,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
PLAIN = "nullif(regexp_replace(strip_accents(lower({column})), '[^\\p{{L}}\\p{{N}}]', '', 'g'), '')"
TEXTS = {
    "family": "family_name",
    "given": "given_name",
    "phone": "phone",
    "identifier": "identifier",
    "address": "address",
    "sex": "sex",
    "district": "district_id",
}


@contextmanager
def registered(patients: pa.Table) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database that holds the registrations, each under the number of its row.

    Parameters
    ----------
    patients : pyarrow.Table
        In the schema of the patient table.

    Yields
    ------
    duckdb.DuckDBPyConnection
        With the table ``registration``.

    Raises
    ------
    DefectError
        If the database refuses a step; what it says is withheld, as it may quote a patient.
    """
    connection = duckdb.connect(":memory:", config=CLOSED)
    try:
        connection.execute("SET enable_external_access = false")
        # Where it takes Python for a notebook, as under ``python -c``, it writes bars to stdout.
        connection.execute("SET enable_progress_bar = false")
        connection.register("patient", patients)
        connection.execute(_prepare())
        yield connection
    except (duckdb.Error, SplinkException) as error:
        what = say("the database refused a step ({kind})", kind=type(error).__name__)
        remedy = say("report this to the makers of Salus")
        raise DefectError(Fault(what, Where(say("linkage")), remedy)) from None
    finally:
        connection.close()


def _prepare() -> str:
    texts = ", ".join(f"{PLAIN.format(column=column)} AS {name}" for name, column in TEXTS.items())
    return f"""
        CREATE TABLE registration AS
        SELECT *,
            count(*) OVER (PARTITION BY family) / count(*) OVER () AS tf_family,
            count(*) OVER (PARTITION BY given) / count(*) OVER () AS tf_given
        FROM (
            SELECT
                row_number() OVER () - 1 AS n, {texts},
                strftime(birth_date, '%Y%m%d') AS birth,
                birth_date - DATE '1900-01-01' AS day
            FROM patient
        )
        ORDER BY n"""
