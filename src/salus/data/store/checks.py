"""What every store must keep, whatever database it stands on."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import DefectError, Faults, MismatchError, Where
from salus.core.messages import Message, say
from salus.data.store.audit_log import AuditLog
from salus.data.store.ledger import Ledger
from salus.data.store.ledger_entry import Origin
from salus.data.store.runs import Ending, Runs
from salus.domain.audit import START, AuditEntry, AuditHead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from salus.data.store.engine import Store
    from salus.data.store.ledger_entry import LedgerEntry

    Promise = tuple[Message, bool]

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)


def check_store(open_: Callable[[Path], Store]) -> None:
    """Try a store on everything it promises.

    Parameters
    ----------
    open_ : callable
        Opens the store of a home folder, and makes it when it is not there.

    Raises
    ------
    DefectError
        With every promise that is broken.

    Examples
    --------
    >>> from salus.data.store.engine import open_store
    >>> check_store(open_store)
    """
    faults = Faults()
    for check in (_audit, _ledger, _runs):
        with tempfile.TemporaryDirectory() as folder:
            for promise, kept in check(open_, Path(folder) / "home"):
                if not kept:
                    remedy = say("mend the store; this check says what it must keep")
                    faults.add(promise, Where("check_store"), remedy)
    faults.stop(DefectError)


def _audit(open_: Callable[[Path], Store], home: Path) -> Iterator[Promise]:
    with open_(home) as store:
        yield say("a new audit is empty"), AuditLog(store).head() == START
        first = AuditLog(store).append(_entry)
        yield say("the head is the last entry"), AuditLog(store).head() == first.head
        _raise_while_sealing(store)
        yield say("a failed entry leaves nothing"), AuditLog(store).head() == first.head
    with open_(home) as store:
        second = AuditLog(store).append(_entry)
        kept = AuditLog(store).entries() == (first, second)
        yield say("entries stay, in their order, when the store is opened again"), kept


def _ledger(open_: Callable[[Path], Store], home: Path) -> Iterator[Promise]:
    source = home.parent / "districts.csv"
    source.write_bytes(b"district_id\nD1\n")
    with open_(home) as store:
        entry = _record(store, source)
        again = _record(store, source)
        yield say("the same decision is recorded once"), again == entry
    source.write_bytes(b"changed")
    with open_(home) as store:
        ledger = Ledger(store)
        yield (
            say("an entry is found by the beginning of its id"),
            ledger.entry(entry.id[:6]) == entry,
        )
        yield say("the answer comes back as it was"), ledger.answer(entry) == b'{"beds":3}'
        ledger.open_inputs(entry, home.parent / "inputs")
        restored = (home.parent / "inputs" / "districts.csv").read_bytes()
        yield say("inputs come back as they were"), restored == b"district_id\nD1\n"
        kept = home / "objects" / entry.answer_digest[:2] / entry.answer_digest
        kept.write_bytes(b"forged")
        yield say("an altered answer is refused"), _refused(ledger, entry)


def _runs(open_: Callable[[Path], Store], home: Path) -> Iterator[Promise]:
    with open_(home) as store:
        first, second = (Runs(store).start("run", "florida", MOMENT) for _ in range(2))
        Runs(store).finish(first, Ending.DONE, MOMENT, "out")
    with open_(home) as store:
        newest, oldest = Runs(store).latest(5)
        yield say("the newest run comes first"), (newest.id, oldest.id) == (second, first)
        yield say("a run without an end is unfinished"), newest.finished is None
        yield say("a finished run keeps its outcome"), oldest.outcome is Ending.DONE


def _entry(head: AuditHead) -> AuditEntry:
    number = head.sequence + 1
    said = (MOMENT.isoformat(), "anna", "operator", "run_day", "Region::florida", "done", "{}")
    return AuditEntry(number, *said, previous=head.digest, digest=f"{number:064x}")


def _raise_while_sealing(store: Store) -> None:
    def broken(_head: AuditHead) -> AuditEntry:
        raise InterruptedError

    try:
        AuditLog(store).append(broken)
    except InterruptedError:
        return


def _record(store: Store, source: Path) -> LedgerEntry:
    return Ledger(store).record(
        "plan",
        {"districts.csv": source},
        {"horizon": 7},
        1,
        b'{"beds":3}',
        as_of=date(2026, 6, 27),
        made_at=MOMENT,
        origin=Origin("0.1.0", "", ""),
    )


def _refused(ledger: Ledger, entry: LedgerEntry) -> bool:
    try:
        ledger.answer(entry)
    except MismatchError:
        return True
    return False
