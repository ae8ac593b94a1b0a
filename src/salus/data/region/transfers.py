"""Patients who could be moved, how, and what facilities do for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.messages import say
from salus.data.region.known import kept_rows, known_number
from salus.data.region.repairs import Rule
from salus.domain.transfer import InpatientGroup, TransferOption, Transport

AMOUNTS = ("accepts", "vehicle_hours", "escort_hours")
ROUNDING = 1e-9

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs
    from salus.data.region.services import Care
    from salus.domain.resource import Supply


def inpatient_groups(
    sheet: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[InpatientGroup, ...]:
    """Take what ``inpatients.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``inpatients.csv``, its keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out.
    """
    return tuple(
        InpatientGroup(
            sheet.texts["group_id"][row],
            sheet.texts["facility_id"][row],
            sheet.texts["service_id"][row],
            float(sheet.numbers["patients"][row]),
            float(sheet.numbers["days_left"][row]),
            known_number(sheet, "fit_in_days", row),
        )
        for row in kept_rows(sheet, {"facility_id": facilities}, repairs).tolist()
    )


def list_crowded(
    sheet: Sheet,
    groups: Collection[InpatientGroup],
    care: Care,
    held: Mapping[tuple[str, str], Supply],
    repairs: Repairs,
) -> None:
    """List each row with which inpatients take more of a resource than a facility has.

    Parameters
    ----------
    sheet : Sheet
        ``inpatients.csv``.
    groups : collection of InpatientGroup
        Those who are in a bed now, in the order of the file.
    care : Care
        What their services use; its resources are those to be counted, so no staff.
    held : mapping of (facility key, resource key) to Supply
        What there is.
    repairs : Repairs
        Gathers the rows.
    """
    uses = {service.id: service.uses for service in care.services}
    names = {resource.id: resource.name for resource in care.resources}
    taken: dict[tuple[str, str], float] = {}
    people: dict[tuple[str, str], float] = {}
    for group in groups:
        for resource, units in uses[group.service_id].items():
            key = group.facility_id, resource
            there = held[key].staffed if key in held else 0.0
            if resource not in names or group.days_left <= 0:
                continue
            before, people[key] = taken.get(key, 0.0), people.get(key, 0.0) + group.patients
            taken[key] = before + units * group.patients
            if taken[key] > there + ROUNDING and before <= there + ROUNDING:
                what = say(
                    "{patients:g} inpatients take {taken:g} of {resource}, but {facility} has "
                    "{units:g}: until they leave, nobody is added to them",
                    patients=people[key],
                    taken=taken[key],
                    resource=names[resource],
                    facility=group.facility_id,
                    units=there,
                )
                row = sheet.texts["group_id"].index(group.id)
                repairs.note(Rule.INPATIENTS_BEYOND, sheet.where(row, "patients"), what)


def transfer_options(
    sheet: Sheet, inpatients: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[TransferOption, ...]:
    """Take what ``transfers.csv`` states.

    Parameters
    ----------
    sheet, inpatients : Sheet
        ``transfers.csv`` and ``inpatients.csv``, their keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities and groups that were left out.
    """
    places = zip(inpatients.texts["group_id"], inpatients.texts["facility_id"], strict=True)
    groups = {key: row for row, (key, at) in enumerate(places) if at in facilities}
    kept = {"group_id": groups, "to_facility_id": facilities}
    return tuple(
        _option(sheet, row, inpatients, groups[sheet.texts["group_id"][row]])
        for row in kept_rows(sheet, kept, repairs).tolist()
    )


def _option(sheet: Sheet, row: int, inpatients: Sheet, group: int) -> TransferOption:
    minutes, escort = float(sheet.numbers["minutes"][row]), sheet.texts["escort"][row]
    there_and_back = 2 * minutes / 60
    vehicle = known_number(sheet, "vehicle_hours", row)
    away = known_number(sheet, "escort_hours", row)
    return TransferOption(
        group_id=sheet.texts["group_id"][row],
        to_id=sheet.texts["to_facility_id"][row],
        service_id=sheet.texts["to_service_id"][row] or inpatients.texts["service_id"][group],
        minutes=minutes,
        price_minutes=known_number(sheet, "price_minutes", row) or 0.0,
        vehicle_id=sheet.texts["vehicle_facility_id"][row]
        or inpatients.texts["facility_id"][group],
        vehicle_hours=there_and_back if vehicle is None else vehicle,
        escort=escort,
        escort_hours=(there_and_back if escort else 0.0) if away is None else away,
    )


def transport_of(
    sheet: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[Transport, ...]:
    """Take what ``transport.csv`` states.

    Parameters
    ----------
    sheet : Sheet
        ``transport.csv``, its keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out.
    """
    return tuple(
        Transport(
            sheet.texts["facility_id"][row],
            *(float(sheet.numbers[name][row]) for name in AMOUNTS),
        )
        for row in kept_rows(sheet, {"facility_id": facilities}, repairs).tolist()
    )


def refuse_transfers(inpatients: Sheet, sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each move that leads nowhere, and for moves of nobody.

    Parameters
    ----------
    inpatients, sheet : Sheet
        ``inpatients.csv`` and ``transfers.csv``.
    faults : Faults
        Gathers them.
    """
    at = dict(zip(inpatients.texts["group_id"], inpatients.texts["facility_id"], strict=True))
    for row, key in enumerate(sheet.texts["group_id"]):
        receiver = sheet.texts["to_facility_id"][row]
        if receiver and at.get(key) == receiver:
            what, remedy = say("the group is there already"), say("name another facility")
            faults.add(what, sheet.where(row, "to_facility_id"), remedy, receiver)
    if len(sheet) and not len(inpatients):
        remedy = say("add inpatients.csv, or delete transfers.csv")
        faults.add(say("there are no inpatients to move"), Where("transfers.csv"), remedy)
