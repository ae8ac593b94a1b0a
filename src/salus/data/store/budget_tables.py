"""The tables of privacy budgets: what was granted, and what each answer cost."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Table, Text

from salus.data.store.schema import METADATA, WHOLE, plain

BUDGET = Table(
    "budget",
    METADATA,
    plain("dataset", Text(), key=True),
    plain("purpose", Text(), key=True),
    plain("granted", WHOLE),
    plain("spent", WHOLE),
    CheckConstraint("spent >= 0 AND spent <= granted", name="not_overspent"),
)
"""The budgets, in units of :class:`salus.domain.budget.Loss`; the database itself refuses more."""

CHARGE = Table(
    "charge",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("dataset", Text()),
    plain("purpose", Text()),
    plain("at", Text()),
    plain("account", Text()),
    plain("question", Text()),
    plain("units", WHOLE),
    plain("answer", Text(), optional=True),
    ForeignKeyConstraint(["dataset", "purpose"], ["budget.dataset", "budget.purpose"]),
)
"""What was charged, before the answer was known; the answer, with its noise, follows."""
