"""The table of the secrets of an installation, which lie encrypted in it."""

from __future__ import annotations

from sqlalchemy import LargeBinary, Table, Text

from salus.data.store.schema import METADATA, plain

SECRET = Table(
    "secret",
    METADATA,
    plain("name", Text(), key=True),
    plain("sealed", LargeBinary()),
)
"""The secrets, sealed and bound to their names."""
