"""Standard tables of wards, indicators and devices."""

from __future__ import annotations

import pyarrow as pa

from salus.domain.records.table import StandardTable, identifying, plain, sensitive

TEXT, NUMBER, WHOLE = pa.string(), pa.float64(), pa.int64()
DAY, MOMENT = pa.date32(), pa.timestamp("us", "UTC")

INDICATOR_READING = StandardTable(
    "indicator_reading",
    1,
    ("indicator_id", "place_id", "period_end"),
    (
        plain("indicator_id", TEXT, "which indicator", required=True),
        plain("place_id", TEXT, "region, district, facility or ward it is of", required=True),
        plain("period_end", DAY, "last day of the period", required=True),
        plain("value", NUMBER, "in the unit of the indicator; empty is a gap"),
        plain("numerator", NUMBER, "cases counted"),
        plain("denominator", NUMBER, "cases at risk"),
        plain("source", TEXT, "where the row came from", required=True),
    ),
)

DEVICE_READING = StandardTable(
    "device_reading",
    1,
    ("source", "sequence"),
    (
        plain("source", TEXT, "the device, by its own key", required=True),
        plain(
            "sequence", WHOLE, "number the device gave; with `source` it is unique", required=True
        ),
        identifying("patient_id", "whose, for a bedside device"),
        plain("place_id", TEXT, "where it stands"),
        plain("quantity", TEXT, "what is measured, LOINC where there is one", required=True),
        plain("measured_at", MOMENT, "when, UTC", required=True),
        plain("received_at", MOMENT, "when it reached us, UTC"),
        sensitive("value", NUMBER, "measured value, in `unit`"),
        plain("unit", TEXT, "UCUM unit"),
    ),
)

BED_STATE = StandardTable(
    "bed_state",
    1,
    ("facility_id", "ward_id", "resource_id", "observed_at"),
    (
        plain("facility_id", TEXT, "whose beds", required=True),
        plain("ward_id", TEXT, "which ward"),
        plain("resource_id", TEXT, "which kind of bed", required=True),
        plain("observed_at", MOMENT, "when, UTC", required=True),
        plain("staffed", WHOLE, "beds that can be used"),
        plain("occupied", WHOLE, "beds in use"),
        plain("closed", WHOLE, "beds that exist but cannot be used"),
        plain("source", TEXT, "where the row came from", required=True),
    ),
)
