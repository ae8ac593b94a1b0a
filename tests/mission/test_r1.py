"""R1: data quality. What contradicts itself is mended by name, and what is missing is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.settings import Settings
from salus.data.quality.rule import Done
from salus.service.clean_records import clean_records
from salus.service.context import open_context
from salus.service.load_records import LoadRequest, load_records
from salus.service.open_records import open_records
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path

IMPOSSIBLE = fhir.changed(
    fhir.OBSERVATION, id="o3", code=fhir.coded("8867-4", fhir.LOINC), valueQuantity=None
) | {"valueQuantity": fhir.quantity(7_000, "bpm")}
BACKWARD = fhir.changed(
    fhir.ENCOUNTER, id="e2", period={"start": "2020-01-02", "end": "2020-01-01T00:00:00Z"}
)
NAMELESS = fhir.changed(fhir.PATIENT, id="p9", telecom=None, birthDate=None, gender="male")


def test_what_is_wrong_is_mended_and_what_is_missing_is_told(tmp_path: Path) -> None:
    """A heart rate of 7,000 is emptied, a stay that ends before its begin left out, gaps told."""
    export = fhir.write_bundle(tmp_path / "export", *fhir.EACH, IMPOSSIBLE, BACKWARD, NAMELESS)
    with open_context(Settings(home=tmp_path / "home")) as context:
        loaded = load_records(context, LoadRequest(export, "clinic"))
        cleaned = clean_records(context, open_records(context, "clinic"))
    done = {(each.table, each.rule): each.done for each in cleaned.quality.findings}
    assert done["observation", "impossible_value"] is Done.EMPTIED
    assert done["encounter", "end_before_start"] is Done.LEFT_OUT
    kept = cleaned.records.tables
    assert "e2" not in kept["encounter"]["encounter_id"].to_pylist()
    values = dict(
        zip(
            *kept["observation"].select(["observation_id", "value"]).to_pydict().values(),
            strict=True,
        )
    )
    assert values["o3"] is None
    assert values["o2#1"] == 141
    missing = {(each.table, each.column): each.missing for each in cleaned.quality.missing}
    assert missing["patient", "birth_date"] == 1
    assert missing["patient", "phone"] == 1
    assert loaded.report is not None
    told = {(each.table, each.column): each.missing for each in loaded.report.filled}
    assert told["patient", "birth_date"] == 1
