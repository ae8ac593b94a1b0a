"""Made-up queues of the sample region, and counts of its beds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from salus.data.synthetic.operations import QUEUE
from salus.domain.records.catalogue import TABLES

NOW = datetime(2026, 6, 28, 12, tzinfo=UTC)
ASKS: dict[str, Any] = {
    "queue_id": "Q1",
    "patient_id": "P1",
    "service_id": "ward",
    "severity": 1.0,
    "waiting_since": NOW - timedelta(hours=1),
    "district_id": "AC07",
}


def queue(*requests: dict[str, Any]) -> pa.Table:
    """Lay requests out; what one does not say is as in the usual request, under its own keys."""
    rows = [
        ASKS | {"queue_id": f"Q{number}", "patient_id": f"P{number}"} | request
        for number, request in enumerate(requests, start=1)
    ]
    return pa.Table.from_pylist(rows, schema=QUEUE.schema())


def line(length: int) -> pa.Table:
    """Let so many wait, each a minute longer than the next, of three severities."""
    return queue(
        *(
            {"severity": 1.0 + number % 3, "waiting_since": NOW - timedelta(minutes=number + 1)}
            for number in range(length)
        )
    )


def counts(*rows: dict[str, Any]) -> pa.Table:
    """Lay counts of ward beds at the hospital H01 out, an hour ago unless said otherwise."""
    usual = {
        "facility_id": "H01",
        "ward_id": "W1",
        "resource_id": "ward_bed",
        "observed_at": NOW - timedelta(hours=1),
        "staffed": 100,
        "occupied": 60,
        "source": "made up",
    }
    return pa.Table.from_pylist([usual | row for row in rows], schema=TABLES["bed_state"].schema())
