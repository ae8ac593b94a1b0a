"""Loads of records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "load",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("name", "digest", "loaded_at")),
        *(
            sa.Column(name, WHOLE, nullable=False)
            for name in ("files", "resources", "rows", "quarantined")
        ),
        sa.PrimaryKeyConstraint("name", name="pk_load"),
    )
