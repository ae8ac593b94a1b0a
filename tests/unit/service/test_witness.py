"""What the audit saw of the ledger, held against what the ledger holds now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from salus.core.errors import MismatchError
from salus.data.store.engine import Store, open_store
from salus.data.store.ledger import Ledger
from salus.data.store.ledger_entry import LedgerEntry, Origin
from salus.service.witness import check_record, witness
from salus.trust.permission import OPERATOR, Principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)
ANNA = Principal("anna", OPERATOR)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store."""
    with open_store(tmp_path / "home") as opened:
        yield opened


def test_a_genuine_record_agrees(store: Store) -> None:
    """Decisions that were made once or twice, now or later, are no false alarm."""
    _record(store, 1)
    _record(store, 2)
    _record(store, 1, later=5)
    assert check_record(store).sequence == 3


def test_what_disagrees_is_named_decision_by_decision(store: Store) -> None:
    """A forged moment, a removed and an added decision are three faults."""
    forged, removed = _record(store, 1), _record(store, 2)
    added = _record(store, 3, seen=False)
    _tamper(store, "UPDATE ledger SET made_at = '2020-01-01T00:00:00+00:00' WHERE position = 1")
    _tamper(store, "DELETE FROM ledger WHERE position = 2")
    with pytest.raises(MismatchError) as caught:
        check_record(store)
    assert [str(fault).partition(";")[0] for fault in caught.value.faults] == [
        f"decision {forged.id}: the ledger and the audit tell different moments or contents",
        f"decision {removed.id}: the decision is in the audit, but gone from the ledger",
        f"decision {added.id}: the decision is in the ledger, but the audit never saw it",
    ]


def test_only_the_decisions_of_a_name_are_looked_at(store: Store) -> None:
    """What was done to another decision does not hold up this one."""
    genuine, removed = _record(store, 1), _record(store, 2)
    _tamper(store, "DELETE FROM ledger WHERE position = 2")
    check_record(store, genuine.id)
    with pytest.raises(MismatchError, match="gone from the ledger"):
        check_record(store, removed.id[:6])


def test_making_a_forged_decision_again_does_not_heal_it(store: Store) -> None:
    """The audit still holds the first moment, beside the forged one."""
    _record(store, 1)
    _tamper(store, "UPDATE ledger SET made_at = '2020-01-01T00:00:00+00:00'")
    _record(store, 1, later=5)
    with pytest.raises(MismatchError, match="different moments"):
        check_record(store)


def test_a_broken_audit_bears_no_witness(store: Store) -> None:
    """Whoever rewrites the line as well as the row breaks the chain."""
    _record(store, 1)
    _tamper(store, "UPDATE ledger SET made_at = replace(made_at, '2026', '2020')")
    _tamper(store, "UPDATE audit SET detail = replace(detail, '2026', '2020')")
    with pytest.raises(MismatchError, match="altered"):
        check_record(store)


def _record(store: Store, seed: int, later: int = 0, *, seen: bool = True) -> LedgerEntry:
    now = MOMENT + timedelta(days=later)
    return Ledger(store).record(
        "plan",
        {},
        {},
        seed,
        b"{}",
        as_of=None,
        made_at=now,
        origin=Origin("0.1.0", "", ""),
        witness=witness(ANNA, now) if seen else None,
    )


def _tamper(store: Store, statement: str) -> None:
    with store.writing() as connection:
        connection.execute(text(statement))
