"""The lines of the audit, as whoever keeps it asks for them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError
from salus.service.context import Context, acting
from salus.service.list_accounts import list_accounts
from salus.service.mask_text import MaskRequest, mask_text
from salus.service.read_audit import AuditQuery, read_audit
from salus.trust.permission import Principal

if TYPE_CHECKING:
    from salus.domain.audit import AuditEntry


@pytest.fixture
def used(in_use: Context) -> Context:
    """Give what is in use after some use of it: six lines by two people."""
    list_accounts(in_use, "all")
    mask_text(in_use, MaskRequest("Mrs. Jane Doe"))
    auditor = acting(in_use, Principal("sue", "security"))
    list_accounts(auditor, "all")
    return in_use


def _numbers(entries: tuple[AuditEntry, ...]) -> list[int]:
    return [entry.sequence for entry in entries]


def test_the_newest_come_first_and_the_page_can_be_turned(used: Context) -> None:
    """The question's own line is among them."""
    assert _numbers(read_audit(used, AuditQuery(3))) == [7, 6, 5]
    assert _numbers(read_audit(used, AuditQuery(3, before=5))) == [4, 3, 2]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        (AuditQuery(principal="sue"), [6, 5]),
        (AuditQuery(permission="mask_text"), [4, 3]),
        (AuditQuery(permission="list_accounts", outcome="done"), [6, 2]),
        (AuditQuery(resource="Text::"), [4, 3]),
        (AuditQuery(resource="%"), []),
    ],
)
def test_lines_are_chosen_by_what_stands_in_them(
    used: Context, query: AuditQuery, numbers: list[int]
) -> None:
    """Each filter narrows further; a sign of the search itself is a sign like any other."""
    assert _numbers(read_audit(used, query)) == numbers


def test_lines_are_chosen_by_their_moment(used: Context) -> None:
    """From a moment on, whatever its time zone."""
    now = used.clock.now()
    assert len(read_audit(used, AuditQuery(since=now - timedelta(hours=1)))) == 7
    assert read_audit(used, AuditQuery(since=now + timedelta(hours=1))) == ()


def test_whoever_only_plans_does_not_read_it(used: Context) -> None:
    """Who asked for what is about people as well."""
    with pytest.raises(ForbiddenError):
        read_audit(acting(used, Principal("bo", "planner")), AuditQuery())


@pytest.mark.parametrize("count", [0, 1001])
def test_a_page_has_a_size(count: int) -> None:
    """Neither nothing nor everything at once."""
    with pytest.raises(ValueError, match="count must be"):
        AuditQuery(count)


def test_the_audit_holds_nothing_of_a_masked_text(used: Context) -> None:
    """It tells that a text was masked, and by whom."""
    lines = read_audit(used, AuditQuery(permission="mask_text"))
    assert {line.resource for line in lines} == {"Text::text"}
    assert "Jane" not in str(lines)
