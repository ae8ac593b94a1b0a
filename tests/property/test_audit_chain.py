"""Whatever is done to an audit, it is found; whatever is honest passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from salus.domain.audit import START, AuditEntry
from salus.trust.audit import AuditEvent, Outcome, chain, verify_chain
from salus.trust.permission import Kind, Permission, Principal, Resource


def _chained(made: list[AuditEvent]) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for event in made:
        entries.append(chain(entries[-1].head if entries else START, event))
    return entries


words = st.text(min_size=1, max_size=9).filter(str.strip)
events = st.builds(
    AuditEvent,
    st.datetimes(timezones=st.just(UTC)),
    st.builds(Principal, words, words),
    st.sampled_from(Permission),
    st.builds(Resource, st.sampled_from(Kind), words),
    st.sampled_from(Outcome),
    st.dictionaries(st.sampled_from(["why", "decision"]), st.none() | st.integers() | words),
)
audits = st.lists(events, min_size=2, max_size=8).map(_chained)
ELSEWHERE = AuditEvent(
    datetime(2000, 1, 1, tzinfo=UTC),
    Principal("nobody", "visitor"),
    Permission.VERIFY_AUDIT,
    Resource(Kind.AUDIT, "audit"),
    Outcome.REFUSED,
    {"why": "forged"},
)


@given(audits)
def test_an_honest_audit_passes(audit: list[AuditEntry]) -> None:
    """The chain of any events is whole, at its end and at every head before."""
    for length in range(1, len(audit) + 1):
        assert verify_chain(audit[:length], audit[length - 1].head) == ()


@given(audits, st.data())
def test_no_entry_can_be_left_out(audit: list[AuditEntry], data: st.DataObject) -> None:
    """A missing entry is found wherever it stood."""
    head = audit[-1].head
    del audit[data.draw(st.integers(0, len(audit) - 1))]
    assert verify_chain(audit, head)


@given(audits, st.data())
def test_no_two_entries_can_change_places(audit: list[AuditEntry], data: st.DataObject) -> None:
    """Another order is found, whichever two were changed."""
    head, places = audit[-1].head, st.integers(0, len(audit) - 1)
    one = data.draw(places)
    other = data.draw(places.filter(lambda place: place != one))
    audit[one], audit[other] = audit[other], audit[one]
    assert verify_chain(audit, head)


@given(audits, st.data())
def test_no_entry_can_be_put_in_the_place_of_another(
    audit: list[AuditEntry], data: st.DataObject
) -> None:
    """A forged entry is found, sealed again or not."""
    head, place = audit[-1].head, data.draw(st.integers(0, len(audit) - 1))
    forged = chain(audit[place - 1].head if place else START, ELSEWHERE)
    if data.draw(st.booleans()):
        forged = replace(forged, digest=audit[place].digest)
    audit[place] = forged
    assert verify_chain(audit, head)
