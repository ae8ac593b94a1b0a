"""The services of a region: its own, or the default ones."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.data.region.defaults import (
    DEFAULT_ASSUMPTIONS,
    KNOWN_RESOURCES,
    RESOURCES,
    SERVICES,
    type_name,
    types_that_take,
)
from salus.data.region.facilities import tier_of
from salus.domain.care import Service
from salus.domain.resource import Resource

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from salus.core.errors import Faults
    from salus.core.messages import Message
    from salus.core.sheets.sheet import Sheet

TIERS = ("lowest_tier", "first_contact_tier", "step_down_tier")


@dataclass(frozen=True, slots=True)
class Care:
    """What is planned in a region.

    Parameters
    ----------
    services : tuple of Service
        In the order of the file.
    resources : tuple of Resource
        In the order in which the services use them.
    types : mapping of str to frozenset of str
        Types of facility that take each service.
    assumptions : tuple of Message
        What was taken for granted.
    """

    services: tuple[Service, ...]
    resources: tuple[Resource, ...]
    types: Mapping[str, frozenset[str]]
    assumptions: tuple[Message, ...]


def refuse_contradictions(sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each row that states another stay, severity or tier than the first.

    Parameters
    ----------
    sheet : Sheet
        ``services.csv``.
    faults : Faults
        Gathers the contradictions.
    """
    first: dict[str, int] = {}
    for index, service in enumerate(sheet.texts["service_id"]):
        start = first.setdefault(service, index)
        for column in ("stay_days", "severity", *TIERS):
            values = sheet.numbers[column]
            # What is not known is no other value; that it is not known was refused before.
            if service and abs(values[index] - values[start]) > 0:
                what = say("the service has another value in row {row}", row=sheet.rows[start])
                remedy = say("write the same value in all rows of the service")
                faults.add(what, sheet.where(index, column), remedy, float(values[index]))


def care_of(sheet: Sheet) -> Care:
    """Make the services and the resources they use.

    Parameters
    ----------
    sheet : Sheet
        ``services.csv``, without faults; without rows the default services are planned.
    """
    if not len(sheet):
        types = {service.id: types_that_take(service.id) for service in SERVICES}
        return Care(SERVICES, RESOURCES, MappingProxyType(types), DEFAULT_ASSUMPTIONS)
    rows: dict[str, list[int]] = {}
    for index, service in enumerate(sheet.texts["service_id"]):
        rows.setdefault(service, []).append(index)
    types = {key: _types(sheet, key, indexes) for key, indexes in rows.items()}
    return Care(
        tuple(_service(sheet, key, indexes) for key, indexes in rows.items()),
        tuple(_resource(key) for key in dict.fromkeys(sheet.texts["resource_id"])),
        MappingProxyType(types),
        (),
    )


def _service(sheet: Sheet, key: str, rows: list[int]) -> Service:
    resources, units = sheet.texts["resource_id"], sheet.numbers["units"]
    default = {service.id: service.name for service in SERVICES}.get(key, say("{name}", name=key))
    name = sheet.texts["name"][rows[0]]
    return Service(
        id=key,
        name=say("{name}", name=name) if name else default,
        stay_days=float(sheet.numbers["stay_days"][rows[0]]),
        severity=float(sheet.numbers["severity"][rows[0]]),
        uses=MappingProxyType({resources[row]: float(units[row]) for row in rows}),
        **{tier: _tier(sheet.numbers[tier][rows]) for tier in TIERS},
    )


def _tier(values: NDArray[np.float64]) -> int | None:
    """Take the tier of a service from the first of its rows that states one."""
    return next((tier for value in values.tolist() if (tier := tier_of(value))), None)


def _resource(key: str) -> Resource:
    known = {resource.id: resource for resource in KNOWN_RESOURCES}
    own = Resource(key, say("{name}", name=key.replace("_", " ")), say("unit"))
    return known.get(key, own)


def _types(sheet: Sheet, key: str, rows: list[int]) -> frozenset[str]:
    texts = ";".join(sheet.texts["facility_types"][row] for row in rows).split(";")
    stated = frozenset(type_name(text) for text in texts if text.strip())
    return stated or types_that_take(key)
