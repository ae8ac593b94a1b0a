"""What SQLite refuses becomes advice; what is our mistake stays one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from salus.core.errors import EnvironmentFaultError
from salus.data.store.faults import database_faults

PLACE = Path("home") / "salus.db"


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (sqlite3.SQLITE_FULL, "the disk is full"),
        (sqlite3.SQLITE_IOERR_FSYNC, "the disk does not answer"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "another process holds the store"),
        (sqlite3.SQLITE_READONLY, "the store cannot be written"),
        (sqlite3.SQLITE_CANTOPEN, "the store cannot be written"),
        (sqlite3.SQLITE_PERM, "the store cannot be written"),
        (sqlite3.SQLITE_NOTADB, "not a database, or is damaged"),
        (sqlite3.SQLITE_CORRUPT_INDEX, "not a database, or is damaged"),
    ],
)
def test_what_lies_with_the_machine_is_advice(code: int, advice: str) -> None:
    """Refined codes lead to the advice of their kind, and the file is named."""
    with (
        pytest.raises(EnvironmentFaultError, match=f"salus.db: .*{advice}"),
        database_faults(PLACE),
    ):
        raise _refused(code)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT_UNIQUE])
def test_what_lies_with_our_statements_stays_as_it_is(code: int) -> None:
    """A wrong statement is a defect, and must not be taken for a full disk."""
    with pytest.raises(DatabaseError), database_faults(PLACE):
        raise _refused(code)


def test_an_error_of_the_driver_itself_stays_as_it_is() -> None:
    """It bears no code of SQLite."""
    with pytest.raises(DatabaseError), database_faults(PLACE):
        raise DatabaseError(None, None, sqlite3.ProgrammingError("closed"))


def _refused(code: int) -> DatabaseError:
    refusal = sqlite3.OperationalError("refused")
    refusal.sqlite_errorcode = code
    return DatabaseError(None, None, refusal)
