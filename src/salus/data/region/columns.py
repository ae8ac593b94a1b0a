"""The columns of every file of a region."""

from __future__ import annotations

from salus.core.messages import say
from salus.core.sheets.column import Column, Kind, Table
from salus.core.sheets.kinds import amount, date, hours, key, share, text
from salus.data.region.care_columns import (
    DECLINES,
    INPATIENTS,
    OVERRIDES,
    RATIOS,
    STAFF,
    TRANSFERS,
    TRANSPORT,
)
from salus.data.region.medicine_columns import DELIVERIES, DEPOTS, MEDICINES, ORDERS, STOCK
from salus.data.region.shared_columns import (
    AS_OF,
    CONSORTIUM,
    DISTRICT,
    FACILITY,
    INSURANCE,
    LATITUDE,
    LONGITUDE,
    RESOURCE,
    SERVICE,
    STATE,
    reserve,
    tier,
)

FACILITIES = Table(
    "facilities.csv",
    say("a place that gives care"),
    ("facility_id",),
    (
        key("facility_id", say("key of the facility"), "机构编号", "机构代码"),
        text("name", say("name for people"), "facility_name", "名称", "机构名称"),
        text("type", say("type, which decides what it takes"), "类型", "机构类型"),
        text("city", say("town; not used in planning"), "城市", needed=False),
        STATE,
        text("county", say("name of the district it stands in"), "district", "区县"),
        LATITUDE,
        LONGITUDE,
        amount("staffed_beds", say("beds with staff, ICU beds included"), "beds", "床位"),
        amount("staffed_icu_beds", say("ICU beds with staff"), "beds", "重症床位"),
        reserve("reserve_ward_beds", say("of the staffed ward beds, those kept for itself")),
        reserve("reserve_icu_beds", say("of the ICU beds, those kept for itself")),
        amount("licensed_beds", say("beds it may run"), "beds", "核定床位", needed=False),
        share("bed_occupancy", say("mean use of all staffed beds"), "床位使用率", mended=True),
        share("icu_occupancy", say("mean use of the ICU beds"), "重症床位使用率", mended=True),
        tier("tier", say("tier of care, from 1, the grassroots, to 3"), "等级"),
        CONSORTIUM,
        INSURANCE,
        AS_OF,
    ),
    needed=True,
)
DISTRICTS = Table(
    "districts.csv",
    say("an area whose people need care"),
    ("district_id",),
    (
        key("district_id", say("key of the district"), "区县编号", "行政区划代码"),
        text("name", say("name for people"), "district_name", "名称", "区县"),
        STATE,
        LATITUDE,
        LONGITUDE,
        amount("population", say("people who live there"), "persons", "人口"),
        amount("population_65plus", say("of these, 65 years and over"), "persons", "65岁以上人口"),
        share("deprivation", say("0 least, 1 most deprived"), mended=False, needed=False),
        CONSORTIUM,
        INSURANCE,
        AS_OF,
    ),
    needed=True,
)
TRAVEL = Table(
    "travel.csv",
    say("the journey from a district to a facility, instead of the computed one"),
    ("district_id", "facility_id"),
    (DISTRICT, FACILITY, amount("minutes", say("time of travel"), "minutes", filled=True)),
)
SERVICES = Table(
    "services.csv",
    say("what one case of a service takes of one resource; replaces the default services"),
    ("service_id", "resource_id"),
    (
        key("service_id", say("key of the service"), "服务编号"),
        text("name", say("name for people"), "名称"),
        Column(
            "stay_days",
            Kind.NUMBER,
            say("mean length of stay, the same in all rows of a service"),
            "days",
            filled=True,
            low=0.01,
            high=365,
        ),
        Column(
            "severity",
            Kind.NUMBER,
            say("weight of a case that is not served, the same in all rows of a service"),
            filled=True,
            low=0.001,
            high=1000,
        ),
        key("resource_id", say("key of the resource"), "资源编号"),
        Column(
            "units",
            Kind.NUMBER,
            say("units of the resource that a case occupies on each day"),
            "units",
            filled=True,
            low=0.001,
            high=1000,
        ),
        text("facility_types", say("types that take it, separated by ;"), needed=False),
        tier("lowest_tier", say("lowest tier able to give it")),
        tier("first_contact_tier", say("tier at which its cases are seen first (首诊)")),
        tier("step_down_tier", say("highest tier that should keep its cases (下转)")),
    ),
)
SUPPLY = Table(
    "supply.csv",
    say("what a facility has of a resource, instead of what facilities.csv implies"),
    ("facility_id", "resource_id"),
    (
        FACILITY,
        RESOURCE,
        amount("staffed", say("units that can be used"), "units", filled=True),
        share("occupancy", say("mean use of the units"), mended=True, needed=False),
        reserve("reserve", say("of these, the units that it keeps for itself"), "units"),
    ),
)
SURGE = Table(
    "surge.csv",
    say("units that a facility can open for as long as a plan lasts"),
    ("facility_id", "resource_id"),
    (
        FACILITY,
        RESOURCE,
        amount("units", say("units that can be opened"), "units", filled=True),
        amount(
            "minutes",
            say("minutes of travel that a unit weighs as much as, for each day it is open"),
            "minutes",
            filled=True,
        ),
    ),
)
LENDING = Table(
    "lending.csv",
    say("units, such as nurses, that one facility is ready to lend to another"),
    ("from_facility_id", "to_facility_id", "resource_id"),
    (
        key("from_facility_id", say("key of the lender"), refers="facilities.csv"),
        key("to_facility_id", say("key of the host"), refers="facilities.csv"),
        RESOURCE,
        amount("units", say("units that may be away at once"), "units", filled=True),
        amount(
            "minutes",
            say("minutes of travel from one to the other"),
            "minutes",
            filled=True,
        ),
        hours(
            "hours_a_day",
            say("hours that a unit works in a day; empty: the shift of staff.csv, or else 24"),
            0.5,
            24,
        ),
        amount("agreed", say("of the units, those who agreed; empty: all"), "units", needed=False),
        text(
            "credentials",
            say("whether their credentials are valid at the host: yes or no; empty: yes"),
            needed=False,
        ),
    ),
)
DEMAND = Table(
    "demand.csv",
    say("cases that need a service, instead of what occupancy implies"),
    ("district_id", "service_id", "date"),
    (
        DISTRICT,
        SERVICE,
        date("date", say("the day; without it the row holds for every day"), needed=False),
        amount("cases", say("cases in a day, in all"), "cases per day", filled=True),
    ),
)
INDICATORS = Table(
    "indicators.csv",
    say("one value of an indicator"),
    ("indicator_id", "period_end"),
    (
        key("indicator_id", say("key of the indicator")),
        text("name", say("name for people")),
        text("unit", say("unit of its values")),
        text("direction", say("which way it improves: up, down or neutral"), needed=False),
        date("period_end", say("last day of the period")),
        Column("value", Kind.NUMBER, say("the value; empty where nothing is known")),
    ),
)
WEEKLY = Table(
    "weekly_admissions.csv",
    say("the admissions of one week"),
    ("week_ending",),
    (date("week_ending", say("last day of the week"), "date", "周末日期"),),
    others=amount("", say("admissions in the week; empty where nothing is known"), "admissions"),
)
TABLES = (
    FACILITIES,
    DISTRICTS,
    TRAVEL,
    SERVICES,
    SUPPLY,
    SURGE,
    LENDING,
    STAFF,
    RATIOS,
    INPATIENTS,
    TRANSFERS,
    TRANSPORT,
    OVERRIDES,
    DECLINES,
    DEMAND,
    INDICATORS,
    WEEKLY,
    MEDICINES,
    DEPOTS,
    STOCK,
    ORDERS,
    DELIVERIES,
)
OUTLINES_FILE = "districts.geojson"
FILES = (*(table.file for table in TABLES), OUTLINES_FILE)
"""Every file of a region, in the order in which faults and repairs are told."""
