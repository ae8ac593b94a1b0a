"""Each decision of the ledger and each charge is named in the audit, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.canonical import canonical
from salus.core.errors import Fault, MismatchError, Where
from salus.core.messages import say
from salus.data.store.record import read_record
from salus.service.accounted import unaccounted
from salus.service.paid import unanswered, unpaid
from salus.trust.audit import AuditEvent, Outcome, chain, verify_chain
from salus.trust.permission import Kind, Permission, Resource

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from salus.core.messages import Message
    from salus.data.store.engine import Store
    from salus.data.store.ledger_entry import LedgerEntry
    from salus.domain.audit import AuditEntry, AuditHead
    from salus.trust.permission import Principal


def witness(asker: Principal, now: datetime) -> Callable[[LedgerEntry, AuditHead], AuditEntry]:
    """Name a decision in the audit while it is recorded.

    Parameters
    ----------
    asker : Principal
        For whom it was made.
    now : datetime
        When it is recorded, with a time zone.

    Returns
    -------
    callable
        Seals the entry that follows a head; it holds the digest of the decision and the moment
        it was first made, so that neither can be altered unseen.
    """

    def seal(decision: LedgerEntry, head: AuditHead) -> AuditEntry:
        event = AuditEvent(
            now,
            asker,
            Permission.RUN_DAY,
            Resource(Kind.DECISION, decision.id),
            Outcome.RECORDED,
            _seen(decision),
        )
        return chain(head, event)

    return seal


def check_record(store: Store, name: str = "") -> AuditHead:
    """Check that the audit is whole, and that ledger and audit tell the same of each decision.

    A decision and the line that names it are written in one transaction. So there is no run, not
    even a killed one, that leaves one of them without the other.

    Parameters
    ----------
    store : Store
        An open store.
    name : str
        How the ids of the decisions begin that are looked at; all of them when nothing is given.

    Returns
    -------
    AuditHead
        Where the audit ends.

    Raises
    ------
    MismatchError
        With every line of the audit that is not as it was written, or every decision that was
        altered, removed or added, and every privacy budget, charge, answer or account that is
        not what the audit says.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> check_record(open_store(Path(tempfile.mkdtemp()))).sequence
    0
    """
    record = read_record(store, name)
    faults = (*verify_chain(record.entries, record.head), *record.altered)
    # Only a whole audit can bear witness.
    faults = faults or (
        *_disagreements(record.entries, record.decisions, name),
        *unpaid(record.entries, record.budgets),
        *unanswered(record.entries, record.charges),
        *unaccounted(record.entries, record.accounts),
    )
    if faults:
        raise MismatchError(*faults)
    return record.head


def _disagreements(
    entries: Sequence[AuditEntry], decisions: Sequence[LedgerEntry], name: str
) -> Iterator[Fault]:
    kept = {decision.id: canonical(_seen(decision)).decode() for decision in decisions}
    told = _told(entries, name)
    for key, seen in told.items():
        if key not in kept:
            yield _fault(key, say("the decision is in the audit, but gone from the ledger"))
        elif seen != {kept[key]}:
            what = say("the ledger and the audit tell different moments or contents")
            yield _fault(key, what)
    for key in kept:
        if key not in told:
            yield _fault(key, say("the decision is in the ledger, but the audit never saw it"))


def _told(entries: Sequence[AuditEntry], name: str) -> dict[str, set[str]]:
    # A decision that is made again is named again, each time with its first moment.
    told: dict[str, set[str]] = {}
    for entry in entries:
        key = entry.resource.removeprefix(f"{Kind.DECISION}::")
        if entry.outcome == Outcome.RECORDED and key.startswith(name):
            told.setdefault(key, set()).add(entry.detail)
    return told


def _seen(decision: LedgerEntry) -> dict[str, str]:
    return {"decision": decision.digest, "made_at": decision.made_at.isoformat()}


def _fault(key: str, what: Message) -> Fault:
    remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
    return Fault(what, Where(say("decision {id}", id=key)), remedy)
