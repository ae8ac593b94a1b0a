"""The audit and the accounts as a page shows them."""

from __future__ import annotations

from salus.domain.account import Account
from salus.domain.audit import AuditEntry
from salus.domain.budget import Budget, Loss
from salus.report.words import Words
from salus.service.list_budgets import BudgetLine
from salus.service.read_audit import AuditQuery
from salus.trust.audit import Outcome
from salus.trust.permission import Permission
from salus.web.pages.trust_view import (
    MEANINGS,
    OUTCOMES,
    account_line,
    audit_panel,
    budget_line,
)

ENTRY = AuditEntry(
    7, "2026-06-27T14:00:00.000000+00:00", "anna", "planner", "plan_city", "Region::coast",
    "refused", "{}", "0" * 64, "1" * 64,
)  # fmt: skip


def test_a_line_says_who_asked_for_what() -> None:
    """In words, with a shape beside what came of it."""
    (line,) = audit_panel((ENTRY,), AuditQuery(), Words("en")).lines
    assert line.at == "27 Jun 2026, 14:00:00 UTC"
    assert line.who == "anna, planner"
    assert line.what == str(Permission.PLAN_CITY.meaning)
    assert (line.mark, line.outcome) == ("✕", "refused")


def test_a_line_that_was_tampered_with_can_be_read() -> None:
    """What is no moment, no permission and no outcome is shown as it stands."""
    odd = AuditEntry(8, "yesterday", "x", "king", "rob", "Bank::1", "gone", "{}", "", "")
    (line,) = audit_panel((odd,), AuditQuery(), Words("en")).lines
    assert (line.at, line.what, line.outcome) == ("yesterday", "rob", "gone")


def test_refusals_are_looked_for_and_older_lines_follow() -> None:
    """A full page names its last line, and the outcome that was asked for stays chosen."""
    panel = audit_panel((ENTRY,), AuditQuery(count=1, outcome="refused"), Words("en"))
    assert [each.key for each in panel.outcomes if each.chosen] == ["refused"]
    assert (panel.outcome, panel.older) == ("refused", 7)
    assert audit_panel((ENTRY,), AuditQuery(), Words("en")).older == 0


def test_every_permission_and_outcome_has_words() -> None:
    """No line is shown by a key that only programs know."""
    assert set(MEANINGS) == {each.value for each in Permission}
    assert set(OUTCOMES) == {each.value for each in Outcome}


def test_districts_are_named_or_everywhere_or_nowhere() -> None:
    """An account without districts sees none, which is not the same as all."""
    words = Words("en")
    seen = [None, frozenset({"b", "a"}), frozenset[str]()]
    lines = [account_line(Account("anna", "planner", each), words) for each in seen]
    assert [line.districts for line in lines] == ["everywhere", "a, b", "nowhere"]
    assert [line.everywhere for line in lines] == [True, False, False]


def test_a_budget_shows_what_is_spent() -> None:
    """As a share and as a sentence."""
    line = BudgetLine("coast", "planning", Budget(Loss.of(2.0), Loss.of(0.5)), 3)
    view = budget_line(line, Words("en"))
    assert view.spent_share == 0.25
    assert "0.5 of 2" in view.sentence
