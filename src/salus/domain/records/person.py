"""Standard tables of people and of their contacts with care."""

from __future__ import annotations

import pyarrow as pa

from salus.domain.records.table import StandardTable, identifying, plain, quasi, sensitive

TEXT, DAY, MOMENT, FLAG = pa.string(), pa.date32(), pa.timestamp("us", "UTC"), pa.bool_()

PATIENT = StandardTable(
    "patient",
    1,
    ("patient_id",),
    (
        identifying("patient_id", "key within the source; a keyed pseudonym inside", required=True),
        identifying("identifier", "medical record or insurance number"),
        identifying("family_name", "family name"),
        identifying("given_name", "given names"),
        identifying("phone", "telephone number"),
        identifying("address", "street and house"),
        quasi("birth_date", DAY, "date of birth"),
        quasi("sex", TEXT, "administrative sex, FHIR R4 administrative-gender"),
        quasi("district_id", TEXT, "district of residence"),
        quasi("death_date", DAY, "date of death"),
        plain("synthetic", FLAG, "whether the person was made up"),
        plain("source", TEXT, "where the row came from", required=True),
    ),
)

ENCOUNTER = StandardTable(
    "encounter",
    1,
    ("encounter_id",),
    (
        identifying("encounter_id", "key within the source", required=True),
        identifying("patient_id", "whose", required=True),
        plain("facility_id", TEXT, "where"),
        plain("ward_id", TEXT, "which ward"),
        plain("class", TEXT, "HL7 v3 ActCode: IMP, EMER, AMB, …"),
        quasi("started_at", MOMENT, "begin, UTC", required=True),
        quasi("ended_at", MOMENT, "end, UTC; empty while it lasts"),
        sensitive("reason_code", TEXT, "why, as code"),
        sensitive("reason_system", TEXT, "code system of the reason"),
        plain("source", TEXT, "where the row came from", required=True),
    ),
)
