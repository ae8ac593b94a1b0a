"""Who has how much of what, and who takes which service."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say
from salus.data.region.beds import note_reserve
from salus.data.region.defaults import TYPE_OF_NAME
from salus.data.region.known import kept_rows
from salus.data.region.repairs import Rule
from salus.domain.resource import Supply

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from salus.core.messages import Message
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.beds import Beds
    from salus.data.region.repairs import Repairs
    from salus.data.region.services import Care
    from salus.domain.offer import LendingOffer
    from salus.domain.place import Facility

    Holdings = Mapping[tuple[str, str], Supply]


def supplies_of_beds(
    facilities: Mapping[int, Facility], beds: Beds
) -> dict[tuple[str, str], Supply]:
    """Make the supplies of ward and ICU beds.

    Parameters
    ----------
    facilities : mapping of int to Facility
        By row of ``facilities.csv``.
    beds : Beds
        Of the same rows.

    Returns
    -------
    dict of (facility key, resource key) to Supply
        Only where there is some.
    """
    kinds = (
        ("ward_bed", beds.ward, beds.ward_occupancy, beds.ward_reserve),
        ("icu_bed", beds.icu, beds.icu_occupancy, beds.icu_reserve),
    )
    return {
        (facility.id, resource): Supply(
            facility.id, resource, float(staffed[row]), _use(use[row]), float(reserve[row])
        )
        for row, facility in facilities.items()
        for resource, staffed, use, reserve in kinds
        if staffed[row] > 0
    }


def stated_supplies(
    sheet: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> dict[tuple[str, str], Supply]:
    """Take what ``supply.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``supply.csv``, its keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers what is mended and left out.
    """
    stated = {}
    for row in kept_rows(sheet, {"facility_id": facilities}, repairs):
        use = sheet.numbers["occupancy"][row]
        if use > 1:
            what = say(
                "an occupancy of {use:.2f} is more than all units: 1 is taken", use=float(use)
            )
            repairs.note(Rule.OCCUPANCY_CAPPED, sheet.where(row, "occupancy"), what)
        key = sheet.texts["facility_id"][row], sheet.texts["resource_id"][row]
        staffed, reserve = (float(sheet.numbers[name][row]) for name in ("staffed", "reserve"))
        if reserve > staffed:
            note_reserve(sheet, row, "reserve", staffed, repairs)
        kept = min(float(np.nan_to_num(reserve)), staffed)
        stated[key] = Supply(*key, staffed, _use(min(use, 1)), kept)
    return stated


def takes_of(
    facilities: Collection[Facility],
    care: Care,
    held: Holdings,
    stated: Collection[tuple[str, str]],
    promised: Collection[tuple[str, str]] = (),
) -> frozenset[tuple[str, str]]:
    """Tell which facility takes which service.

    A facility takes a service when it has some of each resource that a case uses, or is offered
    some, and its type takes the service or ``supply.csv`` states all these resources for it.

    Parameters
    ----------
    facilities : collection of Facility
        All of the region.
    care : Care
        The services, and which types take them.
    held : mapping of (facility key, resource key) to Supply
        What there is.
    stated : collection of (facility key, resource key)
        What ``supply.csv`` states.
    promised : collection of (facility key, resource key)
        What can be opened or lent there.

    Returns
    -------
    frozenset of (facility key, service key)
    """
    return frozenset(
        (facility.id, service.id)
        for facility in facilities
        for service in care.services
        if all(
            _some(held.get((facility.id, resource))) or (facility.id, resource) in promised
            for resource in service.uses
        )
        and (
            facility.kind in care.types[service.id]
            or all((facility.id, resource) in stated for resource in service.uses)
        )
    )


def usable(
    held: Holdings,
    care: Care,
    takes: Collection[tuple[str, str]],
    lending: Collection[LendingOffer] = (),
) -> tuple[Supply, ...]:
    """Return the supplies that a service uses, where it is taken or where they are lent to.

    Parameters
    ----------
    held : mapping of (facility key, resource key) to Supply
        What there is.
    care : Care
        The services.
    takes : collection of (facility key, service key)
        Who takes what.
    lending : collection of LendingOffer
        What can be lent.

    Returns
    -------
    tuple of Supply
        By facility and resource; only where there is some.
    """
    used = {
        (facility, resource)
        for facility, service_id in takes
        for service in care.services
        if service.id == service_id
        for resource in service.uses
    }
    used |= {(each.from_id, each.resource_id) for each in lending}
    return tuple(held[key] for key in sorted(used) if _some(held.get(key)))


def list_untaken(
    sheet: Sheet,
    facilities: Mapping[int, Facility],
    care: Care,
    takes: Collection[tuple[str, str]],
    repairs: Repairs,
) -> None:
    """List each facility that takes nothing, and why: its type, no beds, or nothing known of them.

    Parameters
    ----------
    sheet : Sheet
        ``facilities.csv``.
    facilities : mapping of int to Facility
        By row of the sheet.
    care : Care
        The services, and which types take them.
    takes : collection of (facility key, service key)
        Who takes what.
    repairs : Repairs
        Gathers the facilities.
    """
    takers = {facility for facility, _ in takes}
    taking = frozenset().union(*care.types.values())
    for row, facility in facilities.items():
        if facility.id in takers:
            continue
        if facility.kind in taking:
            what = _without_beds(written=sheet.numbers["staffed_beds"][row] == 0)
            where = sheet.where(row, "staffed_beds")
            repairs.note(Rule.NO_BEDS, where, what, left_out=True)
        elif facility.kind in TYPE_OF_NAME:
            what = say("it serves {group}: not planned", group=TYPE_OF_NAME[facility.kind].serves)
            repairs.note(Rule.RESTRICTED, sheet.where(row, "type"), what, left_out=True)
        else:
            what = say("the type {type} is not known: not planned", type=facility.kind or "-")
            repairs.note(Rule.UNKNOWN_TYPE, sheet.where(row, "type"), what, left_out=True)


def _without_beds(*, written: bool) -> Message:
    if written:
        return say("there are 0 staffed beds here: not planned")
    return say("no beds or other resources are known here: not planned: no data")


def _some(supply: Supply | None) -> bool:
    return supply is not None and supply.staffed > 0


def _use(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
