"""The columns of every file of a region, fixed in this one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.column import Column, Kind, Table
from salus.domain.place import HIGHEST_TIER, LOWEST_TIER

if TYPE_CHECKING:
    from salus.core.messages import Message

NOTHING_KNOWN = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""What a cell says, in small letters, when a number or a date is not known."""

MOST = 1e9
"""The largest amount of anything: more people, beds or minutes is a slip of the pen."""


MOST_DAYS = 36_500
"""The longest time that anything takes or keeps: a century."""


def _key(name: str, meaning: Message, *aliases: str, refers: str = "") -> Column:
    return Column(name, Kind.TEXT, meaning, filled=True, refers=refers, aliases=aliases)


def _text(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    return Column(name, Kind.TEXT, meaning, needed=needed, aliases=aliases)


def _degrees(name: str, meaning: Message, bound: float, *aliases: str) -> Column:
    return Column(
        name, Kind.NUMBER, meaning, "degrees", low=-bound, high=bound, mended=True, aliases=aliases
    )


def _amount(
    name: str, meaning: Message, unit: str, *aliases: str, needed: bool = True, filled: bool = False
) -> Column:
    return Column(name, Kind.NUMBER, meaning, unit, needed, filled, 0, MOST, aliases=aliases)


def _share(name: str, meaning: Message, *aliases: str, mended: bool, needed: bool = True) -> Column:
    return Column(
        name, Kind.NUMBER, meaning, needed=needed, low=0, high=1, mended=mended, aliases=aliases
    )


def _hours(name: str, meaning: Message, low: float, high: float, *, needed: bool = False) -> Column:
    return Column(name, Kind.NUMBER, meaning, "hours", needed, needed, low, high)


def _tier(name: str, meaning: Message, *aliases: str) -> Column:
    return Column(
        name,
        Kind.NUMBER,
        meaning,
        needed=False,
        low=LOWEST_TIER,
        high=HIGHEST_TIER,
        aliases=aliases,
        whole=True,
    )


def _date(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    return Column(name, Kind.DATE, meaning, needed=needed, filled=needed, aliases=aliases)


def _days(name: str, meaning: Message, low: float) -> Column:
    return Column(
        name, Kind.NUMBER, meaning, "days", filled=True, low=low, high=MOST_DAYS, whole=True
    )


_LATITUDE = _degrees("latitude", say("degrees north, WGS 84"), 90, "lat", "纬度")
_LONGITUDE = _degrees("longitude", say("degrees east, WGS 84"), 180, "lon", "lng", "经度")
_AS_OF = _date("as_of", say("day on which the row was true"), "截至日期", needed=False)
_CONSORTIUM = _text(
    "consortium",
    say("consortium of facilities that refer to one another (医共体); empty for none"),
    "医共体",
    needed=False,
)
_INSURANCE = _text(
    "insurance_area",
    say("area of the insurance fund (统筹区); empty for none"),
    "统筹区",
    needed=False,
)
_STATE = _text("state", say("state or province"), "province", "省", "省份")
_DISTRICT = _key("district_id", say("key of the district"), "区县编号", refers="districts.csv")
_FACILITY = _key("facility_id", say("key of the facility"), "机构编号", refers="facilities.csv")
_SERVICE = _key("service_id", say("key of the service"), "服务编号", refers="services.csv")
_RESOURCE = _key("resource_id", say("key of the resource"), "资源编号", refers="services.csv")

FACILITIES = Table(
    "facilities.csv",
    say("a place that gives care"),
    ("facility_id",),
    (
        _key("facility_id", say("key of the facility"), "机构编号", "机构代码"),
        _text("name", say("name for people"), "facility_name", "名称", "机构名称"),
        _text("type", say("type, which decides what it takes"), "类型", "机构类型"),
        _text("city", say("town; not used in planning"), "城市", needed=False),
        _STATE,
        _text("county", say("name of the district it stands in"), "district", "区县"),
        _LATITUDE,
        _LONGITUDE,
        _amount("staffed_beds", say("beds with staff, ICU beds included"), "beds", "床位"),
        _amount("staffed_icu_beds", say("ICU beds with staff"), "beds", "重症床位"),
        _amount("licensed_beds", say("beds it may run"), "beds", "核定床位", needed=False),
        _share("bed_occupancy", say("mean use of all staffed beds"), "床位使用率", mended=True),
        _share("icu_occupancy", say("mean use of the ICU beds"), "重症床位使用率", mended=True),
        _tier("tier", say("tier of care, from 1, the grassroots, to 3"), "等级"),
        _CONSORTIUM,
        _INSURANCE,
        _AS_OF,
    ),
    needed=True,
)
DISTRICTS = Table(
    "districts.csv",
    say("an area whose people need care"),
    ("district_id",),
    (
        _key("district_id", say("key of the district"), "区县编号", "行政区划代码"),
        _text("name", say("name for people"), "district_name", "名称", "区县"),
        _STATE,
        _LATITUDE,
        _LONGITUDE,
        _amount("population", say("people who live there"), "persons", "人口"),
        _amount("population_65plus", say("of these, 65 years and over"), "persons", "65岁以上人口"),
        _share("deprivation", say("0 least, 1 most deprived"), mended=False, needed=False),
        _CONSORTIUM,
        _INSURANCE,
        _AS_OF,
    ),
    needed=True,
)
TRAVEL = Table(
    "travel.csv",
    say("the journey from a district to a facility, instead of the computed one"),
    ("district_id", "facility_id"),
    (_DISTRICT, _FACILITY, _amount("minutes", say("time of travel"), "minutes", filled=True)),
)
SERVICES = Table(
    "services.csv",
    say("what one case of a service takes of one resource; replaces the default services"),
    ("service_id", "resource_id"),
    (
        _key("service_id", say("key of the service"), "服务编号"),
        _text("name", say("name for people"), "名称"),
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
        _key("resource_id", say("key of the resource"), "资源编号"),
        Column(
            "units",
            Kind.NUMBER,
            say("units of the resource that a case occupies on each day"),
            "units",
            filled=True,
            low=0.001,
            high=1000,
        ),
        _text("facility_types", say("types that take it, separated by ;"), needed=False),
        _tier("lowest_tier", say("lowest tier able to give it")),
        _tier("first_contact_tier", say("tier at which its cases are seen first (首诊)")),
        _tier("step_down_tier", say("highest tier that should keep its cases (下转)")),
    ),
)
SUPPLY = Table(
    "supply.csv",
    say("what a facility has of a resource, instead of what facilities.csv implies"),
    ("facility_id", "resource_id"),
    (
        _FACILITY,
        _RESOURCE,
        _amount("staffed", say("units that can be used"), "units", filled=True),
        _share("occupancy", say("mean use of the units"), mended=True, needed=False),
    ),
)
SURGE = Table(
    "surge.csv",
    say("units that a facility can open for as long as a plan lasts"),
    ("facility_id", "resource_id"),
    (
        _FACILITY,
        _RESOURCE,
        _amount("units", say("units that can be opened"), "units", filled=True),
        _amount(
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
        _key("from_facility_id", say("key of the lender"), refers="facilities.csv"),
        _key("to_facility_id", say("key of the host"), refers="facilities.csv"),
        _RESOURCE,
        _amount("units", say("units that may be away at once"), "units", filled=True),
        _amount(
            "minutes",
            say("minutes of travel from one to the other"),
            "minutes",
            filled=True,
        ),
        _hours(
            "hours_a_day",
            say("hours that a unit works in a day; empty: the shift of staff.csv, or else 24"),
            0.5,
            24,
        ),
        _amount("agreed", say("of the units, those who agreed; empty: all"), "units", needed=False),
        _text(
            "credentials",
            say("whether their credentials are valid at the host: yes or no; empty: yes"),
            needed=False,
        ),
    ),
)
STAFF = Table(
    "staff.csv",
    say("one staff group at one facility: its people, and how long they may work"),
    ("facility_id", "staff_id"),
    (
        _FACILITY,
        _key("staff_id", say("key of the staff group; a resource like any other"), "人员编号"),
        _text("name", say("name of the group for people"), "名称", needed=False),
        _amount("people", say("people who may work"), "persons", "人数", filled=True),
        _amount("staffed", say("what is worked on each day"), "hours or shifts", filled=True),
        _key("unit", say("what staffed and services.csv count: hours or shifts")),
        _hours("shift_hours", say("length of a shift"), 0.5, 24, needed=True),
        _hours("week_hours", say("most that a person works in seven days"), 1, 168),
        _hours("rest_hours", say("least rest of a person in each day"), 0, 23),
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
        _key("staff_id", say("key of the staff group"), "人员编号", refers="staff.csv"),
        _key("bed_id", say("resource that each patient lies in"), refers="services.csv"),
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
        _key("group_id", say("key of the group")),
        _FACILITY,
        _SERVICE,
        _amount("patients", say("how many they are"), "persons", "人数", filled=True),
        _amount(
            "days_left", say("days that each stays from the first of the plan"), "days", filled=True
        ),
        _amount(
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
        _key("group_id", say("key of the group"), refers="inpatients.csv"),
        _key("to_facility_id", say("key of the receiver"), refers="facilities.csv"),
        Column(
            "to_service_id",
            Kind.TEXT,
            say("service that cares for them there, such as step-down; empty: the same"),
            needed=False,
            refers="services.csv",
        ),
        _amount("minutes", say("minutes on the way, one way"), "minutes", filled=True),
        _amount(
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
        _amount(
            "vehicle_hours",
            say("hours that a vehicle is out for a patient; empty: there and back"),
            "hours",
            needed=False,
        ),
        _text("escort", say("who goes along; empty: nobody"), "护送人员", needed=False),
        _amount(
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
        _FACILITY,
        _amount("accepts", say("transferred patients that it receives"), "patients", filled=True),
        _amount("vehicle_hours", say("hours that its vehicles drive"), "hours", filled=True),
        _amount("escort_hours", say("hours of its escorts"), "hours", filled=True),
    ),
)
DEMAND = Table(
    "demand.csv",
    say("cases that need a service, instead of what occupancy implies"),
    ("district_id", "service_id", "date"),
    (
        _DISTRICT,
        _SERVICE,
        _date("date", say("the day; without it the row holds for every day"), needed=False),
        _amount("cases", say("cases in a day, in all"), "cases per day", filled=True),
    ),
)
INDICATORS = Table(
    "indicators.csv",
    say("one value of an indicator"),
    ("indicator_id", "period_end"),
    (
        _key("indicator_id", say("key of the indicator")),
        _text("name", say("name for people")),
        _text("unit", say("unit of its values")),
        _text("direction", say("which way it improves: up, down or neutral"), needed=False),
        _date("period_end", say("last day of the period")),
        Column("value", Kind.NUMBER, say("the value; empty where nothing is known")),
    ),
)
WEEKLY = Table(
    "weekly_admissions.csv",
    say("the admissions of one week"),
    ("week_ending",),
    (_date("week_ending", say("last day of the week"), "date", "周末日期"),),
    others=_amount("", say("admissions in the week; empty where nothing is known"), "admissions"),
)
_UNIT = _text("unit", say("what is counted; empty for the unit of medicines.csv"), needed=False)
_MEDICINE = _key("medicine_id", say("key of the medicine"), "药品编号", refers="medicines.csv")
_UNITS_A_DAY = _amount("units_per_day", say("most units in a day"), "units", filled=True)
MEDICINES = Table(
    "medicines.csv",
    say("what one case of a service needs of one medicine"),
    ("medicine_id", "service_id"),
    (
        _key("medicine_id", say("key of the medicine"), "药品编号"),
        _text("name", say("name for people"), "药品名称", needed=False),
        _SERVICE,
        _amount(
            "units_per_case", say("units that a case needs over its stay"), "units", filled=True
        ),
        _key("unit", say("what is counted, such as tablet; the same in all rows of a medicine")),
        _amount(
            "unit_cost",
            say("what a unit is worth, in your money; the same in all rows of a medicine"),
            "money",
            filled=True,
        ),
    ),
)
DEPOTS = Table(
    "depots.csv",
    say("a place that holds medicines and treats nobody"),
    ("depot_id",),
    (
        _key("depot_id", say("key of the depot, other than any of a facility")),
        _text("name", say("name for people"), needed=False),
    ),
)
STOCK = Table(
    "stock.csv",
    say("units of a medicine at a place that expire on the same day"),
    ("place_id", "medicine_id", "expiry_date", "arrival_date"),
    (
        _key("place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        _MEDICINE,
        _amount("units", say("how many"), "units", filled=True),
        _UNIT,
        _date("expiry_date", say("last day on which they can be used"), "有效期至"),
        _date(
            "arrival_date",
            say("day on which they arrive; empty where they lie there already"),
            needed=False,
        ),
        _AS_OF,
    ),
)
ORDERS = Table(
    "orders.csv",
    say("what a depot can order of a medicine, on any day"),
    ("depot_id", "medicine_id"),
    (
        _key("depot_id", say("key of the depot"), refers="depots.csv"),
        _MEDICINE,
        _days("days", say("days until it arrives"), 0),
        _days("usable_days", say("days on which it can be used after it arrived"), 1),
        _UNITS_A_DAY,
        _UNIT,
        _amount("unit_cost", say("price of a unit, in your money"), "money", filled=True),
    ),
)
DELIVERIES = Table(
    "deliveries.csv",
    say("a way on which medicines are sent from place to place"),
    ("from_place_id", "to_place_id"),
    (
        _key("from_place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        _key("to_place_id", say("key of a facility or of a depot"), refers="depots.csv"),
        _days("days", say("days under way; 0 arrives on the same day"), 0),
        _UNITS_A_DAY,
        _amount("unit_cost", say("cost of sending a unit, in your money"), "money", filled=True),
    ),
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
