"""The audit in the database: whole after everything that honest processes do."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from salus.core.errors import MismatchError
from salus.data.store import audit_log
from salus.data.store.audit_log import AuditLog
from salus.data.store.engine import Store, open_store
from salus.domain.audit import START, AuditEntry, AuditHead
from salus.trust.audit import AuditEvent, Outcome, chain, verify_chain
from salus.trust.permission import OPERATOR, Kind, Permission, Principal, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Connection

EVENT = AuditEvent(
    datetime(2026, 6, 27, 8, 30, tzinfo=UTC),
    Principal("anna", OPERATOR),
    Permission.RUN_DAY,
    Resource(Kind.REGION, "florida"),
    Outcome.DONE,
    {},
)
APPEND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from salus.data.store.audit_log import AuditLog
from salus.data.store.engine import open_store
from salus.trust.audit import AuditEvent, Outcome, chain
from salus.trust.permission import Kind, Permission, Principal, Resource
event = AuditEvent(datetime(2026, 6, 27, tzinfo=UTC), Principal(sys.argv[2], "operator"),
    Permission.RUN_DAY, Resource(Kind.REGION, "florida"), Outcome.DONE, {})
with open_store(Path(sys.argv[1])) as store:
    for _ in range(200):
        AuditLog(store).append(lambda head: chain(head, event))
"""
COPY_THE_LAST = (
    "INSERT INTO audit SELECT 6, at, principal, role, permission, resource, outcome,"
    " detail, digest, previous FROM audit WHERE sequence = 5"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give an open store with an audit of five entries."""
    with open_store(tmp_path) as opened:
        for _ in range(5):
            AuditLog(opened).append(_next)
        yield opened


def test_a_new_audit_starts_at_the_start(tmp_path: Path) -> None:
    """Before the first entry there is a head already."""
    with open_store(tmp_path) as opened:
        assert AuditLog(opened).head() == START


def test_entries_come_back_as_they_were_written(store: Store) -> None:
    """The chain over what is read is whole."""
    log = AuditLog(store)
    last = log.append(_next)
    entries, head = _whole(store)
    assert (entries[-1], head) == (last, log.head())
    assert verify_chain(entries, head) == ()


def test_the_audit_is_read_as_it_is_at_one_moment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry that is written while another process verifies is no false alarm."""
    read = audit_log._head

    def interrupted(connection: Connection) -> AuditHead:
        monkeypatch.setattr(audit_log, "_head", read)
        AuditLog(store).append(_next)
        return read(connection)

    monkeypatch.setattr(audit_log, "_head", interrupted)
    assert verify_chain(*_whole(store)) == ()


def test_two_processes_write_one_chain(tmp_path: Path) -> None:
    """200 entries from each of two processes make one chain of 400."""
    writers = [
        subprocess.Popen([sys.executable, "-c", APPEND, str(tmp_path), name])
        for name in ("anna", "bo")
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    with open_store(tmp_path) as opened:
        entries, head = _whole(opened)
    assert verify_chain(entries, head) == ()
    assert sorted(entry.principal for entry in entries) == ["anna"] * 200 + ["bo"] * 200


def test_an_entry_that_cannot_be_made_leaves_nothing(store: Store) -> None:
    """Neither the entry nor the head moves."""

    def fail(_head: AuditHead) -> AuditEntry:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        AuditLog(store).append(fail)
    assert AuditLog(store).head().sequence == len(AuditLog(store).entries()) == 5


@pytest.mark.parametrize(
    ("tampering", "row", "what"),
    [
        ("UPDATE audit SET outcome = 'refused' WHERE sequence = 2", 2, "altered"),
        ("UPDATE audit SET detail = '[]' WHERE sequence = 5", 5, "altered"),
        ("DELETE FROM audit WHERE sequence = 3", 3, "removed"),
        ("DELETE FROM audit WHERE sequence > 3", 4, "the end was cut off"),
        ("DELETE FROM audit", 1, "the end was cut off"),
        ("UPDATE audit SET sequence = 9 WHERE sequence = 5", 9, "altered"),
        ("UPDATE audit_head SET sequence = 4", 5, "added behind the head"),
        (COPY_THE_LAST, 6, "altered"),
    ],
)
def test_what_is_done_to_the_rows_is_named(
    store: Store, tampering: str, row: int, what: str
) -> None:
    """Whoever writes into the database beside Salus is found out."""
    _tamper(store, tampering)
    first = verify_chain(*_whole(store))[0]
    assert (first.where.row, what in str(first.what)) == (row, True)


def test_writing_on_does_not_heal_a_cut(store: Store) -> None:
    """The next entry follows the head, not what is left, so the gap stays to be seen."""
    _tamper(store, "DELETE FROM audit WHERE sequence > 3")
    AuditLog(store).append(_next)
    faults = verify_chain(*_whole(store))
    assert [str(fault.what) for fault in faults] == [
        "after entry 3 comes entry 6: what stood between was removed"
    ]


def test_a_head_that_is_gone_stops_the_audit(store: Store) -> None:
    """Nothing is written to an audit that nobody could check."""
    _tamper(store, "DELETE FROM audit_head")
    with pytest.raises(MismatchError, match="the head of the audit is gone"):
        AuditLog(store).append(_next)


def test_an_entry_behind_the_head_stops_the_audit(store: Store) -> None:
    """A head that was set back is found out by the next entry."""
    _tamper(store, "UPDATE audit_head SET sequence = 4")
    with pytest.raises(MismatchError, match="an entry stands behind the head"):
        AuditLog(store).append(_next)


def _next(head: AuditHead) -> AuditEntry:
    return chain(head, EVENT)


def _whole(store: Store) -> tuple[tuple[AuditEntry, ...], AuditHead]:
    with store.reading() as connection:
        return audit_log.read_audit(connection)


def _tamper(store: Store, statement: str) -> None:
    with store.writing() as connection:
        connection.execute(text(statement))
