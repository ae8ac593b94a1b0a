"""The chain of the audit, and everything that can be done to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from salus.core.errors import DefectError
from salus.domain.audit import START, AuditEntry, AuditHead
from salus.trust.audit import AuditEvent, Outcome, chain, verify_chain
from salus.trust.permission import OPERATOR, Kind, Permission, Principal, Resource

MOMENT = datetime(2026, 6, 27, 8, 30, tzinfo=UTC)
EVENT = AuditEvent(
    MOMENT,
    Principal("anna", OPERATOR),
    Permission.RUN_DAY,
    Resource(Kind.REGION, "florida"),
    Outcome.DONE,
    {"decision": "0f3a", "beds": 3},
)


@pytest.fixture
def audit() -> list[AuditEntry]:
    """Give a genuine audit of six entries."""
    return _audit(6)


def test_a_genuine_audit_has_no_fault(audit: list[AuditEntry]) -> None:
    """What was written by the chain passes, with and without its head."""
    assert verify_chain(audit) == ()
    assert verify_chain(audit, audit[-1].head) == ()


def test_an_audit_may_be_checked_up_to_a_head_that_was_noted_earlier(
    audit: list[AuditEntry],
) -> None:
    """An old report's head still proves the entries before it."""
    assert verify_chain(audit[:3], audit[2].head) == ()


def test_the_first_digest_is_frozen() -> None:
    """The written form of an entry never changes, or old audits would break."""
    entry = chain(START, EVENT)
    assert entry.detail == '{"beds":3,"decision":"0f3a"}'
    assert entry.at == "2026-06-27T08:30:00.000000+00:00"
    assert entry.digest == "783e1896a4e83372153a0082221e5c0636d74974014c49530b462e5280a8311e"


def test_the_moment_is_written_in_utc() -> None:
    """Two clocks in two zones write the same moment the same way."""
    shanghai = MOMENT.astimezone(timezone(timedelta(hours=8)))
    assert chain(START, replace(EVENT, at=shanghai)) == chain(START, EVENT)


@pytest.mark.parametrize(
    "field", ["at", "principal", "role", "permission", "resource", "outcome", "detail"]
)
def test_an_altered_field_is_named(audit: list[AuditEntry], field: str) -> None:
    """Whatever is changed in an entry, that entry is named, and no other."""
    forged: dict[str, Any] = {field: "other"}
    audit[2] = replace(audit[2], **forged)
    assert _found(audit) == [(3, "the entry was altered after it was written")]


def test_an_altered_digest_is_named(audit: list[AuditEntry]) -> None:
    """A forged digest breaks its own entry and the link to the next."""
    audit[2] = replace(audit[2], digest="0" * 64)
    assert [row for row, _ in _found(audit)] == [3, 4]


def test_an_entry_that_was_forged_and_sealed_again_is_named(audit: list[AuditEntry]) -> None:
    """The entry after a forged one still names the genuine one."""
    audit[2] = chain(audit[1].head, replace(EVENT, outcome=Outcome.REFUSED))
    assert _found(audit) == [
        (4, "the entry does not follow the one before it: one of both was replaced")
    ]


def test_a_last_entry_that_was_forged_and_sealed_again_is_named_by_the_head(
    audit: list[AuditEntry],
) -> None:
    """No entry follows the last one, but the head does."""
    head = audit[-1].head
    audit[-1] = chain(audit[-2].head, replace(EVENT, outcome=Outcome.REFUSED))
    assert verify_chain(audit) == ()
    assert _found(audit, head) == [(6, "the last entry is not the one the head names")]


def test_removed_entries_are_named(audit: list[AuditEntry]) -> None:
    """A gap is named by what stands around it; a missing beginning is a gap too."""
    del audit[4], audit[0]
    assert _found(audit) == [
        (1, "after entry 0 comes entry 2: what stood between was removed"),
        (5, "after entry 4 comes entry 6: what stood between was removed"),
    ]


def test_an_inserted_entry_is_named(audit: list[AuditEntry]) -> None:
    """A second entry with the same number is one too many."""
    audit.insert(3, chain(audit[1].head, replace(EVENT, outcome=Outcome.REFUSED)))
    assert (3, "two entries bear this number: one was inserted") in _found(audit)


def test_a_moved_entry_is_named(audit: list[AuditEntry]) -> None:
    """Entries that changed places are named, and not called removed."""
    audit[1], audit[2] = audit[2], audit[1]
    assert _found(audit) == [(2, "the entry was moved out of its order")]


@pytest.mark.parametrize("left", [0, 5])
def test_a_truncated_audit_is_named(audit: list[AuditEntry], left: int) -> None:
    """The head tells how far the audit reached."""
    head = audit[-1].head
    what = f"the audit ends at entry {left}, but its head says 6: the end was cut off"
    assert _found(audit[:left], head) == [(left + 1, what)]


def test_entries_behind_the_head_are_named(audit: list[AuditEntry]) -> None:
    """Somebody who can write the table but not the head cannot add entries."""
    assert _found(audit, audit[3].head) == [(5, "entries were added behind the head")]


def test_a_moment_without_time_zone_is_refused() -> None:
    """A moment that could mean any of 24 proves nothing."""
    with pytest.raises(ValueError, match="at must have a time zone"):
        replace(EVENT, at=MOMENT.replace(tzinfo=None))


def test_a_field_of_a_patient_is_refused_without_its_value() -> None:
    """The audit never holds what the log may not hold either."""
    with pytest.raises(DefectError, match="column given_name") as caught:
        replace(EVENT, detail={"given_name": "Ada"})
    assert "Ada" not in str(caught.value)


def _audit(count: int) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for second in range(count):
        head = entries[-1].head if entries else START
        entries.append(chain(head, replace(EVENT, at=MOMENT + timedelta(seconds=second))))
    return entries


def _found(
    entries: list[AuditEntry], head: AuditHead | None = None
) -> list[tuple[int | None, str]]:
    return [(fault.where.row, str(fault.what)) for fault in verify_chain(entries, head)]
