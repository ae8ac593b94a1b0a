"""What the page of trust shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.trust.audit import Outcome
from salus.trust.permission import FEED, ROLES, Permission
from salus.web.moments import moment
from salus.web.roles import role_name

if TYPE_CHECKING:
    from salus.domain.account import Account
    from salus.domain.audit import AuditEntry
    from salus.report.words import Words
    from salus.service.list_budgets import BudgetLine
    from salus.service.read_audit import AuditQuery

MEANINGS: dict[str, Message] = {each: each.meaning for each in Permission}
OUTCOMES: dict[str, tuple[str, Message]] = {
    Outcome.PERMITTED: ("○", say("permitted")),
    Outcome.REFUSED: ("✕", say("refused")),
    Outcome.FAILED: ("⚠", say("failed")),
    Outcome.RECORDED: ("◆", say("recorded")),
    Outcome.DONE: ("●", say("done")),
    Outcome.GRANTED: ("+", say("granted")),
    Outcome.CHARGED: ("−", say("charged")),
    Outcome.ANSWERED: ("=", say("answered")),
    Outcome.CHANGED: ("≠", say("changed")),
}
"""A shape beside each word."""


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit.

    Parameters
    ----------
    sequence : int
        Number of the entry.
    at, who, what, on, mark, outcome : str
        When, who as what, what was asked for and on what, and what came of it.
    """

    sequence: int
    at: str
    who: str
    what: str
    on: str
    mark: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking the chain has found.

    Parameters
    ----------
    look : str
        ``note`` where all is well, else ``fault``.
    sentence : str
        What was found, to be noted elsewhere.
    """

    look: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of a list to choose from.

    Parameters
    ----------
    key, name : str
        What is sent, and what is shown.
    chosen : bool
        Whether it is the one in force.
    """

    key: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class AuditPanel:
    """Lines of the audit.

    Parameters
    ----------
    title : str
        How many they are, of how many.
    lines : tuple of AuditLine
        The newest first.
    outcomes : tuple of Choice
        What may have come of a use case, to look for.
    outcome : str
        What is looked for; empty for all.
    older : int
        Number of the last line shown, where older ones may follow; 0 where none do.
    """

    title: str
    lines: tuple[AuditLine, ...]
    outcomes: tuple[Choice, ...]
    outcome: str
    older: int


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account.

    Parameters
    ----------
    name, role, districts : str
        Who, as what, and where it sees into, in words.
    district_keys : str
        The same districts as they are typed.
    everywhere : bool
        Whether it sees into all.
    disabled : bool
        Whether nobody signs in with it.
    roles : tuple of Choice
        What it may become.
    """

    name: str
    role: str
    districts: str
    district_keys: str
    everywhere: bool
    disabled: bool
    roles: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """A link that was just made.

    Parameters
    ----------
    sentence : str
        Whom to send it to.
    address : str
        The link; it is shown this once.
    """

    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One privacy budget.

    Parameters
    ----------
    sentence : str
        What it is for, and what of it is spent.
    spent_share : float
        From 0 to 1.
    """

    sentence: str
    spent_share: float


@dataclass(frozen=True, slots=True)
class TrustView:
    """What the page shows; a part that is closed to the reader says so instead.

    Parameters
    ----------
    as_of : str
        When this was read.
    audit, audit_closed : AuditPanel or None, str
        The newest lines, or why not.
    budgets, budgets_closed : tuple of BudgetView, str
        What privacy is left, or why it is not shown.
    accounts, accounts_closed : tuple of AccountLine, str
        Who has an account, or why it is not shown.
    may_change : bool
        Whether the reader keeps the accounts.
    roles : tuple of Choice
        What somebody may be invited as.
    verified : Verified or None
        What checking the chain has just found.
    link : OneTimeLink or None
        A link that was just made.
    fault : str
        What could not be done as asked; empty otherwise.
    """

    as_of: str
    audit: AuditPanel | None
    audit_closed: str
    budgets: tuple[BudgetView, ...]
    budgets_closed: str
    accounts: tuple[AccountLine, ...]
    accounts_closed: str
    may_change: bool
    roles: tuple[Choice, ...]
    verified: Verified | None = None
    link: OneTimeLink | None = None
    fault: str = ""


def audit_panel(entries: tuple[AuditEntry, ...], query: AuditQuery, words: Words) -> AuditPanel:
    """Show lines of the audit.

    Parameters
    ----------
    entries : tuple of AuditEntry
        The newest first.
    query : AuditQuery
        What was asked for.
    words : Words
        The reader's language.
    """
    first = entries[0].sequence if entries else 0
    title = words.say("{count:,} entries up to number {first:,}", count=len(entries), first=first)
    full = len(entries) == query.count
    return AuditPanel(
        title,
        tuple(_line(entry, words) for entry in entries),
        tuple(
            Choice(key, words(said), key == query.outcome) for key, (_, said) in OUTCOMES.items()
        ),
        query.outcome,
        entries[-1].sequence if full else 0,
    )


def account_line(account: Account, words: Words) -> AccountLine:
    """Show an account."""
    keys = None if account.districts is None else ", ".join(sorted(account.districts))
    return AccountLine(
        account.name,
        words(role_name(account.role)),
        words.say("everywhere") if keys is None else keys or words.say("nowhere"),
        keys or "",
        keys is None,
        account.disabled,
        role_choices(words, account.role),
    )


def budget_line(line: BudgetLine, words: Words) -> BudgetView:
    """Show a privacy budget."""
    granted = line.budget.granted.epsilon
    return BudgetView(words(line.said), line.budget.spent.epsilon / granted if granted else 1.0)


def role_choices(words: Words, chosen: str = "") -> tuple[Choice, ...]:
    """List the roles of people; that of a feed is not for anybody who signs in here."""
    return tuple(
        Choice(role, words(role_name(role)), role == chosen)
        for role in ROLES
        if role != FEED or role == chosen
    )


def _line(entry: AuditEntry, words: Words) -> AuditLine:
    mark, outcome = OUTCOMES.get(entry.outcome, ("?", say("{name}", name=entry.outcome)))
    asked = MEANINGS.get(entry.permission, say("{name}", name=entry.permission))
    return AuditLine(
        entry.sequence,
        _moment(entry.at, words),
        words.say("{name}, {role}", name=entry.principal, role=role_name(entry.role)),
        words(asked),
        entry.resource,
        mark,
        words(outcome),
    )


def _moment(text: str, words: Words) -> str:
    try:
        return moment(datetime.fromisoformat(text), words)
    except ValueError:  # a line that somebody tampered with can still be read
        return text
