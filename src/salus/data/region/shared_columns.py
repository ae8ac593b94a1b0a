"""Columns that several files of a region have, and how those of a region alone are stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.core.sheets.column import Column, Kind
from salus.core.sheets.kinds import amount, date, key, text
from salus.domain.place import HIGHEST_TIER, LOWEST_TIER

if TYPE_CHECKING:
    from salus.core.messages import Message


def degrees(name: str, meaning: Message, bound: float, *aliases: str) -> Column:
    """State a coordinate."""
    return Column(
        name, Kind.NUMBER, meaning, "degrees", low=-bound, high=bound, mended=True, aliases=aliases
    )


def reserve(name: str, meaning: Message, unit: str = "beds") -> Column:
    """State what a facility keeps for itself."""
    return amount(name, meaning, unit, needed=False)


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
