"""A chain of hashes over everything that was asked for, permitted, refused and done.

Each entry carries the digest of the one before, so no entry can be altered, removed, inserted or
moved without breaking the chain from there on, unless every later entry and the head are written
anew. What the chain proves: these entries, in this order, led to this head. What it does not
prove: that an entry tells the truth, that nothing happened beside the audit, or that nobody who
may write the store rewrote all of it. A head that was noted elsewhere shows the last one too, for
the entries up to that head.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import UTC
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from salus.core.canonical import canonical, digest
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import Message, say
from salus.domain.audit import START, AuditEntry, AuditHead
from salus.domain.records.catalogue import patient_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from salus.trust.permission import Permission, Principal, Resource

    Detail: TypeAlias = "Mapping[str, str | int | float | None]"


SEALED = tuple(item.name for item in fields(AuditEntry) if item.name != "digest")
"""What the digest of an entry is over."""


class Outcome(StrEnum):
    """What came of a use case."""

    PERMITTED = "permitted"
    """The policies allow it; written before the work begins."""
    REFUSED = "refused"
    """The policies do not allow it; nothing was done."""
    FAILED = "failed"
    """It was begun and ended in an error."""
    RECORDED = "recorded"
    """A decision of it was put into the ledger; written in the same transaction."""
    DONE = "done"
    """It was begun and finished."""
    GRANTED = "granted"
    """A privacy budget was raised for it; written in the same transaction."""
    CHARGED = "charged"
    """A privacy budget was charged for it; written in the same transaction, before the answer."""
    ANSWERED = "answered"
    """An answer that was paid for was kept; written in the same transaction, with its digest."""
    CHANGED = "changed"
    """An account was made or changed by it; written in the same transaction."""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What happened, before it becomes an entry of the chain.

    Parameters
    ----------
    at : datetime
        When, with its time zone.
    principal : Principal
        Who asked.
    permission : Permission
        For what.
    resource : Resource
        On what.
    outcome : Outcome
        What came of it.
    detail : mapping of str to str, int, float or None
        More about it, flat; never a field that describes a patient.

    Raises
    ------
    ValueError
        If the moment has no time zone.
    DefectError
        If the detail has a field that describes a patient.
    """

    at: datetime
    principal: Principal
    permission: Permission
    resource: Resource
    outcome: Outcome
    detail: Detail

    def __post_init__(self) -> None:
        """Refuse a moment without time zone and the fields of patients."""
        if self.at.tzinfo is None:
            message = f"at must have a time zone, but is {self.at.isoformat()}"
            raise ValueError(message)
        for name in sorted(patient_fields() & self.detail.keys()):
            what = say("a field that describes a patient was sent to the audit")
            remedy = say("write a pseudonym or a count under another name")
            raise DefectError(Fault(what, Where(say("audit detail"), column=name), remedy))


def chain(head: AuditHead, event: AuditEvent) -> AuditEntry:
    """Seal an event as the entry that follows a head.

    Parameters
    ----------
    head : AuditHead
        Where the audit ends now; ``START`` when it is empty.
    event : AuditEvent
        What happened.

    Returns
    -------
    AuditEntry
        The next entry, with the SHA-256 over its canonical JSON.

    Examples
    --------
    >>> from datetime import datetime
    >>> from salus.trust.permission import Kind, Permission, Principal, Resource
    >>> event = AuditEvent(
    ...     datetime(2026, 6, 27, tzinfo=UTC),
    ...     Principal("anna", "operator"),
    ...     Permission.RUN_DAY,
    ...     Resource(Kind.REGION, "florida"),
    ...     Outcome.DONE,
    ...     {"decision": "0f3a"},
    ... )
    >>> first = chain(START, event)
    >>> second = chain(first.head, event)
    >>> second.sequence, second.previous == first.digest
    (2, True)

    References
    ----------
    Haber, S. and Stornetta, W. S. (1991). How to time-stamp a digital document. Journal of
    Cryptology 3, 99-111.
    """
    unsealed = AuditEntry(
        sequence=head.sequence + 1,
        at=event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        principal=event.principal.id,
        role=event.principal.role,
        permission=event.permission.value,
        resource=str(event.resource),
        outcome=event.outcome.value,
        detail=canonical(event.detail).decode(),
        previous=head.digest,
        digest="",
    )
    return replace(unsealed, digest=_seal(unsealed))


def verify_chain(entries: Sequence[AuditEntry], head: AuditHead | None = None) -> tuple[Fault, ...]:
    """Name every place where an audit is not as it was written.

    Parameters
    ----------
    entries : sequence of AuditEntry
        The whole audit, in the order it is kept.
    head : AuditHead, optional
        Where it must end. To check a head that was noted earlier, give only the entries up to
        its sequence.

    Returns
    -------
    tuple of Fault
        Empty when the chain is whole. Otherwise the entries that were altered, removed,
        inserted, moved or replaced, and whether the end was cut off, in this order; ``row`` is
        the number of the entry.

    Examples
    --------
    >>> verify_chain([], START)
    ()
    >>> print(verify_chain([], AuditHead(2, "ab" * 32))[0].what)
    the audit ends at entry 0, but its head says 2: the end was cut off
    """
    ordered = sorted(entries, key=lambda entry: entry.sequence)
    faults = [*_altered(entries), *_removed(ordered), *_inserted(ordered), *_moved(entries)]
    faults += _replaced(ordered)
    if head is not None:
        faults += _wrong_end(ordered, head)
    return tuple(faults)


def _seal(entry: AuditEntry) -> str:
    return digest(canonical({name: getattr(entry, name) for name in SEALED}))


def _altered(entries: Sequence[AuditEntry]) -> Iterator[Fault]:
    for entry in entries:
        if _seal(entry) != entry.digest:
            yield _fault(entry.sequence, say("the entry was altered after it was written"))


def _removed(ordered: Sequence[AuditEntry]) -> Iterator[Fault]:
    for before, after in pairwise([0, *(entry.sequence for entry in ordered)]):
        if after > before + 1:
            what = say(
                "after entry {before} comes entry {after}: what stood between was removed",
                before=before,
                after=after,
            )
            yield _fault(before + 1, what)


def _inserted(ordered: Sequence[AuditEntry]) -> Iterator[Fault]:
    for before, after in pairwise(ordered):
        if after.sequence == before.sequence:
            yield _fault(after.sequence, say("two entries bear this number: one was inserted"))


def _moved(entries: Sequence[AuditEntry]) -> Iterator[Fault]:
    for before, after in pairwise(entries):
        if after.sequence < before.sequence:
            yield _fault(after.sequence, say("the entry was moved out of its order"))


def _replaced(ordered: Sequence[AuditEntry]) -> Iterator[Fault]:
    # A forger can seal a false entry, but the genuine one after it still names its predecessor.
    heads = [START, *(entry.head for entry in ordered)]
    for head, entry in zip(heads, ordered, strict=False):
        if entry.sequence == head.sequence + 1 and entry.previous != head.digest:
            what = say("the entry does not follow the one before it: one of both was replaced")
            yield _fault(entry.sequence, what)


def _wrong_end(ordered: Sequence[AuditEntry], head: AuditHead) -> Iterator[Fault]:
    end = ordered[-1].head if ordered else START
    if end.sequence < head.sequence:
        what = say(
            "the audit ends at entry {end}, but its head says {head}: the end was cut off",
            end=end.sequence,
            head=head.sequence,
        )
        yield _fault(end.sequence + 1, what)
    elif end.sequence > head.sequence:
        yield _fault(head.sequence + 1, say("entries were added behind the head"))
    elif end.digest != head.digest:
        yield _fault(end.sequence, say("the last entry is not the one the head names"))


def _fault(sequence: int, what: Message) -> Fault:
    remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
    return Fault(what, Where(say("audit"), row=sequence), remedy)
