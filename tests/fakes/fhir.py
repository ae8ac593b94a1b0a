"""A small FHIR export with one resource of each kind, and ways to write and read it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import orjson

from salus.data.fhir.files import export_files
from salus.data.fhir.reader import read_fhir

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.fhir.reader import FhirTables

    Resource = dict[str, Any]

SUBJECT = {"reference": "Patient/p1"}
LOINC, SNOMED = "http://loinc.org", "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"


def coded(code: str, system: str = SNOMED, display: str = "words") -> Resource:
    """Make a CodeableConcept."""
    return {"coding": [{"system": system, "code": code, "display": display}], "text": display}


def quantity(value: float, unit: str) -> Resource:
    """Make a Quantity."""
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}


PATIENT: Resource = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [
        {"system": "urn:a", "value": "first"},
        {"type": {"coding": [{"code": "MR"}]}, "value": "MRN-4711"},
    ],
    "name": [
        {"use": "maiden", "family": "Zweig", "given": ["Quilla"]},
        {"use": "official", "family": "Quandt", "given": ["Quilla", "Rosalind"]},
    ],
    "telecom": [{"system": "email", "value": "q@x.test"}, {"system": "phone", "value": "555-0199"}],
    "gender": "female",
    "birthDate": "1950-03-07",
    "address": [{"line": ["12 Quince Lane"], "city": "Emporia", "district": "Lyon"}],
}
ENCOUNTER: Resource = {
    "resourceType": "Encounter",
    "id": "e1",
    "status": "finished",
    "class": {"code": "IMP"},
    "subject": SUBJECT,
    "period": {"start": "2020-01-01T10:00:00-05:00", "end": "2020-01-03"},
    "reasonCode": [coded("59621000")],
    "serviceProvider": {"reference": "Organization?identifier=urn:x|org-9"},
    "location": [{"location": {"reference": "Location/ward-2"}}],
}
CONDITION: Resource = {
    "resourceType": "Condition",
    "id": "c1",
    "clinicalStatus": coded("active", "x"),
    "verificationStatus": coded("confirmed", "x"),
    "code": {
        "coding": [
            {"system": SNOMED, "code": "59621000", "display": "Essential hypertension"},
            {"system": "http://hl7.org/fhir/sid/icd-10", "code": "I10"},
        ],
        "text": "high blood pressure",
    },
    "subject": SUBJECT,
    "encounter": {"reference": "Encounter/e1"},
    "onsetDateTime": "2019",
    "recordedDate": "2020-01-01T10:05:00Z",
}
OBSERVATION: Resource = {
    "resourceType": "Observation",
    "id": "o1",
    "status": "final",
    "category": [coded("laboratory", "x")],
    "code": coded("2345-7", LOINC, "Glucose"),
    "subject": SUBJECT,
    "effectiveDateTime": "2020-01-01T10:00:00Z",
    "valueQuantity": quantity(5.5, "mmol/L"),
}
PRESSURE: Resource = {
    "resourceType": "Observation",
    "id": "o2",
    "status": "final",
    "code": coded("85354-9", LOINC, "Blood pressure"),
    "subject": SUBJECT,
    "effectiveDateTime": "2020-01-01",
    "component": [
        {"code": coded("8480-6", LOINC, "Systolic"), "valueQuantity": quantity(141, "mmHg")},
        {"code": coded("8462-4", LOINC, "Diastolic"), "valueQuantity": quantity(88, "mm[Hg]")},
    ],
}
MEDICATION: Resource = {
    "resourceType": "MedicationRequest",
    "id": "m1",
    "status": "active",
    "intent": "order",
    "medicationCodeableConcept": coded("314076", RXNORM, "lisinopril 10 MG Oral Tablet"),
    "subject": SUBJECT,
    "authoredOn": "2020-01-02T00:00:00Z",
    "dosageInstruction": [
        {
            "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
            "doseAndRate": [{"doseQuantity": {"value": 10, "unit": "mg"}}],
        }
    ],
}
PROCEDURE: Resource = {
    "resourceType": "Procedure",
    "id": "x1",
    "status": "completed",
    "code": coded("73761001", display="Colonoscopy"),
    "subject": SUBJECT,
    "performedPeriod": {"start": "2020-01-02T00:00:00Z", "end": "2020-01-02T01:00:00Z"},
}
ALLERGY: Resource = {
    "resourceType": "AllergyIntolerance",
    "id": "a1",
    "criticality": "high",
    "code": coded("91936005", display="Allergy to penicillin"),
    "patient": SUBJECT,
    "recordedDate": "2001-05",
    "reaction": [{"manifestation": [coded("271807003", display="Rash")]}],
}
IMMUNISATION: Resource = {
    "resourceType": "Immunization",
    "id": "i1",
    "status": "completed",
    "vaccineCode": coded("140", "http://hl7.org/fhir/sid/cvx", "Influenza"),
    "patient": SUBJECT,
    "occurrenceDateTime": "2019-10-01T09:00:00+02:00",
}
EACH = (
    PATIENT,
    ENCOUNTER,
    CONDITION,
    OBSERVATION,
    PRESSURE,
    MEDICATION,
    PROCEDURE,
    ALLERGY,
    IMMUNISATION,
)
PRIVATE = ("Quandt", "Quilla", "Rosalind", "Zweig", "4711", "0199", "Quince", "1950-03-07", "p1")
"""What of the patient may be read nowhere but in a table."""


def changed(resource: Resource, **changes: Any) -> Resource:
    """Copy a resource with other elements; one that is ``None`` is taken away."""
    copied = copy.deepcopy(resource) | changes
    return {key: value for key, value in copied.items() if value is not None}


def bundle(*resources: Any) -> Resource:
    """Make a bundle of resources."""
    entries = [{"resource": each} for each in resources]
    for entry in entries:
        if isinstance(entry["resource"], dict) and "id" in entry["resource"]:
            entry["fullUrl"] = f"urn:uuid:{entry['resource']['id']}"
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}


def write_bundle(folder: Path, *resources: Any, name: str = "bundle.json") -> Path:
    """Write a bundle into a folder and return the folder."""
    folder.mkdir(exist_ok=True, parents=True)
    (folder / name).write_bytes(orjson.dumps(bundle(*resources)))
    return folder


def write_lines(folder: Path, *lines: Any, name: str = "Export.ndjson") -> Path:
    """Write lines into a folder and return the folder; bytes are written as they are."""
    folder.mkdir(exist_ok=True, parents=True)
    found = [each if isinstance(each, bytes) else orjson.dumps(each) for each in lines]
    (folder / name).write_bytes(b"\n".join(found))
    return folder


def loaded(folder: Path) -> FhirTables:
    """Read an export."""
    return read_fhir(export_files(folder)[0], "test")


def accounted(found: FhirTables) -> bool:
    """Tell whether each resource that was read is in a table, a count or the quarantine, once."""
    keys = (
        "patient",
        "encounter",
        "condition",
        "medication",
        "procedure",
        "allergy",
        "immunisation",
    )
    kept = sum(found.tables[name].num_rows for name in keys)
    observations = found.tables["observation"]["observation_id"].to_pylist()
    kept += len({each.partition("#")[0] for each in observations})
    others = sum(found.other.values()) + sum(found.omitted.values()) + found.quarantine.num_rows
    return bool(sum(found.read.values()) == kept + others)
