"""The audit, written down: each entry and the new head in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from salus.core.errors import Fault, MismatchError, Where
from salus.core.messages import say
from salus.data.store.schema import AUDIT, AUDIT_HEAD
from salus.domain.audit import AuditEntry, AuditHead

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from salus.data.store.engine import Store


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
        with self._store.writing() as connection:
            return append_entry(connection, seal)

    def entries(self) -> tuple[AuditEntry, ...]:
        """Read all entries in order.

        Raises
        ------
        MismatchError
            If the head is missing.
        """
        with self._store.reading() as connection:
            return read_audit(connection)[0]

    def newest(self, count: int) -> tuple[AuditEntry, ...]:
        """Read the last entries, the newest first.

        Parameters
        ----------
        count : int
            How many at most.
        """
        with self._store.reading() as connection:
            rows = connection.execute(select(AUDIT).order_by(AUDIT.c.sequence.desc()).limit(count))
            return tuple(AuditEntry(*map(_read, row)) for row in rows)

    def head(self) -> AuditHead:
        """Read where the audit must end.

        Raises
        ------
        MismatchError
            If it is missing.
        """
        with self._store.reading() as connection:
            return _head(connection)


def append_entry(connection: Connection, seal: Callable[[AuditHead], AuditEntry]) -> AuditEntry:
    """Write the next entry within a transaction, together with whatever else it writes.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction that holds the write lock.
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
    entry = seal(_head(connection))
    _refuse_taken(connection, entry.sequence)
    connection.execute(insert(AUDIT).values(asdict(entry)))
    connection.execute(update(AUDIT_HEAD).values(asdict(entry.head)))
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
    row = connection.execute(select(AUDIT_HEAD.c.sequence, AUDIT_HEAD.c.digest)).first()
    if row is None or not isinstance(row.sequence, int):
        remedy = say("put a copy of the store back in its place")
        raise MismatchError(
            Fault(say("the head of the audit is gone or unreadable"), Where(say("audit")), remedy)
        )
    return AuditHead(row.sequence, _read(row.digest))


def _refuse_taken(connection: Connection, sequence: int) -> None:
    # Only tampering leads here: the head and its entry are written together.
    if connection.scalar(select(AUDIT.c.sequence).where(AUDIT.c.sequence == sequence)) is not None:
        what = say("an entry stands behind the head of the audit")
        remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
        raise MismatchError(Fault(what, Where(say("audit"), row=sequence), remedy))
