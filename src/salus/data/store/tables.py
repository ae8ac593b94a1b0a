"""Every table of the store: whoever asks for them here gets all of them."""

from __future__ import annotations

from salus.data.store import (
    account_tables,
    budget_tables,
    job_tables,
    live_tables,
    load_tables,
    schema,
    secret_tables,
)

METADATA = schema.METADATA
"""All tables, those that other files than the schema describe included."""

FILES = (
    schema,
    account_tables,
    budget_tables,
    job_tables,
    live_tables,
    load_tables,
    secret_tables,
)
"""Where they are described."""
