"""The two samples of FHIR, counted with the json module alone and again in the tables."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest
from fhir.resources.R4B import get_fhir_model_class

from salus.data.fhir.files import export_files, items
from salus.data.fhir.reader import read_fhir
from salus.data.fhir.reason import Reason
from salus.data.terminology.codes import code_maps
from tests.fakes.fhir import accounted

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.fhir.reader import FhirTables

pytestmark = pytest.mark.shared
TYPES = {
    "Patient": "patient",
    "Encounter": "encounter",
    "Condition": "condition",
    "MedicationRequest": "medication",
    "Procedure": "procedure",
    "AllergyIntolerance": "allergy",
    "Immunization": "immunisation",
}


@pytest.fixture(scope="module")
def bundles(shared: Path) -> FhirTables:
    """Read the bundles once."""
    return read_fhir(export_files(shared / "fhir" / "synthea_bundles")[0], "test")


@pytest.fixture(scope="module")
def bulk(shared: Path) -> FhirTables:
    """Read the bulk export once."""
    return read_fhir(export_files(shared / "fhir" / "bulk_export")[0], "test")


def in_bundles(shared: Path) -> list[dict[str, Any]]:
    """List the resources of all bundles as json reads them."""
    files = sorted((shared / "fhir" / "synthea_bundles").glob("*.json"))
    return [
        entry["resource"]
        for file in files
        for entry in json.loads(file.read_text("utf-8"))["entry"]
    ]


def in_bulk(shared: Path) -> list[dict[str, Any]]:
    """List the lines of the bulk export as json reads them."""
    files = sorted((shared / "fhir" / "bulk_export").glob("*.ndjson"))
    return [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]


def test_the_bundles_are_counted_twice(shared: Path, bundles: FhirTables) -> None:
    """Each resource of our kinds is a row; each value of an observation is one."""
    resources = in_bundles(shared)
    counts = Counter(each["resourceType"] for each in resources)
    assert bundles.read == counts
    for kind, table in TYPES.items():
        assert bundles.tables[table].num_rows == counts[kind]
    values = sum(
        any(key.startswith("value") for key in part)
        for each in resources
        if each["resourceType"] == "Observation"
        for part in [each, *each.get("component", [])]
    )
    assert bundles.tables["observation"].num_rows == values - bundles.quarantine.num_rows
    assert accounted(bundles)


def test_one_observation_contradicts_its_code(shared: Path, bundles: FhirTables) -> None:
    """A filtration rate for a standard body surface comes in a unit without one, once."""
    odd = [
        each["id"]
        for each in in_bundles(shared)
        if each["resourceType"] == "Observation"
        and each["code"]["coding"][0]["code"] == "33914-3"
        and each["valueQuantity"]["code"] == "mL/min"
    ]
    (fault,) = bundles.quarantine.to_pylist()
    assert fault["reason"] == Reason.UNIT_INCOMPATIBLE
    assert [json.loads(fault["resource"])["id"]] == odd


def test_the_values_are_those_of_the_file(shared: Path, bundles: FhirTables) -> None:
    """Every weight is kept to its last digit, with its moment."""
    expected = sorted(
        (each["id"], each["valueQuantity"]["value"], each["effectiveDateTime"][:19])
        for each in in_bundles(shared)
        if each["resourceType"] == "Observation" and each["code"]["coding"][0]["code"] == "29463-7"
    )
    rows = bundles.tables["observation"].to_pylist()
    found = sorted(
        (row["observation_id"], row["value"], row["observed_at"].isoformat()[:19])
        for row in rows
        if row["code"] == "29463-7"
    )
    assert found == expected


def test_the_bulk_export_is_counted_twice(shared: Path, bulk: FhirTables) -> None:
    """The four lines of its log are no resources: the log is passed over, and all else is read."""
    counts = Counter(each.get("resourceType", "") for each in in_bulk(shared))
    assert counts.pop("") == 4
    assert export_files(shared / "fhir" / "bulk_export")[1] >= 1
    assert bulk.read == counts
    for kind, table in TYPES.items():
        assert bulk.tables[table].num_rows == counts[kind]
    assert bulk.quarantine.num_rows == 0
    assert sum(bulk.other.values()) == sum(
        count for kind, count in counts.items() if kind and kind not in TYPES
    )


def test_a_map_names_the_substance_that_the_source_names(
    bundles: FhirTables, bulk: FhirTables, shared: Path
) -> None:
    """A code that becomes one of ours is of the substance or illness that its words say."""
    del shared
    text: dict[str, str] = {}
    for found in (bundles, bulk):
        for table in ("medication", "condition"):
            pairs = found.tables[table].select(["code", "display"]).to_pydict()
            text |= dict(zip(pairs["code"], pairs["display"], strict=True))
    assert len(text.keys() & code_maps()["medication"].codes.keys()) > 40
    read = tomllib.loads(files("salus.data.terminology").joinpath("codes.toml").read_text("utf-8"))
    wrong = [
        (code, text[code])
        for each in [*read["medicine"], *read["diagnosis"]]
        for code in each.get("rxnorm", each.get("snomed"))
        if code in text and each.get("substance", each.get("illness")) not in text[code].lower()
    ]
    assert wrong == []


def test_what_is_taken_over_is_valid_to_the_peer(shared: Path) -> None:
    """Of two bundles, no resource that becomes a row is refused by fhir.resources (R4B)."""
    for file in export_files(shared / "fhir" / "synthea_bundles")[0][:2]:
        for _, resource, _ in items(file):
            assert isinstance(resource, dict)
            if resource["resourceType"] in {*TYPES, "Observation"}:
                get_fhir_model_class(resource["resourceType"]).model_validate(resource)
