"""Live readings: each stored once, in the order they came, and read on from any position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from salus.core.message_json import write_message
from salus.data.store.live_tables import CHECKPOINT, READING, REFUSED
from salus.domain.reading import milliseconds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray
    from sqlalchemy import Connection, Table
    from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

    from salus.core.messages import Message
    from salus.data.store.engine import Store
    from salus.domain.reading import Reading

KEPT_REFUSALS = 1000
"""Rows of the quarantine; older ones make room."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A message that was not taken.

    Parameters
    ----------
    channel : str
        How it came: ``mqtt`` or ``http``.
    source : str or None
        Who sent it, where its topic can be read.
    size : int
        Bytes of its content.
    reason : Message
        Why, without a value.
    """

    channel: str
    source: str | None
    size: int
    reason: Message


@dataclass(frozen=True, slots=True, eq=False)
class StoredReadings:
    """Readings as arrays of one length, in the order of their positions.

    Parameters
    ----------
    position, sequence, measured_ms, received_ms : ndarray of int
        Place in the store, number of the device, moments in milliseconds since 1970.
    source, quantity, unit, place_id, district_id : ndarray of object
        Texts; ``None`` where a place is not known.
    value : ndarray of float
        In the unit.
    """

    position: NDArray[np.int64]
    source: NDArray[np.object_]
    sequence: NDArray[np.int64]
    quantity: NDArray[np.object_]
    measured_ms: NDArray[np.int64]
    value: NDArray[np.float64]
    unit: NDArray[np.object_]
    place_id: NDArray[np.object_]
    district_id: NDArray[np.object_]
    received_ms: NDArray[np.int64]

    def __len__(self) -> int:
        """Count the readings."""
        return len(self.position)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a detector has read, and what it knew then.

    Parameters
    ----------
    position : int
        Every reading up to it was scored; 0 before the first.
    state : bytes
        What the detector wrote; empty before the first.
    """

    position: int = 0
    state: bytes = b""


class Readings:
    """The live readings of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import UTC, datetime
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> from salus.domain.reading import Reading
    >>> now = datetime(2026, 6, 27, tzinfo=UTC)
    >>> one = Reading("m-1", 7, "8867-4", now, 71.0, "/min")
    >>> readings = Readings(open_store(Path(tempfile.mkdtemp())))
    >>> readings.keep([one, one], [], now), readings.keep([one], [], now), readings.count()
    (1, 0, 1)
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def keep(self, readings: Sequence[Reading], refused: Sequence[Refused], now: datetime) -> int:
        """Store readings in one transaction, each once, and note what was refused.

        Parameters
        ----------
        readings : sequence of Reading
            A reading whose source and sequence are known already is left as it was.
        refused : sequence of Refused
            For the quarantine.
        now : datetime
            When they came.

        Returns
        -------
        int
            How many were new.

        Raises
        ------
        EnvironmentFaultError
            If the store cannot be written; then nothing of it was stored.
        """
        rows = [_row(reading, milliseconds(now)) for reading in readings]
        with self._store.writing() as connection:
            fresh = _insert_new(connection, rows) if rows else 0
            if refused:
                _quarantine(connection, refused, now)
        return fresh

    def after(self, position: int, limit: int) -> StoredReadings:
        """Read on from a position.

        Parameters
        ----------
        position : int
            The last one that is known already.
        limit : int
            At most how many, 1 or more.
        """
        query = select(READING).where(READING.c.position > position)
        with self._store.reading() as connection:
            rows = connection.execute(query.order_by(READING.c.position).limit(limit)).all()
        return _arrays(rows)

    def count(self) -> int:
        """Count the readings."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(READING)) or 0

    def end(self) -> int:
        """Return the newest position; 0 when there is none."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.max(READING.c.position))) or 0

    def refusals(self) -> int:
        """Count the messages in quarantine."""
        with self._store.reading() as connection:
            return connection.scalar(select(func.count()).select_from(REFUSED)) or 0

    def checkpoint(self, detector: str) -> Checkpoint:
        """Read how far a detector came."""
        with self._store.reading() as connection:
            return read_checkpoint(connection, detector)


def read_checkpoint(connection: Connection, detector: str) -> Checkpoint:
    """Read how far a detector came, within a transaction."""
    row = connection.execute(select(CHECKPOINT).where(CHECKPOINT.c.detector == detector)).first()
    return Checkpoint() if row is None else Checkpoint(row.position, row.state)


def save_checkpoint(
    connection: Connection, detector: str, checkpoint: Checkpoint, now: datetime
) -> None:
    """Write how far a detector came, within the transaction that writes its alerts.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction that holds the write lock.
    detector : str
        Which one.
    checkpoint : Checkpoint
        Position and state.
    now : datetime
        When.
    """
    values = {
        "position": checkpoint.position,
        "saved_at": now.isoformat(),
        "state": checkpoint.state,
    }
    statement = _insert(connection, CHECKPOINT).values(detector=detector, **values)
    connection.execute(statement.on_conflict_do_update(index_elements=["detector"], set_=values))


def _insert(connection: Connection, table: Table) -> SqliteInsert | PostgresInsert:
    # Both say ON CONFLICT alike; the plain insert of SQLAlchemy cannot.
    sqlite_ = connection.dialect.name == "sqlite"
    return sqlite.insert(table) if sqlite_ else postgresql.insert(table)


def _insert_new(connection: Connection, rows: list[dict[str, object]]) -> int:
    statement = _insert(connection, READING).on_conflict_do_nothing(
        index_elements=["source", "sequence"]
    )
    return connection.execute(statement, rows).rowcount


def _quarantine(connection: Connection, refused: Sequence[Refused], now: datetime) -> None:
    rows = [
        {
            "at": now.isoformat(),
            "channel": each.channel,
            "source": each.source,
            "size": each.size,
            "reason": write_message(each.reason),
        }
        for each in refused[-KEPT_REFUSALS:]
    ]
    connection.execute(REFUSED.insert(), rows)
    newest = connection.scalar(select(func.max(REFUSED.c.id))) or 0
    connection.execute(delete(REFUSED).where(REFUSED.c.id <= newest - KEPT_REFUSALS))


def _row(reading: Reading, received: int) -> dict[str, object]:
    return {
        "source": reading.source,
        "sequence": reading.sequence,
        "quantity": reading.quantity,
        "measured_ms": reading.milliseconds,
        "value": reading.value,
        "unit": reading.unit,
        "place_id": reading.place_id,
        "district_id": reading.district_id,
        "received_ms": received,
    }


def _arrays(rows: Sequence[Sequence[object]]) -> StoredReadings:
    names = [column.name for column in READING.columns]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    kinds: dict[str, type[Any]] = {"value": np.float64} | dict.fromkeys(
        ("position", "sequence", "measured_ms", "received_ms"), np.int64
    )
    arrays: dict[str, NDArray[Any]] = {
        name: np.array(column, dtype=kinds.get(name, np.object_))
        for name, column in zip(names, columns, strict=True)
    }
    return StoredReadings(**arrays)
