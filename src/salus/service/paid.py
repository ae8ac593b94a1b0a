"""Each privacy budget is what the audit says of it: granted, and charged for every answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from salus.core.errors import Fault, Where
from salus.core.messages import say
from salus.data.store.budgets import Key
from salus.domain.budget import Budget, Loss
from salus.trust.audit import Outcome
from salus.trust.permission import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
