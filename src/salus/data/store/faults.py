"""What SQLite refuses, as advice."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DatabaseError

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_REFUSED = say("the store cannot be written"), say("name a home folder you may write")
_BROKEN = (
    say("the store is not a database, or is damaged"),
    say("put a copy back in its place, or name another folder with --home"),
)
_ADVICE: dict[int, tuple[Message, Message]] = {
    sqlite3.SQLITE_FULL: (say("the disk is full"), say("free some space, or name another place")),
    sqlite3.SQLITE_IOERR: (
        say("the disk does not answer as it should"),
        say("see whether it is full or failing, or name another folder with --home"),
    ),
    sqlite3.SQLITE_BUSY: (
        say("another process holds the store and does not let go"),
        say("wait until it has finished, or stop it"),
    ),
    sqlite3.SQLITE_READONLY: _REFUSED,
    sqlite3.SQLITE_CANTOPEN: _REFUSED,
    sqlite3.SQLITE_PERM: _REFUSED,
    sqlite3.SQLITE_NOTADB: _BROKEN,
    sqlite3.SQLITE_CORRUPT: _BROKEN,
}


@contextmanager
def database_faults(path: Path) -> Iterator[None]:
    """Turn what SQLite refuses for reasons of the disk or the file into advice.

    Parameters
    ----------
    path : Path
        The database, for the fault.

    Raises
    ------
    EnvironmentFaultError
        If a statement inside fails for a reason that does not lie in our code.

    Examples
    --------
    >>> from pathlib import Path
    >>> with database_faults(Path("salus.db")):
    ...     pass
    """
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as error:
        refusal = error.orig if isinstance(error, DatabaseError) else error
        code = getattr(refusal, "sqlite_errorcode", 0)
        # The low byte names the kind; the others only refine it.
        advice = _ADVICE.get(code & 0xFF)
        if advice is None:
            raise
        fault = Fault(advice[0], Where(str(path)), advice[1], str(refusal))
        raise EnvironmentFaultError(fault) from error
