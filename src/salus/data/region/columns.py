"""The columns of every file of a region, fixed in this one place."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.domain.place import HIGHEST_TIER, LOWEST_TIER

if TYPE_CHECKING:
    from salus.core.messages import Message

NOTHING_KNOWN = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""What a cell says, in small letters, when a number or a date is not known."""

MOST = 1e9
"""The largest amount of anything: more people, beds or minutes is a slip of the pen."""


class Kind(StrEnum):
    """What the cells of a column hold."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file.

    Parameters
    ----------
    name : str
        Header, in small letters with underscores.
    kind : Kind
        What its cells hold; dates are written as 2026-06-27.
    meaning : Message
        What a cell says about its row.
    unit : str
        Unit of a number; empty for a share, a key or a text.
    needed : bool
        Whether the header must have this column.
    filled : bool
        Whether each cell must hold something.
    low, high : float
        Inclusive range of a number.
    mended : bool
        Whether a number out of range is repaired or its row left out, instead of being a fault.
        A negative number where 0 is the least is a fault in any case.
    refers : str
        File that must list the key in this column; empty for none.
    aliases : tuple of str
        Other headers that are read as this column.
    whole : bool
        Whether a number must be whole.

    Examples
    --------
    >>> FACILITIES.column("staffed_beds").unit
    'beds'
    """

    name: str
    kind: Kind
    meaning: Message
    unit: str = ""
    needed: bool = True
    filled: bool = False
    low: float = -math.inf
    high: float = math.inf
    mended: bool = False
    refers: str = ""
    aliases: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One file of a region.

    Parameters
    ----------
    file : str
        Name of the file in the folder.
    meaning : Message
        What a row is.
    key : tuple of str
        Columns that together must differ from row to row.
    columns : tuple of Column
        The columns, in the order in which they are documented.
    needed : bool
        Whether the folder must have this file.
    others : Column or None
        What any further column is read as; ``None`` when further columns are not read.
    """

    file: str
    meaning: Message
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    needed: bool = False
    others: Column | None = None

    def column(self, name: str) -> Column:
        """Return the column of this name.

        Raises
        ------
        KeyError
            If the table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


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


def _reserve(name: str, meaning: Message, unit: str = "beds") -> Column:
    return _amount(name, meaning, unit, needed=False)


def _any(column: Column, meaning: Message) -> Column:
    """Let a key stay empty, for all of its kind."""
    return replace(column, meaning=meaning, needed=False, filled=False)


def _share(name: str, meaning: Message, *aliases: str, mended: bool, needed: bool = True) -> Column:
    return Column(
        name, Kind.NUMBER, meaning, needed=needed, low=0, high=1, mended=mended, aliases=aliases
    )


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
        _reserve("reserve_ward_beds", say("of the staffed ward beds, those kept for itself")),
        _reserve("reserve_icu_beds", say("of the ICU beds, those kept for itself")),
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
        _reserve("reserve", say("of these, the units that it keeps for itself"), "units"),
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
        _amount("units", say("units that agreed and may work at the host"), "units", filled=True),
        _amount(
            "minutes",
            say("minutes of travel from one to the other"),
            "minutes",
            filled=True,
        ),
    ),
)
_REASON = _key("reason", say("why, never about a person"), "理由")
OVERRIDES = Table(
    "overrides.csv",
    say("journeys that pass, whatever tiers, consortia and insurance areas say, and why"),
    ("district_id", "facility_id", "service_id"),
    (
        _any(_DISTRICT, say("key of the district; empty for all")),
        _any(_FACILITY, say("key of the facility; empty for all")),
        _any(_SERVICE, say("key of the service; empty for all")),
        _REASON,
        _key("decided_by", say("who answers for it"), "决定者"),
    ),
)
DECLINES = Table(
    "declines.csv",
    say("what a facility does not take, and why"),
    ("facility_id", "service_id", "district_id", "first_day"),
    (
        _FACILITY,
        _any(_SERVICE, say("key of the service that is declined; empty for all")),
        _any(_DISTRICT, say("key of the district that is declined; empty for all")),
        _date("first_day", say("first day on which it is declined; empty for all"), needed=False),
        _date("last_day", say("last day on which it is declined; empty for all"), needed=False),
        _REASON,
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
TABLES = (
    FACILITIES,
    DISTRICTS,
    TRAVEL,
    SERVICES,
    SUPPLY,
    SURGE,
    LENDING,
    OVERRIDES,
    DECLINES,
    DEMAND,
    INDICATORS,
    WEEKLY,
)
OUTLINES_FILE = "districts.geojson"
FILES = (*(table.file for table in TABLES), OUTLINES_FILE)
"""Every file of a region, in the order in which faults and repairs are told."""
