"""A few contacts with care, as standard tables."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from salus.domain.records.catalogue import TABLES
from salus.monitor.indicators.contacts import Records

if TYPE_CHECKING:
    from salus.domain.records.table import StandardTable

FIRST = datetime(2025, 1, 1, tzinfo=UTC)


def at(days: float) -> datetime:
    """Give the moment so many days after the first of January 2025."""
    return FIRST + timedelta(days=days)


def contact(
    key: str, patient: str, start: float, end: float | None, kind: str = "IMP", *, place: str = "H1"
) -> dict[str, Any]:
    """Describe a contact from one day to another."""
    return {
        "encounter_id": key,
        "patient_id": patient,
        "class": kind,
        "started_at": at(start),
        "ended_at": None if end is None else at(end),
        "facility_id": place or None,
        "ward_id": "W" if place else None,
    }


def records(**rows: list[dict[str, Any]]) -> Records:
    """Lay rows out as standard tables; every row gets a source and a key."""
    return Records(**{name: _table(TABLES[name], some) for name, some in rows.items()})


def died(patient: str, day: int | None) -> dict[str, Any]:
    """Describe a patient who died so many days after the first of January 2025."""
    return {
        "patient_id": patient,
        "death_date": None if day is None else date(2025, 1, 1) + timedelta(days=day),
    }


def _table(kind: StandardTable, rows: list[dict[str, Any]]) -> pa.Table:
    key = f"{kind.name}_id"
    filled = [
        {"source": "made up", key: f"{kind.name}{k}", "code": "none"} | row
        for k, row in enumerate(rows)
    ]
    names = {field.name for field in kind.fields}
    kept = [{name: value for name, value in row.items() if name in names} for row in filled]
    return kind.take(pa.Table.from_pylist(kept, kind.schema()))
