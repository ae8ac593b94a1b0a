"""The table of loads: what was taken in, under which name, and from what."""

from __future__ import annotations

from sqlalchemy import Table, Text

from salus.data.store.schema import METADATA, WHOLE, plain

LOAD = Table(
    "load",
    METADATA,
    plain("name", Text(), key=True),
    plain("digest", Text()),
    plain("loaded_at", Text()),
    plain("files", WHOLE),
    plain("resources", WHOLE),
    plain("rows", WHOLE),
    plain("quarantined", WHOLE),
)
"""A load counts from the moment it stands here; what lies in the lake without it is nothing."""
