"""Accounts, sessions, invitations, attempts to sign in, and privacy budgets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _accounts()
    _budgets()


def _accounts() -> None:
    op.create_table(
        "account",
        _text("name"),
        _text("role"),
        sa.Column("districts", sa.Text()),
        sa.Column("disabled", WHOLE, nullable=False),
        _text("password"),
        _text("made_at"),
        sa.PrimaryKeyConstraint("name", name="pk_account"),
    )
    op.create_table(
        "session",
        *(_text(name) for name in ("digest", "account", "started_at", "seen_at", "expires_at")),
        sa.PrimaryKeyConstraint("digest", name="pk_session"),
        sa.ForeignKeyConstraint(["account"], ["account.name"], name="fk_session_account"),
    )
    op.create_table(
        "invitation",
        *(_text(name) for name in ("digest", "name", "role")),
        sa.Column("districts", sa.Text()),
        _text("expires_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_invitation"),
    )
    op.create_table(
        "attempt",
        _text("digest"),
        sa.Column("failures", WHOLE, nullable=False),
        _text("last_at"),
        sa.PrimaryKeyConstraint("digest", name="pk_attempt"),
    )


def _budgets() -> None:
    op.create_table(
        "budget",
        *(_text(name) for name in ("dataset", "purpose")),
        sa.Column("granted", WHOLE, nullable=False),
        sa.Column("spent", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("dataset", "purpose", name="pk_budget"),
        sa.CheckConstraint("spent >= 0 AND spent <= granted", name="not_overspent"),
    )
    op.create_table(
        "charge",
        sa.Column("id", WHOLE, nullable=False),
        *(_text(name) for name in ("dataset", "purpose", "at", "account", "question")),
        sa.Column("units", WHOLE, nullable=False),
        sa.Column("answer", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_charge"),
        sa.ForeignKeyConstraint(
            ["dataset", "purpose"], ["budget.dataset", "budget.purpose"], name="fk_charge_dataset"
        ),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
