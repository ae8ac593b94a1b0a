"""Live readings, the detector's checkpoint, alerts and their actions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables."""
    _readings()
    _alerts()
    op.create_table(
        "action",
        sa.Column("alert_id", sa.Text(), nullable=False),
        *_texts("owner", "cause", "due", "began"),
        sa.Column("closed_at", sa.Text()),
        sa.Column("effect", sa.Text()),
        sa.PrimaryKeyConstraint("alert_id", name="pk_action"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_action_alert_id"),
    )


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text(), nullable=False) for name in names)


def _readings() -> None:
    op.create_table(
        "reading",
        sa.Column("position", WHOLE, nullable=False),
        *_texts("source"),
        sa.Column("sequence", WHOLE, nullable=False),
        *_texts("quantity"),
        sa.Column("measured_ms", WHOLE, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        *_texts("unit"),
        sa.Column("place_id", sa.Text()),
        sa.Column("district_id", sa.Text()),
        sa.Column("received_ms", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_reading"),
        sa.UniqueConstraint("source", "sequence", name="uq_reading_source"),
    )
    op.create_table(
        "refused_message",
        sa.Column("id", WHOLE, nullable=False),
        *_texts("at", "channel"),
        sa.Column("source", sa.Text()),
        sa.Column("size", WHOLE, nullable=False),
        *_texts("reason"),
        sa.PrimaryKeyConstraint("id", name="pk_refused_message"),
    )
    op.create_table(
        "checkpoint",
        *_texts("detector"),
        sa.Column("position", WHOLE, nullable=False),
        *_texts("saved_at"),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("detector", name="pk_checkpoint"),
    )


def _alerts() -> None:
    op.create_table(
        "alert",
        *_texts("id", "origin", "quantity", "source"),
        sa.Column("place_id", sa.Text()),
        sa.Column("district_id", sa.Text()),
        *_texts("severity", "reason", "since"),
        sa.Column("ended", sa.Text()),
        *_texts("status"),
        sa.Column("evidence", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
    )
    op.create_index("ix_alert_status", "alert", ["status"])
    op.create_table(
        "alert_event",
        sa.Column("id", WHOLE, nullable=False),
        *_texts("alert_id", "at", "who", "what", "note"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_event"),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name="fk_alert_event_alert_id"),
    )
    op.create_index("ix_alert_event_alert_id", "alert_event", ["alert_id"])
