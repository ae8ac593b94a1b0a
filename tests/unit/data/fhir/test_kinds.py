"""Each kind of resource becomes rows of its table, or is set aside, or left out by a rule."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from salus.data.fhir.reason import Omission, Reason
from salus.domain.records.catalogue import TABLES
from tests.fakes import fhir

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.fhir.reader import FhirTables

T = datetime(2020, 1, 1, tzinfo=UTC)


def read(folder: Path, *resources: Any) -> FhirTables:
    """Read a bundle that also holds the patient."""
    return fhir.loaded(fhir.write_bundle(folder, fhir.PATIENT, *resources))


def row(found: FhirTables, table: str) -> dict[str, Any]:
    """Take the only row of a table."""
    (only,) = found.tables[table].to_pylist()
    return dict(only)


def test_each_table_has_its_standard_schema(tmp_path: Path) -> None:
    """What comes out is what the engines take, whole and with its sensitivity."""
    found = read(tmp_path, *fhir.EACH[1:])
    assert found.quarantine.num_rows == 0
    for name, table in found.tables.items():
        assert table.schema.equals(TABLES[name].schema(), check_metadata=True), name
        assert table.num_rows > 0
    assert fhir.accounted(found)


def test_a_patient(tmp_path: Path) -> None:
    """The official name, the record number, the telephone; nobody knows whether she is real."""
    assert row(read(tmp_path), "patient") == {
        "patient_id": "p1",
        "identifier": "MRN-4711",
        "family_name": "Quandt",
        "given_name": "Quilla Rosalind",
        "phone": "555-0199",
        "address": "12 Quince Lane",
        "birth_date": date(1950, 3, 7),
        "sex": "female",
        "district_id": "Lyon",
        "death_date": None,
        "synthetic": None,
        "source": "test",
    }


def test_a_patient_who_was_made_up_is_known_as_such(tmp_path: Path) -> None:
    """Synthea says so in an identifier, a test system in a label."""
    made = [{"system": "https://github.com/synthetichealth/synthea", "value": "x"}]
    label = {"security": [{"code": "HTEST"}]}
    changes: list[dict[str, Any]] = [{"identifier": made}, {"meta": label}]
    for number, change in enumerate(changes):
        other = fhir.changed(fhir.PATIENT, **change)
        folder = fhir.write_bundle(tmp_path / str(number), other)
        assert row(fhir.loaded(folder), "patient")["synthetic"] is True


def test_an_encounter(tmp_path: Path) -> None:
    """An end of a day includes the day; references of every form are keys."""
    found = row(read(tmp_path, fhir.ENCOUNTER), "encounter")
    assert found["started_at"] == datetime(2020, 1, 1, 15, tzinfo=UTC)
    assert found["ended_at"] == datetime(2020, 1, 3, 23, 59, 59, 999999, tzinfo=UTC)
    assert (found["facility_id"], found["ward_id"], found["class"]) == ("org-9", "ward-2", "IMP")
    assert (found["reason_code"], found["reason_system"]) == ("59621000", fhir.SNOMED)


def test_a_condition(tmp_path: Path) -> None:
    """Among several codes that of ICD-10 stands, as our plans speak it."""
    found = row(read(tmp_path, fhir.ENCOUNTER, fhir.CONDITION), "condition")
    assert (found["code"], found["display"]) == ("I10", "high blood pressure")
    assert (found["encounter_id"], found["status"]) == ("e1", "active")
    assert found["onset_at"] == datetime(2019, 1, 1, tzinfo=UTC)


def test_an_observation_in_our_unit(tmp_path: Path) -> None:
    """Glucose in millimoles becomes milligrams, and the conversion is counted."""
    found = read(tmp_path, fhir.OBSERVATION)
    kept = row(found, "observation")
    assert kept["value"] == pytest.approx(99.0858)
    assert (kept["unit"], kept["category"]) == ("mg/dL", "laboratory")
    (converted,) = found.converted
    assert (converted.code, converted.unit, converted.to) == ("2345-7", "mmol/L", "mg/dL")
    assert converted.count == 1


def test_an_annotation_of_a_unit_is_not_told(tmp_path: Path) -> None:
    """Whatever a person wrote into a unit is left out, and the values are counted together."""
    units = ("mmol/L", "mmol/L{JaneSmith}", "mmol/L{Roe}")
    sent = [
        fhir.changed(fhir.OBSERVATION, id=f"u{n}", valueQuantity=fhir.quantity(5.5, unit))
        for n, unit in enumerate(units)
    ]
    fhir.write_lines(tmp_path, fhir.PATIENT, *sent)
    (converted,) = fhir.loaded(tmp_path).converted
    assert (converted.unit, converted.count) == ("mmol/L", 3)


def test_components_are_rows(tmp_path: Path) -> None:
    """A blood pressure is two measurements."""
    rows = read(tmp_path, fhir.PRESSURE).tables["observation"].to_pylist()
    assert [
        (each["observation_id"], each["code"], each["value"], each["unit"]) for each in rows
    ] == [
        ("o2#1", "8480-6", 141, "mm[Hg]"),
        ("o2#2", "8462-4", 88, "mm[Hg]"),
    ]


@pytest.mark.parametrize(
    ("value", "number", "words", "unit"),
    [
        ({"valueInteger": 3}, 3.0, None, "1"),
        ({"valueBoolean": True}, None, "true", None),
        ({"valueString": "clear"}, None, "clear", None),
        (
            {"valueCodeableConcept": fhir.coded("1", display="Never smoker")},
            None,
            "Never smoker",
            None,
        ),
        ({"valueQuantity": {"value": 5, "comparator": "<", "code": "mg/L"}}, None, "<5 mg/L", None),
        ({"valueQuantity": {"value": 2.5, "unit": "{T-score}"}}, 2.5, None, "{T-score}"),
        ({"valueQuantity": {"value": 7.35, "code": "[pH]"}}, 7.35, None, "[pH]"),
        ({"valueQuantity": {"value": 7.35}}, 7.35, None, None),
    ],
)
def test_every_kind_of_value(
    tmp_path: Path, value: Any, number: float | None, words: str | None, unit: str | None
) -> None:
    """A number is a number; a bound, a code or a text is kept in words."""
    code = fhir.coded("no-usual-unit", "x")
    other = fhir.changed(fhir.OBSERVATION, **{"code": code, "valueQuantity": None} | value)
    kept = row(read(tmp_path, other), "observation")
    assert (kept["value"], kept["value_text"], kept["unit"]) == (number, words, unit)


def test_a_medicine(tmp_path: Path) -> None:
    """Dose, doses a day, and no end while it is taken."""
    found = row(read(tmp_path, fhir.MEDICATION), "medication")
    assert (found["code"], found["dose"], found["dose_unit"]) == ("314076", 10.0, "mg")
    assert (found["per_day"], found["ended_at"], found["status"]) == (2.0, None, "active")


@pytest.mark.parametrize(
    ("changes", "end"),
    [
        ({"status": "stopped"}, datetime(2020, 1, 2, 23, 59, 59, 999999, tzinfo=UTC)),
        (
            {
                "status": "completed",
                "dispenseRequest": {
                    "expectedSupplyDuration": {"value": 10, "code": "d"},
                    "numberOfRepeatsAllowed": 1,
                },
            },
            datetime(2020, 1, 22, tzinfo=UTC),
        ),
        (
            {"dosageInstruction": [{"timing": {"repeat": {"boundsPeriod": {"end": "2020-03"}}}}]},
            datetime(2020, 3, 31, 23, 59, 59, 999999, tzinfo=UTC),
        ),
    ],
)
def test_a_course_ends_when_that_is_certain(tmp_path: Path, changes: Any, end: datetime) -> None:
    """A course that is over is never held to be taken today."""
    found = row(read(tmp_path, fhir.changed(fhir.MEDICATION, **changes)), "medication")
    assert found["ended_at"] == end


def test_a_medicine_by_reference(tmp_path: Path) -> None:
    """It is found in the resource itself, or anywhere in the export, also further on."""
    concept = fhir.coded("860975", fhir.RXNORM, "metformin")
    inside = fhir.changed(
        fhir.MEDICATION,
        medicationCodeableConcept=None,
        medicationReference={"reference": "#in"},
        contained=[{"resourceType": "Medication", "id": "in", "code": concept}],
    )
    outside = fhir.changed(
        inside, id="m2", contained=None, medicationReference={"reference": "urn:uuid:med"}
    )
    nowhere = fhir.changed(outside, id="m3", medicationReference={"reference": "Medication/none"})
    medicine = {"resourceType": "Medication", "id": "med", "code": concept}
    found = read(tmp_path, inside, outside, nowhere, medicine)
    assert found.tables["medication"]["code"].to_pylist() == ["860975", "860975"]
    assert found.tables["medication"]["display"].to_pylist() == ["metformin", "metformin"]
    (fault,) = found.quarantine.to_pylist()
    assert fault["reason"] == Reason.UNKNOWN_MEDICATION
    assert '"m3"' in fault["resource"]
    assert found.other == {"Medication": 1}
    assert fhir.accounted(found)


def test_a_statement_of_a_medicine(tmp_path: Path) -> None:
    """What a patient says to take stands beside what was ordered."""
    said = {
        "resourceType": "MedicationStatement",
        "id": "s1",
        "status": "active",
        "medicationCodeableConcept": fhir.coded("1191", fhir.RXNORM, "aspirin"),
        "subject": fhir.SUBJECT,
        "context": {"reference": "Encounter/e1"},
        "effectivePeriod": {"start": "2018", "end": "2019"},
    }
    found = row(read(tmp_path, said), "medication")
    assert found["started_at"] == datetime(2018, 1, 1, tzinfo=UTC)
    assert found["ended_at"] == datetime(2019, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    assert found["encounter_id"] == "e1"


def test_a_procedure(tmp_path: Path) -> None:
    """It begins and ends."""
    found = row(read(tmp_path, fhir.PROCEDURE), "procedure")
    assert (found["code"], found["status"]) == ("73761001", "completed")
    assert found["ended_at"] > found["started_at"]


def test_an_allergy(tmp_path: Path) -> None:
    """It is known from the first moment of the month that is said."""
    found = row(read(tmp_path, fhir.ALLERGY), "allergy")
    assert (found["code"], found["criticality"]) == ("91936005", "high")
    assert (found["reaction"], found["recorded_at"]) == ("Rash", datetime(2001, 5, 1, tzinfo=UTC))


def test_an_immunisation(tmp_path: Path) -> None:
    """It is given at a moment in UTC."""
    found = row(read(tmp_path, fhir.IMMUNISATION), "immunisation")
    assert found["given_at"] == datetime(2019, 10, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resource", "changes", "why"),
    [
        (fhir.OBSERVATION, {"status": "entered-in-error"}, Omission.ENTERED_IN_ERROR),
        (fhir.OBSERVATION, {"valueQuantity": None}, Omission.WITHOUT_VALUE),
        (
            fhir.CONDITION,
            {"verificationStatus": fhir.coded("entered-in-error", "x")},
            Omission.ENTERED_IN_ERROR,
        ),
        (fhir.ALLERGY, {"verificationStatus": fhir.coded("refuted", "x")}, Omission.REFUTED),
        (fhir.IMMUNISATION, {"status": "not-done"}, Omission.NOT_DONE),
        (fhir.PROCEDURE, {"status": "not-done"}, Omission.NOT_DONE),
        (fhir.MEDICATION, {"intent": "proposal"}, Omission.ONLY_PLANNED),
        (fhir.MEDICATION, {"status": "draft"}, Omission.ONLY_PLANNED),
        (fhir.ENCOUNTER, {"status": "planned"}, Omission.ONLY_PLANNED),
        (fhir.PATIENT, {}, Omission.REPEATED),
    ],
)
def test_what_a_rule_leaves_out_is_counted(
    tmp_path: Path, resource: Any, changes: Any, why: Omission
) -> None:
    """An error that was owned up to, or a refuted allergy, is no fault and no row."""
    found = read(tmp_path, fhir.changed(resource, **changes))
    assert dict(found.omitted) == {(resource["resourceType"], why): 1}
    assert found.quarantine.num_rows == 0
    assert fhir.accounted(found)


@pytest.mark.parametrize(
    ("resource", "changes", "reason", "element"),
    [
        (fhir.PATIENT, {"id": None}, Reason.MISSING, "Patient.id"),
        (fhir.PATIENT, {"gender": "Quandt", "id": "p2"}, Reason.WRONG_CODE, "Patient.gender"),
        (
            fhir.PATIENT,
            {"birthDate": "7.3.1950", "id": "p2"},
            Reason.BAD_MOMENT,
            "Patient.birthDate",
        ),
        (fhir.PATIENT, {"name": "Quandt", "id": "p2"}, Reason.WRONG_TYPE, "Patient.name"),
        (fhir.PATIENT, {"birthDate": "1951-01-01"}, Reason.OTHER_CONTENT, "Patient.id"),
        (fhir.ENCOUNTER, {"period": None}, Reason.MISSING, "Encounter.period.start"),
        (fhir.ENCOUNTER, {"status": None}, Reason.MISSING, "Encounter.status"),
        (
            fhir.ENCOUNTER,
            {"subject": {"display": "Q"}},
            Reason.MISSING,
            "Encounter.subject.reference",
        ),
        (fhir.CONDITION, {"code": {"text": "x"}}, Reason.MISSING, "Condition.code.coding.code"),
        (
            fhir.CONDITION,
            {"subject": {"reference": "Patient/none"}},
            Reason.UNKNOWN_PATIENT,
            "Condition.subject",
        ),
        (
            fhir.OBSERVATION,
            {"valueQuantity": fhir.quantity(5, "kg")},
            Reason.UNIT_INCOMPATIBLE,
            "Observation.valueQuantity.code",
        ),
        (
            fhir.OBSERVATION,
            {"valueQuantity": fhir.quantity(5, "Quandts")},
            Reason.UNIT_UNKNOWN,
            "Observation.valueQuantity.code",
        ),
        (
            fhir.OBSERVATION,
            {"valueQuantity": {"value": 5}},
            Reason.UNIT_MISSING,
            "Observation.valueQuantity.code",
        ),
        (
            fhir.OBSERVATION,
            {"valueQuantity": {"value": "5", "code": "mg/dL"}},
            Reason.WRONG_TYPE,
            "Observation.value",
        ),
        (
            fhir.OBSERVATION,
            {"valueQuantity": None, "valueRange": {}},
            Reason.OTHER_VALUE,
            "Observation.value",
        ),
        (fhir.MEDICATION, {"authoredOn": 2020}, Reason.WRONG_TYPE, "MedicationRequest.authoredOn"),
        (
            fhir.MEDICATION,
            {"medicationCodeableConcept": None},
            Reason.MISSING,
            "MedicationRequest.medication",
        ),
        (fhir.ALLERGY, {"criticality": "x"}, Reason.WRONG_CODE, "AllergyIntolerance.criticality"),
        (
            fhir.IMMUNISATION,
            {"occurrenceDateTime": None},
            Reason.MISSING,
            "Immunization.occurrenceDateTime",
        ),
    ],
)
def test_what_is_faulty_is_set_aside(
    tmp_path: Path, resource: Any, changes: Any, reason: Reason, element: str
) -> None:
    """The quarantine names place, type, reason and element, and keeps the original."""
    found = read(tmp_path, fhir.changed(resource, **changes))
    (fault,) = found.quarantine.to_pylist()
    assert (fault["reason"], fault["element"]) == (reason, element)
    assert (fault["file_number"], fault["position"]) == (1, 2)
    assert fault["resource_type"] == resource["resourceType"]
    assert fault["resource"].startswith("{")
    assert fhir.accounted(found)


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ([], Reason.NOT_AN_OBJECT),
        (7, Reason.NOT_AN_OBJECT),
        (None, Reason.NOT_AN_OBJECT),
        ({}, Reason.NO_TYPE),
        ({"resourceType": "Quandt"}, Reason.NO_TYPE),
        ({"resourceType": ["Patient"]}, Reason.NO_TYPE),
    ],
)
def test_what_is_no_resource_is_set_aside(tmp_path: Path, odd: Any, reason: Reason) -> None:
    """What calls itself by a name that is no type of FHIR is not called by it."""
    found = read(tmp_path, odd)
    (fault,) = found.quarantine.to_pylist()
    assert (fault["reason"], fault["resource_type"]) == (reason, None)
    assert fhir.accounted(found)


def test_what_is_none_of_our_tables_is_counted(tmp_path: Path) -> None:
    """Nothing is dropped silently."""
    found = read(tmp_path, {"resourceType": "Claim"}, {"resourceType": "Claim"})
    assert found.other == {"Claim": 2}
    assert fhir.accounted(found)


def test_addresses_that_differ_from_ids_are_followed(tmp_path: Path) -> None:
    """In a transaction the patient is known by its address in the bundle."""
    person = fhir.changed(fhir.PATIENT, id=None)
    illness = fhir.changed(fhir.CONDITION, subject={"reference": "urn:uuid:77"})
    made = fhir.bundle(person, illness)
    made["entry"][0]["fullUrl"] = "urn:uuid:77"
    folder = fhir.write_lines(tmp_path, made, name="b.json")
    found = fhir.loaded(folder)
    assert found.tables["condition"]["patient_id"].to_pylist() == ["77"]
    named = fhir.bundle(fhir.PATIENT, illness)
    named["entry"][0]["fullUrl"] = "urn:uuid:77"
    found = fhir.loaded(fhir.write_lines(tmp_path, named, name="b.json"))
    assert found.tables["condition"]["patient_id"].to_pylist() == ["p1"]
