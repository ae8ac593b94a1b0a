"""Each privacy budget is what the audit says of it: granted, and charged for every answer."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from salus.core.canonical import digest
from salus.core.errors import Fault, Where
from salus.core.messages import say
from salus.data.store.budgets import Key
from salus.domain.budget import Budget, Loss
from salus.trust.audit import Outcome
from salus.trust.permission import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from salus.data.store.budgets import Paid
    from salus.domain.audit import AuditEntry


def unpaid(entries: Sequence[AuditEntry], budgets: Mapping[Key, Budget]) -> Iterator[Fault]:
    """Name every budget that is not what the audit says.

    Parameters
    ----------
    entries : sequence of AuditEntry
        The whole audit, found to be as it was written.
    budgets : mapping of Key to Budget
        All budgets at the same moment.

    Yields
    ------
    Fault
        A budget that was raised, or charges that were taken back, beside Salus.
    """
    told = _told(entries)
    for key in sorted({*told, *budgets}, key=lambda each: (each.dataset, each.purpose)):
        budget = budgets.get(key, Budget(Loss()))
        if (budget.granted.units, budget.spent.units) != told.get(key, (0, 0)):
            where = Where(say("budget of {data} for {use}", data=key.dataset, use=key.purpose))
            what = say("the budget is not what was granted and charged by the audit")
            remedy = say(
                "compare with a copy kept elsewhere, and find out who could write the store"
            )
            yield Fault(what, where, remedy)


def unanswered(entries: Sequence[AuditEntry], charges: Sequence[Paid]) -> Iterator[Fault]:
    """Name every question whose charges or answers are not what the audit says.

    Parameters
    ----------
    entries : sequence of AuditEntry
        The whole audit, found to be as it was written.
    charges : sequence of Paid
        All charges at the same moment.

    Yields
    ------
    Fault
        A question whose charge was altered, removed or added, or whose answer was, beside Salus.
    """
    told, kept = _told_of_questions(entries), _kept_of_questions(charges)
    for question in sorted({each[1] for each in (told - kept) + (kept - told)}):
        where = Where(say("question {digest}", digest=question[:12]))
        what = say("charges or answers of the question are not what the audit says")
        remedy = say("compare with a copy kept elsewhere, and find out who could write the store")
        yield Fault(what, where, remedy)


def answer_digest(answer: str) -> str:
    """Name an answer in the audit by the digest of its text."""
    return digest(answer.encode())


def _told_of_questions(entries: Sequence[AuditEntry]) -> Counter[tuple[str, ...]]:
    told: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        if entry.outcome == Outcome.CHARGED:
            detail = json.loads(entry.detail)
            data = entry.resource.partition("::")[2].rpartition("/")[0]
            units = str(Loss.of(detail["epsilon"]).units)
            asked = (detail["question"], entry.principal, data, detail["purpose"], units)
            told["charge", *asked] += 1
        elif entry.outcome == Outcome.ANSWERED:
            detail = json.loads(entry.detail)
            told["answer", detail["question"], detail["answer"]] += 1
    return told


def _kept_of_questions(charges: Sequence[Paid]) -> Counter[tuple[str, ...]]:
    kept: Counter[tuple[str, ...]] = Counter()
    for each in charges:
        asked = (each.question, each.account, each.key.dataset, each.key.purpose, each.units)
        kept["charge", *map(str, asked)] += 1
        if each.answer is not None:
            kept["answer", str(each.question), answer_digest(each.answer)] += 1
    return kept


def _told(entries: Sequence[AuditEntry]) -> dict[Key, tuple[int, int]]:
    told: dict[Key, tuple[int, int]] = {}
    for entry in entries:
        if entry.outcome in {Outcome.GRANTED, Outcome.CHARGED}:
            detail, (kind, _, name) = json.loads(entry.detail), entry.resource.partition("::")
            dataset, _, last = name.rpartition("/")
            key = Key(dataset, last if kind == Kind.BUDGET else detail["purpose"])
            units, (granted, spent) = Loss.of(detail["epsilon"]).units, told.get(key, (0, 0))
            granted += units * (entry.outcome == Outcome.GRANTED)
            told[key] = granted, spent + units * (entry.outcome == Outcome.CHARGED)
    return told
