"""From the inpatients of a region, and how they could be moved, to transfers of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.inpatients import Inpatients
from salus.allocate.city.features.moved import NotAccepted
from salus.allocate.city.features.transfers import Transfers
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.domain.transfer import InpatientGroup, TransferOption, Transport

    Floats = NDArray[np.float64]

ROUNDING = 1e-9
AMOUNTS = ("accepts", "vehicle_hours", "escort_hours")


def in_bed_now(region: Region, closed: Collection[str], days: int) -> Floats:
    """Return what inpatients still use if nobody is moved, shape (J, R, T).

    Those of closed facilities are not counted: where all have to leave is no part of the plan.

    Parameters
    ----------
    region : Region
        With its inpatients.
    closed : collection of str
        Facilities that take nobody.
    days : int
        Days of the plan.
    """
    place = region.facility_index
    found = np.zeros((len(place), len(region.resources), days))
    for group in region.inpatients:
        if group.facility_id in closed:
            continue
        uses = _uses(region, group.service_id, group.days_left, days)
        found[place[group.facility_id]] += group.patients * uses
    return found


def transfers(region: Region, closed: Collection[str], days: int) -> Transfers | None:
    """State who may be moved where as a feature of the plan.

    Parameters
    ----------
    region : Region
        With its inpatients, the ways to move them, and what facilities do for it.
    closed : collection of str
        Facilities that take nobody.
    days : int
        Days of the plan.

    Returns
    -------
    Transfers or None
        ``None`` where nobody could be moved. Ways that cannot be planned are in ``missing``,
        each with its reason.
    """
    groups = {group.id: number for number, group in enumerate(region.inpatients)}
    if not region.transfers:
        return None
    place = region.facility_index
    transport = {each.facility_id: each for each in region.transport}
    why = [
        _why_not(region, each, region.inpatients[groups[each.group_id]], closed, transport)
        for each in region.transfers
    ]
    ways = [each for each, reason in zip(region.transfers, why, strict=True) if reason is None]
    missing = tuple(
        NotAccepted(groups[each.group_id], place[each.to_id], reason)
        for each, reason in zip(region.transfers, why, strict=True)
        if reason is not None
    )
    limits = _limits(region, closed, days)
    return Transfers(
        inpatients=_inpatients(region, place, days),
        group=np.array([groups[each.group_id] for each in ways], dtype=np.int64),
        receiver=np.array([place[each.to_id] for each in ways], dtype=np.int64),
        takes=_stacked(
            [
                _uses(
                    region,
                    each.service_id,
                    region.inpatients[groups[each.group_id]].days_left,
                    days,
                )
                for each in ways
            ],
            (len(region.resources), days),
        ),
        minutes=np.array([each.minutes for each in ways], float),
        price=np.array([each.price_minutes for each in ways], float),
        vehicle_hours=np.array([each.vehicle_hours for each in ways], float),
        escort_hours=np.array([each.escort_hours for each in ways], float),
        base=np.array([place.get(each.vehicle_id, 0) for each in ways], dtype=np.int64),
        accepts=limits["accepts"],
        fleet=limits["vehicle_hours"],
        escorts=limits["escort_hours"],
        missing=missing,
    )


def way_of(region: Region, group: int, receiver: int) -> TransferOption:
    """Find the row of the way from a group to a receiver, by their places in the region."""
    key, to = region.inpatients[group].id, region.facilities[receiver].id
    return next(each for each in region.transfers if (each.group_id, each.to_id) == (key, to))


def transfer_assumptions(region: Region) -> Iterator[Message]:
    """Say what a plan takes for granted of those who are in a bed now; nothing without them."""
    if region.inpatients:
        yield say(
            "Inpatients who could be moved keep their beds until they leave or are moved; of what "
            "is left beside them the plan serves need. A patient is moved once, within what the "
            "receiver accepts and what vehicles and escorts drive in a day."
        )


def _uses(region: Region, service_id: str, days_left: float, days: int) -> Floats:
    """Return what a patient uses of each resource on each day, shape (R, T)."""
    service = next(each for each in region.services if each.id == service_id)
    there = np.clip(days_left - np.arange(days), 0.0, 1.0)
    units = np.array([service.uses.get(resource.id, 0.0) for resource in region.resources])
    return units[:, None] * there


def _stacked(parts: list[Floats], shape: tuple[int, int]) -> Floats:
    return np.stack(parts) if parts else np.zeros((0, *shape))


def _inpatients(region: Region, place: dict[str, int], days: int) -> Inpatients:
    kind = {item.id: index for index, item in enumerate(region.services)}
    groups = region.inpatients
    fit = [np.inf if each.fit_in_days is None else each.fit_in_days for each in groups]
    return Inpatients(
        facility=np.array([place[each.facility_id] for each in groups], dtype=np.int64),
        service=np.array([kind[each.service_id] for each in groups], dtype=np.int64),
        count=np.array([each.patients for each in groups], float),
        uses=_stacked(
            [_uses(region, each.service_id, each.days_left, days) for each in groups],
            (len(region.resources), days),
        ),
        stable=(np.arange(days) >= np.array(fit)[:, None]).astype(float),
    )


def _limits(region: Region, closed: Collection[str], days: int) -> dict[str, Floats]:
    found = {name: np.zeros((len(region.facilities), days)) for name in AMOUNTS}
    place = region.facility_index
    for each in region.transport:
        if each.facility_id not in closed:
            for name, values in found.items():
                values[place[each.facility_id]] = getattr(each, name)
    return found


def _why_not(
    region: Region,
    way: TransferOption,
    group: InpatientGroup,
    closed: Collection[str],
    transport: dict[str, Transport],
) -> Message | None:
    receiver = transport.get(way.to_id)
    drives = transport.get(way.vehicle_id)
    goes = transport.get(group.facility_id)
    for holds, reason in (
        (bool({way.to_id, group.facility_id} & set(closed)), say("the facility is closed")),
        (group.fit_in_days is None, say("the patients are not fit to travel")),
        ((way.to_id, way.service_id) not in region.takes, say("the service is not given there")),
        (receiver is None or receiver.accepts < 1, say("the receiver accepts nobody")),
        (
            way.vehicle_hours > ROUNDING + (drives.vehicle_hours if drives else 0.0),
            say("no vehicle has so many hours in a day"),
        ),
        (
            way.escort_hours > ROUNDING + (goes.escort_hours if goes else 0.0),
            say("no escort has so many hours in a day"),
        ),
    ):
        if holds:
            return reason
    return None
