"""The newest lines of the audit, for those who may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.core.errors import ForbiddenError
from salus.service.context import acting
from salus.service.list_accounts import list_accounts
from salus.service.read_audit import AuditQuery, read_audit
from salus.trust.permission import CLINICIAN, SECURITY, Principal

if TYPE_CHECKING:
    from salus.service.context import Context


def test_the_newest_line_comes_first(in_use: Context) -> None:
    """What was asked for last stands on top, this question itself before all."""
    list_accounts(in_use, "all")
    lines = read_audit(acting(in_use, Principal("sam", SECURITY)), AuditQuery(3))
    assert [line.permission for line in lines] == ["read_audit", "list_accounts", "list_accounts"]
    assert [line.sequence for line in lines] == [3, 2, 1]


def test_a_clinician_does_not_see_it(in_use: Context) -> None:
    """Who asked for which patient is nothing for everybody."""
    with pytest.raises(ForbiddenError):
        read_audit(acting(in_use, Principal("cleo", CLINICIAN)), AuditQuery())


def test_no_question_reads_the_whole() -> None:
    """A query bounds what it asks for."""
    with pytest.raises(ValueError, match="count"):
        AuditQuery(100_000)
