"""Audit and ledger in one view, and both written together or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from salus.data.store.engine import Store, open_store
from salus.data.store.ledger import Ledger
from salus.data.store.ledger_entry import LedgerEntry, Origin
from salus.data.store.record import read_record
from salus.domain.audit import START, AuditEntry, AuditHead

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store."""
    with open_store(tmp_path / "home") as opened:
        yield opened


def test_a_decision_and_its_line_are_written_together(store: Store) -> None:
    """The line names what the ledger holds; a repeat is named by the first entry again."""
    first = _record(store, 1)
    assert _record(store, 1) == first
    record = read_record(store)
    assert record.decisions == (first,)
    assert [entry.resource for entry in record.entries] == [first.id, first.id]


def test_without_its_line_no_decision_is_recorded(store: Store) -> None:
    """When the audit cannot be written, the ledger stays as it was."""

    def broken(_decision: LedgerEntry, _head: AuditHead) -> AuditEntry:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        Ledger(store).record(
            "plan",
            {},
            {},
            1,
            b"{}",
            as_of=None,
            made_at=MOMENT,
            origin=Origin("0.1.0", "", ""),
            witness=broken,
        )
    assert (read_record(store).decisions, read_record(store).head) == ((), START)


def test_decisions_are_chosen_by_the_beginning_of_their_id(store: Store) -> None:
    """Signs that mean more to a database than to people choose nothing."""
    entries = [_record(store, seed) for seed in range(3)]
    assert read_record(store, entries[1].id[:8]).decisions == (entries[1],)
    assert read_record(store, "%").decisions == ()


def test_all_altered_decisions_are_named(store: Store) -> None:
    """Two rows that were altered are two faults, and the audit is read all the same."""
    entries = [_record(store, seed) for seed in range(3)]
    with store.writing() as connection:
        connection.execute(text("UPDATE ledger SET kind = 'other' WHERE position > 1"))
    record = read_record(store)
    assert [fault.where.row for fault in record.altered] == [2, 3]
    assert len(record.entries) == len(entries)


def _record(store: Store, seed: int) -> LedgerEntry:
    return Ledger(store).record(
        "plan",
        {},
        {},
        seed,
        b"{}",
        as_of=None,
        made_at=MOMENT,
        origin=Origin("0.1.0", "", ""),
        witness=_line,
    )


def _line(decision: LedgerEntry, head: AuditHead) -> AuditEntry:
    number = head.sequence + 1
    said = (MOMENT.isoformat(), "anna", "operator", "run_day", decision.id, "recorded", "{}")
    return AuditEntry(number, *said, previous=head.digest, digest=f"{number:064x}")
