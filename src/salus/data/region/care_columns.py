"""The columns of the files of staff, transfers and rights."""

from __future__ import annotations

from salus.core.messages import say
from salus.core.sheets.column import Column, Kind, Table
from salus.core.sheets.kinds import amount, anything, date, hours, key, text
from salus.data.region.shared_columns import DISTRICT, FACILITY, SERVICE

STAFF = Table(
    "staff.csv",
    say("one staff group at one facility: its people, and how long they may work"),
    ("facility_id", "staff_id"),
    (
        FACILITY,
        key("staff_id", say("key of the staff group; a resource like any other"), "人员编号"),
        text("name", say("name of the group for people"), "名称", needed=False),
        amount("people", say("people who may work"), "persons", "人数", filled=True),
        amount("staffed", say("what is worked on each day"), "hours or shifts", filled=True),
        key("unit", say("what staffed and services.csv count: hours or shifts")),
        hours("shift_hours", say("length of a shift"), 0.5, 24, needed=True),
        hours("week_hours", say("most that a person works in seven days"), 1, 168),
        hours("rest_hours", say("least rest of a person in each day"), 0, 23),
        Column(
            "days_off",
            Kind.NUMBER,
            say("least days of a person without work in any seven"),
            "days",
            needed=False,
            low=0,
            high=6,
            whole=True,
        ),
    ),
)
RATIOS = Table(
    "ratios.csv",
    say("how many patients in a kind of bed one of a staff group may care for at once"),
    ("staff_id", "bed_id"),
    (
        key("staff_id", say("key of the staff group"), "人员编号", refers="staff.csv"),
        key("bed_id", say("resource that each patient lies in"), refers="services.csv"),
        Column(
            "patients",
            Kind.NUMBER,
            say("patients at once"),
            "patients",
            filled=True,
            low=0.01,
            high=1000,
        ),
    ),
)
INPATIENTS = Table(
    "inpatients.csv",
    say("patients who are in a facility now and could be moved, alike in all columns"),
    ("group_id",),
    (
        key("group_id", say("key of the group")),
        FACILITY,
        SERVICE,
        amount("patients", say("how many they are"), "persons", "人数", filled=True),
        amount(
            "days_left", say("days that each stays from the first of the plan"), "days", filled=True
        ),
        amount(
            "fit_in_days",
            say("days until they are fit to travel: 0 at once; empty: not in this plan"),
            "days",
            needed=False,
        ),
    ),
)
TRANSFERS = Table(
    "transfers.csv",
    say("a way to move the patients of a group"),
    ("group_id", "to_facility_id"),
    (
        key("group_id", say("key of the group"), refers="inpatients.csv"),
        key("to_facility_id", say("key of the receiver"), refers="facilities.csv"),
        Column(
            "to_service_id",
            Kind.TEXT,
            say("service that cares for them there, such as step-down; empty: the same"),
            needed=False,
            refers="services.csv",
        ),
        amount("minutes", say("minutes on the way, one way"), "minutes", filled=True),
        amount(
            "price_minutes",
            say("minutes of travel that a move weighs as much as, beside those on the way"),
            "minutes",
            needed=False,
        ),
        Column(
            "vehicle_facility_id",
            Kind.TEXT,
            say("facility whose vehicles drive; empty: where the patients are"),
            needed=False,
            refers="facilities.csv",
        ),
        amount(
            "vehicle_hours",
            say("hours that a vehicle is out for a patient; empty: there and back"),
            "hours",
            needed=False,
        ),
        text("escort", say("who goes along; empty: nobody"), "护送人员", needed=False),
        amount(
            "escort_hours",
            say("hours that the escort is away for a patient; empty: there and back"),
            "hours",
            needed=False,
        ),
    ),
)
TRANSPORT = Table(
    "transport.csv",
    say("what a facility does for transfers on each day; one that is not listed does nothing"),
    ("facility_id",),
    (
        FACILITY,
        amount("accepts", say("transferred patients that it receives"), "patients", filled=True),
        amount("vehicle_hours", say("hours that its vehicles drive"), "hours", filled=True),
        amount("escort_hours", say("hours of its escorts"), "hours", filled=True),
    ),
)
_REASON = key("reason", say("why, never about a person"), "理由")
OVERRIDES = Table(
    "overrides.csv",
    say("journeys that pass, whatever tiers, consortia and insurance areas say, and why"),
    ("district_id", "facility_id", "service_id"),
    (
        anything(DISTRICT, say("key of the district; empty for all")),
        anything(FACILITY, say("key of the facility; empty for all")),
        anything(SERVICE, say("key of the service; empty for all")),
        _REASON,
        key("decided_by", say("who answers for it"), "决定者"),
    ),
)
DECLINES = Table(
    "declines.csv",
    say("what a facility does not take, and why"),
    ("facility_id", "service_id", "district_id", "first_day"),
    (
        FACILITY,
        anything(SERVICE, say("key of the service that is declined; empty for all")),
        anything(DISTRICT, say("key of the district that is declined; empty for all")),
        date("first_day", say("first day on which it is declined; empty for all"), needed=False),
        date("last_day", say("last day on which it is declined; empty for all"), needed=False),
        _REASON,
    ),
)
