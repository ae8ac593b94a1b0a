"""The audit, the ledger and the runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the tables, and the head of an audit without entries."""
    _audit()
    _ledger()
    op.create_table(
        "run",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text()),
        sa.Column("outcome", sa.Text()),
        sa.Column("out", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )


def _audit() -> None:
    texts = ("at", "principal", "role", "permission", "resource", "outcome", "detail")
    op.create_table(
        "audit",
        sa.Column("sequence", WHOLE, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in (*texts, "previous", "digest")),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit"),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("sequence", WHOLE, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
        sa.CheckConstraint("id = 1", name="one_row"),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "digest": "0" * 64}])


def _ledger() -> None:
    op.create_table(
        "ledger",
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("made_at", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text()),
        sa.Column("code_version", sa.Text(), nullable=False),
        sa.Column("commit", sa.Text(), nullable=False),
        sa.Column("requirements_digest", sa.Text(), nullable=False),
        sa.Column("seed", WHOLE, nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("answer_digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_ledger"),
        sa.UniqueConstraint("id", name="uq_ledger_id"),
    )
    op.create_table(
        "ledger_input",
        sa.Column("position", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", WHOLE, nullable=False),
        sa.PrimaryKeyConstraint("position", "name", name="pk_ledger_input"),
        sa.ForeignKeyConstraint(["position"], ["ledger.position"], name="fk_ledger_input_position"),
    )
