"""A few registrations, as the patient table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from salus.domain.records.person import PATIENT

if TYPE_CHECKING:
    from collections.abc import Iterable

JANE: dict[str, Any] = {
    "family_name": "Underwood",
    "given_name": "Jane",
    "birth_date": date(1950, 3, 7),
    "sex": "female",
    "phone": "5550100200",
    "identifier": "7001002003",
    "address": "12 Harbour Lane",
    "district_id": "D001",
}


def register(*people: dict[str, Any]) -> pa.Table:
    """Lay registrations out as the patient table, under the keys P0, P1, and so on."""
    rows = [{"patient_id": f"P{k}", "source": "made up"} | each for k, each in enumerate(people)]
    return PATIENT.take(pa.Table.from_pylist(rows, PATIENT.schema()))


def groups(clusters: pa.Table) -> set[frozenset[str]]:
    """Read which registrations were put together."""
    found: dict[str, set[str]] = {}
    for patient, golden in zip(*_columns(clusters), strict=True):
        found.setdefault(golden, set()).add(patient)
    return {frozenset(each) for each in found.values() if len(each) > 1}


def _columns(clusters: pa.Table) -> Iterable[list[str]]:
    return (clusters[name].to_pylist() for name in ("patient_id", "golden_id"))
