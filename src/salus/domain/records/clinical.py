"""Standard tables of what was found, and of what was done."""

from __future__ import annotations

import pyarrow as pa

from salus.domain.records.table import Field, StandardTable, identifying, plain, quasi, sensitive

TEXT, NUMBER, MOMENT = pa.string(), pa.float64(), pa.timestamp("us", "UTC")


def _table(name: str, *fields: Field) -> StandardTable:
    # Every clinical row has a key, a person, perhaps a contact, a code, and an origin.
    head = (
        identifying(f"{name}_id", "key within the source", required=True),
        identifying("patient_id", "whose", required=True),
        identifying("encounter_id", "during which contact"),
        sensitive("code", TEXT, "what, as code", required=True),
        sensitive("system", TEXT, "code system"),
        sensitive("display", TEXT, "what, in words"),
    )
    tail = (plain("source", TEXT, "where the row came from", required=True),)
    return StandardTable(name, 1, (f"{name}_id",), (*head, *fields, *tail))


CONDITION = _table(
    "condition",
    quasi("onset_at", MOMENT, "when it began, UTC"),
    quasi("abated_at", MOMENT, "when it ended, UTC"),
    quasi("recorded_at", MOMENT, "when it was known, UTC"),
    sensitive("status", TEXT, "FHIR R4 condition-clinical"),
)

OBSERVATION = _table(
    "observation",
    quasi("observed_at", MOMENT, "when, UTC", required=True),
    sensitive("value", NUMBER, "measured value, in `unit`"),
    sensitive("value_text", TEXT, "value that is not a number"),
    plain("unit", TEXT, "UCUM unit"),
    plain("category", TEXT, "laboratory, vital-signs, …"),
)

MEDICATION = _table(
    "medication",
    quasi("started_at", MOMENT, "first dose or order, UTC"),
    quasi("ended_at", MOMENT, "last dose, UTC; empty while it lasts"),
    sensitive("dose", NUMBER, "amount of one dose, in `dose_unit`"),
    plain("dose_unit", TEXT, "UCUM unit"),
    sensitive("per_day", NUMBER, "doses a day"),
    sensitive("status", TEXT, "FHIR R4 medicationrequest-status"),
)

PROCEDURE = _table(
    "procedure",
    quasi("started_at", MOMENT, "begin, UTC"),
    quasi("ended_at", MOMENT, "end, UTC"),
    sensitive("status", TEXT, "FHIR R4 event-status"),
)

ALLERGY = _table(
    "allergy",
    quasi("recorded_at", MOMENT, "when it was known, UTC"),
    sensitive("criticality", TEXT, "FHIR R4 allergy-intolerance-criticality"),
    sensitive("reaction", TEXT, "what happened, in words"),
)

IMMUNISATION = _table(
    "immunisation",
    quasi("given_at", MOMENT, "when, UTC", required=True),
    sensitive("status", TEXT, "FHIR R4 immunization-status"),
)
