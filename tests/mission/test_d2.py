"""D2: inconsistent data. Sources that write differently become one in unit, code, date, person."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from salus.core.settings import Settings
from salus.service.clean_records import clean_records
from salus.service.context import open_context
from salus.service.link_records import link_records
from salus.service.load_records import LoadRequest, load_records
from salus.service.open_records import open_records
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path

ELSEWHERE = {"reference": "Patient/other-7"}
OTHER = fhir.changed(
    fhir.PATIENT, id="other-7", name=[{"family": "QUANDT", "given": ["Quilla", "Rosalyn"]}]
)
THERE = (
    OTHER,
    fhir.changed(
        fhir.OBSERVATION,
        id="there",
        subject=ELSEWHERE,
        effectiveDateTime="2020-01-01T12:00:00+02:00",
        valueQuantity=fhir.quantity(0.99, "g/L"),
    ),
    fhir.changed(
        fhir.CONDITION,
        id="there",
        subject=ELSEWHERE,
        code=fhir.coded("I10", "http://hl7.org/fhir/sid/icd-10"),
    ),
)


def test_what_two_hospitals_write_differently_is_one_history(tmp_path: Path) -> None:
    """Glucose in two units, an illness in two code systems, a name in two spellings: one person."""
    export = fhir.write_bundle(tmp_path / "export", *fhir.EACH, name="here.json")
    fhir.write_lines(export, *THERE, name="there.ndjson")
    with open_context(Settings(home=tmp_path / "home")) as context:
        load_records(context, LoadRequest(export, "both"))
        cleaned = clean_records(context, open_records(context, "both"))
        linked = link_records(context, cleaned.records)
    tables = linked.records.tables
    assert tables["patient"]["patient_id"].to_pylist() == ["p1"]
    glucose = [row for row in tables["observation"].to_pylist() if row["code"] == "2345-7"]
    assert [row["value"] for row in glucose] == pytest.approx([99.0858, 99.0])
    assert {row["unit"] for row in glucose} == {"mg/dL"}
    assert {row["observed_at"] for row in glucose} == {datetime(2020, 1, 1, 10, tzinfo=UTC)}
    assert {row["patient_id"] for row in glucose} == {"p1"}
    assert set(tables["condition"]["code"].to_pylist()) == {"I10"}
    assert linked.linkage.joined["patient_id"].to_pylist() == ["other-7"]
