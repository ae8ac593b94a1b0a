"""Columns that several files of a region have, and how a column of each kind is stated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.column import Column, Kind
from salus.domain.place import HIGHEST_TIER, LOWEST_TIER

if TYPE_CHECKING:
    from salus.core.messages import Message

NOTHING_KNOWN = frozenset({"", "na", "n/a", "nan", "null", "none"})
"""What a cell says, in small letters, when a number or a date is not known."""

MOST = 1e9
"""The largest amount of anything: more people, beds or minutes is a slip of the pen."""


MOST_DAYS = 36_500
"""The longest time that anything takes or keeps: a century."""


def key(name: str, meaning: Message, *aliases: str, refers: str = "") -> Column:
    """State a key, which must not be empty."""
    return Column(name, Kind.TEXT, meaning, filled=True, refers=refers, aliases=aliases)


def text(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    """State words."""
    return Column(name, Kind.TEXT, meaning, needed=needed, aliases=aliases)


def degrees(name: str, meaning: Message, bound: float, *aliases: str) -> Column:
    """State a coordinate."""
    return Column(
        name, Kind.NUMBER, meaning, "degrees", low=-bound, high=bound, mended=True, aliases=aliases
    )


def amount(
    name: str, meaning: Message, unit: str, *aliases: str, needed: bool = True, filled: bool = False
) -> Column:
    """State how much of something there is."""
    return Column(name, Kind.NUMBER, meaning, unit, needed, filled, 0, MOST, aliases=aliases)


def reserve(name: str, meaning: Message, unit: str = "beds") -> Column:
    """State what a facility keeps for itself."""
    return amount(name, meaning, unit, needed=False)


def anything(column: Column, meaning: Message) -> Column:
    """Let a key stay empty, for all of its kind."""
    return replace(column, meaning=meaning, needed=False, filled=False)


def share(name: str, meaning: Message, *aliases: str, mended: bool, needed: bool = True) -> Column:
    """State a number from 0 to 1."""
    return Column(
        name, Kind.NUMBER, meaning, needed=needed, low=0, high=1, mended=mended, aliases=aliases
    )


def hours(name: str, meaning: Message, low: float, high: float, *, needed: bool = False) -> Column:
    """State a number of hours."""
    return Column(name, Kind.NUMBER, meaning, "hours", needed, needed, low, high)


def tier(name: str, meaning: Message, *aliases: str) -> Column:
    """State a tier of care."""
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


def date(name: str, meaning: Message, *aliases: str, needed: bool = True) -> Column:
    """State a day."""
    return Column(name, Kind.DATE, meaning, needed=needed, filled=needed, aliases=aliases)


def days(name: str, meaning: Message, low: float) -> Column:
    """State a number of whole days."""
    return Column(
        name, Kind.NUMBER, meaning, "days", filled=True, low=low, high=MOST_DAYS, whole=True
    )


LATITUDE = degrees("latitude", say("degrees north, WGS 84"), 90, "lat", "纬度")
LONGITUDE = degrees("longitude", say("degrees east, WGS 84"), 180, "lon", "lng", "经度")
AS_OF = date("as_of", say("day on which the row was true"), "截至日期", needed=False)
CONSORTIUM = text(
    "consortium",
    say("consortium of facilities that refer to one another (医共体); empty for none"),
    "医共体",
    needed=False,
)
INSURANCE = text(
    "insurance_area",
    say("area of the insurance fund (统筹区); empty for none"),
    "统筹区",
    needed=False,
)
STATE = text("state", say("state or province"), "province", "省", "省份")
DISTRICT = key("district_id", say("key of the district"), "区县编号", refers="districts.csv")
FACILITY = key("facility_id", say("key of the facility"), "机构编号", refers="facilities.csv")
SERVICE = key("service_id", say("key of the service"), "服务编号", refers="services.csv")
RESOURCE = key("resource_id", say("key of the resource"), "资源编号", refers="services.csv")
