"""The table of which registrations are of one person."""

from __future__ import annotations

from salus.domain.records.table import StandardTable, identifying

REGISTRATION = StandardTable(
    "registration",
    1,
    ("patient_id",),
    (
        identifying("patient_id", "key within the source", required=True),
        identifying(
            "golden_id", "key of the person: that of the first registration", required=True
        ),
    ),
)
"""Kept beside the standard tables of a load; leaving it out undoes every join."""
