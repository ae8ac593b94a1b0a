"""Accounts, sessions, invitations, and attempts to sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
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


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)
