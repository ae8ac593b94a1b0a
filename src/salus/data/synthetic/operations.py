"""Tables of how the hospitals run, for which there is no standard table yet.

They are Parquet files in the folder ``operations`` of a city. Each is described like a standard
table: its columns with type, meaning and sensitivity.
"""

from __future__ import annotations

import pyarrow as pa

from salus.domain.records.table import StandardTable, identifying, plain, quasi, sensitive

TEXT, WHOLE, NUMBER, DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
MOMENT = pa.timestamp("us", "UTC")

WARD = StandardTable(
    "ward",
    1,
    ("ward_id",),
    (
        plain("ward_id", TEXT, "key of the ward", required=True),
        plain("facility_id", TEXT, "whose", required=True),
        plain("kind", TEXT, "medical, surgical, geriatric or intensive", required=True),
        plain("resource_id", TEXT, "kind of its beds: ward_bed or icu_bed", required=True),
        plain("staffed", WHOLE, "beds that can be used", required=True),
    ),
)
ROOM = StandardTable(
    "room",
    1,
    ("room_id",),
    (
        plain("room_id", TEXT, "key of the room", required=True),
        plain("ward_id", TEXT, "in which ward", required=True),
        plain("beds", WHOLE, "beds in it", required=True),
    ),
)
THEATRE = StandardTable(
    "theatre",
    1,
    ("theatre_id",),
    (
        plain("theatre_id", TEXT, "key of the operating theatre", required=True),
        plain("facility_id", TEXT, "whose", required=True),
        plain("minutes_per_day", WHOLE, "minutes it is open on a weekday", required=True),
    ),
)
SURGEON = StandardTable(
    "surgeon",
    1,
    ("surgeon_id",),
    (
        plain("surgeon_id", TEXT, "key of the surgeon", required=True),
        plain("facility_id", TEXT, "where", required=True),
        plain("minutes_per_day", WHOLE, "longest time of operating in a day", required=True),
    ),
)
NURSE = StandardTable(
    "nurse",
    1,
    ("nurse_id",),
    (
        plain("nurse_id", TEXT, "key of the nurse", required=True),
        plain("ward_id", TEXT, "home ward", required=True),
        plain("skill", WHOLE, "1 trainee to 3 senior", required=True),
    ),
)
ROSTER = StandardTable(
    "roster",
    1,
    ("nurse_id", "day"),
    (
        plain("nurse_id", TEXT, "who", required=True),
        plain("day", DAY, "on which day", required=True),
        plain("shift", TEXT, "early, late or night", required=True),
    ),
)
STOCK = StandardTable(
    "medicine_stock",
    1,
    ("facility_id", "atc", "lot"),
    (
        plain("facility_id", TEXT, "where it lies", required=True),
        plain("atc", TEXT, "which medicine, WHO ATC", required=True),
        plain("lot", TEXT, "key of the lot", required=True),
        plain("doses", WHOLE, "doses in the lot", required=True),
        plain("expires_on", DAY, "last day of use", required=True),
        plain("used_per_day", NUMBER, "doses of this medicine used on a usual day", required=True),
    ),
)
QUEUE = StandardTable(
    "queue",
    1,
    ("queue_id",),
    (
        identifying("queue_id", "key of the request", required=True),
        identifying("patient_id", "who waits", required=True),
        plain("service_id", TEXT, "for which service of the region", required=True),
        sensitive("severity", NUMBER, "weight against 1 for an ordinary case", required=True),
        quasi("waiting_since", MOMENT, "since when, UTC", required=True),
        quasi("district_id", TEXT, "where the patient lives", required=True),
    ),
)
SURGERY_LIST = StandardTable(
    "surgery_list",
    1,
    ("request_id",),
    (
        identifying("request_id", "key of the request", required=True),
        identifying("patient_id", "who waits", required=True),
        plain("facility_id", TEXT, "in which hospital", required=True),
        plain("surgeon_id", TEXT, "who operates", required=True),
        sensitive("operation", TEXT, "which operation", required=True),
        sensitive(
            "minutes", WHOLE, "planned minutes of the theatre, with the change", required=True
        ),
        sensitive("stay", WHOLE, "days in a ward that are expected", required=True),
        quasi("listed_on", DAY, "since when", required=True),
        quasi("ready_on", DAY, "first day on which the patient can come", required=True),
        quasi("due_on", DAY, "last day that the urgency allows", required=True),
    ),
)
OPERATIONS: dict[str, StandardTable] = {
    table.name: table
    for table in (WARD, ROOM, THEATRE, SURGEON, NURSE, ROSTER, STOCK, QUEUE, SURGERY_LIST)
}
"""All of them, by name, which is also that of the file."""
