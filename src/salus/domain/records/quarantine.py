"""The table of what could not be taken over, with the reason; no engine sees it."""

from __future__ import annotations

import pyarrow as pa

from salus.domain.records.table import StandardTable, identifying, plain

TEXT, WHOLE = pa.string(), pa.int64()

QUARANTINE = StandardTable(
    "quarantine",
    1,
    ("file_number", "position"),
    (
        plain(
            "file_number", WHOLE, "which file, in the order of their names, from 1", required=True
        ),
        identifying("file", "its name, which may be that of a patient", required=True),
        plain(
            "position",
            WHOLE,
            "line, or entry of the bundle, from 1; 0 for the whole",
            required=True,
        ),
        plain("resource_type", TEXT, "FHIR R4 resource type, if it is one"),
        plain("reason", TEXT, "key of the reason", required=True),
        plain("element", TEXT, "FHIR path of the element that is at fault"),
        plain("elements", TEXT, "all FHIR paths at fault, where the structure is"),
        identifying("resource", "the original, as it was sent"),
    ),
)
"""Kept beside the standard tables of a load, and none of them: no rule and no engine reads it."""
