"""The ledger's entries as rows: written, read back, and checked against their digest."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select

from salus.core.errors import Fault, MismatchError, Where
from salus.core.messages import say
from salus.data.store.ledger_entry import LedgerEntry, LedgerInput, Origin
from salus.data.store.schema import LEDGER, LEDGER_INPUT

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy import ColumnElement, Connection, RowMapping


def next_position(connection: Connection) -> int:
    """Return the position of the entry that is written next, under the write lock."""
    return int(connection.scalar(select(func.coalesce(func.max(LEDGER.c.position), 0))) or 0) + 1


def write_entry(connection: Connection, entry: LedgerEntry) -> None:
    """Insert an entry with its inputs.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction that holds the write lock.
    entry : LedgerEntry
        At the next position.
    """
    connection.execute(insert(LEDGER).values(_row(entry)))
    for item in entry.inputs:
        values = {"name": item.name, "sha256": item.sha256, "size": item.size}
        connection.execute(insert(LEDGER_INPUT).values(position=entry.position, **values))


def read_entries(
    connection: Connection, *conditions: ColumnElement[bool]
) -> tuple[LedgerEntry, ...]:
    """Read the entries that meet all conditions, by position.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        Any.
    *conditions : SQL expression
        On the columns of the ledger.

    Returns
    -------
    tuple of LedgerEntry

    Raises
    ------
    MismatchError
        Naming every row that is not what was recorded, or whose inputs are not.
    """
    rows = connection.execute(select(LEDGER).where(*conditions).order_by(LEDGER.c.position))
    entries, altered = [], []
    for row in rows.mappings().all():
        entry = _genuine(connection, row)
        if entry is None:
            altered.append(_altered(row))
        else:
            entries.append(entry)
    if altered:
        raise MismatchError(*altered)
    return tuple(entries)


def _row(entry: LedgerEntry) -> dict[str, Any]:
    return {
        "position": entry.position,
        "id": entry.id,
        "digest": entry.digest,
        "kind": entry.kind,
        "made_at": entry.made_at.isoformat(),
        "as_of": entry.as_of.isoformat() if entry.as_of else None,
        "code_version": entry.origin.code_version,
        "commit": entry.origin.commit,
        "requirements_digest": entry.origin.requirements_digest,
        "seed": entry.seed,
        "parameters": entry.parameters,
        "answer_digest": entry.answer_digest,
    }


def _genuine(connection: Connection, row: RowMapping) -> LedgerEntry | None:
    try:
        entry = _entry(row, _inputs(connection, row["position"]))
        same = (entry.digest, entry.id) == (row["digest"], row["id"])
    except (TypeError, ValueError):
        return None
    return entry if same else None


def _altered(row: RowMapping) -> Fault:
    what = say("the entry of the ledger was altered after it was written")
    remedy = say("put a copy of the store back in its place")
    return Fault(what, Where(say("decision {id}", id=str(row["id"])), row["position"]), remedy)


def _inputs(connection: Connection, position: int) -> tuple[LedgerInput, ...]:
    columns = (LEDGER_INPUT.c.name, LEDGER_INPUT.c.sha256, LEDGER_INPUT.c.size)
    chosen = select(*columns).where(LEDGER_INPUT.c.position == position)
    return tuple(sorted(LedgerInput(*row) for row in connection.execute(chosen)))


def _entry(row: RowMapping, inputs: tuple[LedgerInput, ...]) -> LedgerEntry:
    return LedgerEntry(
        position=row["position"],
        made_at=datetime.fromisoformat(row["made_at"]),
        kind=row["kind"],
        as_of=date.fromisoformat(row["as_of"]) if row["as_of"] else None,
        origin=Origin(row["code_version"], row["commit"], row["requirements_digest"]),
        seed=row["seed"],
        parameters=row["parameters"],
        inputs=inputs,
        answer_digest=row["answer_digest"],
    )
