"""The audit, written down: each entry and the new head in one transaction."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from salus.core.errors import Fault, MismatchError, Where
from salus.core.messages import say
from salus.data.store.moments import written
from salus.data.store.schema import AUDIT, AUDIT_HEAD
from salus.domain.audit import AuditEntry, AuditHead

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from salus.data.store.engine import Store


_COLUMNS = tuple(column.name for column in AUDIT.columns)
_VALUES = attrgetter(*_COLUMNS)
_READ_HEAD = f"SELECT sequence, digest FROM {AUDIT_HEAD.name}"  # noqa: S608  # our own names
_FIND = f"SELECT 1 FROM {AUDIT.name} WHERE sequence = ?"  # noqa: S608
_INSERT = (
    f"INSERT INTO {AUDIT.name} ({', '.join(_COLUMNS)})"  # noqa: S608
    f" VALUES ({', '.join('?' * len(_COLUMNS))})"
)
_UPDATE_HEAD = f"UPDATE {AUDIT_HEAD.name} SET sequence = ?, digest = ?"  # noqa: S608


class AuditLog:
    """The audit of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> store = open_store(Path(tempfile.mkdtemp()))
    >>> AuditLog(store).head().sequence
    0
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def append(self, seal: Callable[[AuditHead], AuditEntry]) -> AuditEntry:
        """Write the next entry; safe while other processes do the same.

        Parameters
        ----------
        seal : callable
            Makes the entry that follows the head, such as
            ``lambda head: chain(head, event)``.

        Returns
        -------
        AuditEntry
            The entry as it was written.

        Raises
        ------
        EnvironmentFaultError
            If the store cannot be written.
        MismatchError
            If the head is missing, or an entry stands where this one belongs.
        """
        with self._store.appending() as driver:
            return append_entry(driver, seal)

    def entries(self) -> tuple[AuditEntry, ...]:
        """Read all entries in order.

        Raises
        ------
        MismatchError
            If the head is missing.
        """
        with self._store.reading() as connection:
            return read_audit(connection)[0]

    def newest(
        self,
        count: int,
        *,
        before: int = 0,
        like: str = "",
        since: datetime | None = None,
        **wanted: str,
    ) -> tuple[AuditEntry, ...]:
        """Read the last entries, the newest first.

        Parameters
        ----------
        count : int
            How many at most.
        before : int
            Only entries with a smaller number; 0 for all.
        like : str
            How the resource begins.
        since : datetime, optional
            Only entries from this moment on, with its time zone.
        **wanted : str
            Columns, and what must stand in them.
        """
        chosen = select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(count)
        for column, text in wanted.items():
            chosen = chosen.where(AUDIT.c[column] == text)
        if before:
            chosen = chosen.where(AUDIT.c.sequence < before)
        if like:
            chosen = chosen.where(AUDIT.c.resource.startswith(like, autoescape=True))
        if since:
            chosen = chosen.where(AUDIT.c.at >= written(since))
        with self._store.reading() as connection:
            return tuple(AuditEntry(*map(_read, row)) for row in connection.execute(chosen))

    def head(self) -> AuditHead:
        """Read where the audit must end.

        Raises
        ------
        MismatchError
            If it is missing.
        """
        with self._store.reading() as connection:
            return _head(connection)


def append_entry(driver: sqlite3.Connection, seal: Callable[[AuditHead], AuditEntry]) -> AuditEntry:
    """Write the next entry within a transaction, together with whatever else it writes.

    Parameters
    ----------
    driver : sqlite3.Connection
        In a transaction that holds the write lock; see :func:`salus.data.store.engine.driver_of`.
    seal : callable
        Makes the entry that follows the head.

    Returns
    -------
    AuditEntry

    Raises
    ------
    MismatchError
        If the head is missing, or an entry stands where this one belongs.
    """
    entry = seal(_found_head(driver.execute(_READ_HEAD).fetchone()))
    _refuse_taken(driver, entry.sequence)
    driver.execute(_INSERT, _VALUES(entry))
    driver.execute(_UPDATE_HEAD, (entry.sequence, entry.digest))
    return entry


def read_audit(connection: Connection) -> tuple[tuple[AuditEntry, ...], AuditHead]:
    """Read all entries in order, and where they must end.

    Raises
    ------
    MismatchError
        If the head is missing.
    """
    rows = connection.execute(select(AUDIT).order_by(AUDIT.c.sequence))
    return tuple(AuditEntry(*map(_read, row)) for row in rows), _head(connection)


def _read(value: str | int | bytes) -> Any:  # noqa: ANN401  # what a tampered row holds
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def _head(connection: Connection) -> AuditHead:
    return _found_head(
        connection.execute(select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.digest)).first()
    )


def _found_head(row: Sequence[Any] | None) -> AuditHead:
    if row is None or not isinstance(row[0], int):
        remedy = say("put a copy of the store back in its place")
        raise MismatchError(
            Fault(say("the head of the audit is gone or unreadable"), Where(say("audit")), remedy)
        )
    return AuditHead(row[0], _read(row[1]))


def _refuse_taken(driver: sqlite3.Connection, sequence: int) -> None:
    # Only tampering leads here: the head and its entry are written together.
    if driver.execute(_FIND, (sequence,)).fetchone() is not None:
        what = say("an entry stands behind the head of the audit")
        remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
        raise MismatchError(Fault(what, Where(say("audit"), row=sequence), remedy))
