"""The table of jobs."""

from __future__ import annotations

from sqlalchemy import Float, Table, Text

from salus.data.store.schema import METADATA, WHOLE, plain

JOB = Table(
    "job",
    METADATA,
    plain("id", WHOLE, key=True),
    plain("state", Text()),
    plain("order", Text()),
    plain("account", Text()),
    plain("role", Text()),
    plain("districts", Text(), optional=True),
    plain("doing", Text(), optional=True),
    plain("done", Float()),
    plain("asked_at", Text()),
    plain("started_at", Text(), optional=True),
    plain("finished_at", Text(), optional=True),
    plain("decision", Text(), optional=True),
    plain("faults", Text()),
)
"""Every day that was asked for, as :class:`salus.domain.job.Job` names its fields."""
