"""Groups of staff: who works where, how long each may work, and for how many patients."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Where
from salus.core.messages import say
from salus.data.region.known import kept_rows, known_number
from salus.domain.resource import Resource, Supply
from salus.domain.staff import UNITS, StaffGroup, Working

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from salus.core.errors import Faults
    from salus.core.messages import Message
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs

OF_A_GROUP = ("shift_hours", "week_hours", "rest_hours", "days_off")
"""Columns that hold the same number in all rows of a group."""


def staff_groups(
    sheet: Sheet, ratios: Sheet, facilities: Mapping[str, int], repairs: Repairs
) -> tuple[StaffGroup, ...]:
    """Take what ``staff.csv`` and ``ratios.csv`` state.

    Parameters
    ----------
    sheet, ratios : Sheet
        ``staff.csv`` and ``ratios.csv``, their keys checked.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out.
    """
    rows: dict[str, list[int]] = {}
    for row in kept_rows(sheet, {"facility_id": facilities}, repairs).tolist():
        rows.setdefault(sheet.texts["staff_id"][row], []).append(row)
    return tuple(_group(sheet, ratios, key, own) for key, own in rows.items())


def _group(sheet: Sheet, ratios: Sheet, key: str, rows: list[int]) -> StaffGroup:
    name = next((text for row in rows if (text := sheet.texts["name"][row])), "")
    days_off = _stated(sheet, "days_off", rows)
    return StaffGroup(
        id=key,
        name=say("{name}", name=name or key.replace("_", " ")),
        unit=sheet.texts["unit"][rows[0]],
        shift_hours=float(sheet.numbers["shift_hours"][rows[0]]),
        at=MappingProxyType(
            {
                sheet.texts["facility_id"][row]: Working(
                    float(sheet.numbers["people"][row]), float(sheet.numbers["staffed"][row])
                )
                for row in rows
            }
        ),
        week_hours=_stated(sheet, "week_hours", rows),
        rest_hours=_stated(sheet, "rest_hours", rows),
        days_off=None if days_off is None else int(days_off),
        patients=MappingProxyType(
            {
                ratios.texts["bed_id"][row]: float(ratios.numbers["patients"][row])
                for row, staff in enumerate(ratios.texts["staff_id"])
                if staff == key
            }
        ),
    )


def _stated(sheet: Sheet, column: str, rows: Sequence[int]) -> float | None:
    values = sheet.numbers[column][list(rows)]
    known = values[~np.isnan(values)]
    return float(known[0]) if known.size else None


def staff_supplies(groups: Iterable[StaffGroup]) -> dict[tuple[str, str], Supply]:
    """Make the supplies of staff, by facility and resource key."""
    return {
        (facility, group.id): Supply(facility, group.id, working.staffed)
        for group in groups
        for facility, working in group.at.items()
    }


def with_staff(
    resources: tuple[Resource, ...], groups: Iterable[StaffGroup]
) -> tuple[Resource, ...]:
    """Add the groups of staff to the resources that services use; staff is called by its name."""
    own = {
        group.id: Resource(
            group.id,
            group.name,
            say("working shift") if group.unit == "shifts" else say("working hour"),
        )
        for group in groups
    }
    used = {resource.id: own.get(resource.id, resource) for resource in resources}
    return tuple((used | own).values())


def refuse_staff(sheet: Sheet, ratios: Sheet, others: Iterable[Sheet], faults: Faults) -> None:
    """Gather what is wrong with staff: units, contradictions, what other files state.

    Parameters
    ----------
    sheet, ratios : Sheet
        ``staff.csv`` and ``ratios.csv``.
    others : iterable of Sheet
        Files that must not state the same group: ``supply.csv`` and ``surge.csv``.
    faults : Faults
        Gathers them.
    """
    _refuse_units(sheet, faults)
    _refuse_contradictions(sheet, faults)
    groups = frozenset(sheet.texts["staff_id"])
    for other in others:
        for row, key in enumerate(other.texts["resource_id"]):
            if key and key in groups:
                what = say("this resource is staff, which staff.csv states")
                remedy = say("delete the row, and write the people into staff.csv")
                faults.add(what, other.where(row, "resource_id"), remedy, key)
    for row, key in enumerate(ratios.texts["bed_id"]):
        if key and key in groups:
            what, remedy = say("a patient lies in no staff"), say("name the kind of bed")
            faults.add(what, ratios.where(row, "bed_id"), remedy, key)
    if len(ratios) and not len(sheet):
        remedy = say("add staff.csv, or delete ratios.csv")
        faults.add(say("there is no staff to keep the ratios"), Where("ratios.csv"), remedy)


def refuse_loans_of_staff(lending: Sheet, sheet: Sheet, faults: Faults) -> None:
    """Gather a fault for each loan of staff that contradicts what is said of them.

    Their working day is their shift, and the lender states its people.

    Parameters
    ----------
    lending, sheet : Sheet
        ``lending.csv`` and ``staff.csv``.
    faults : Faults
        Gathers them.
    """
    listed = set(zip(sheet.texts["facility_id"], sheet.texts["staff_id"], strict=True))
    shift = dict(zip(sheet.texts["staff_id"], sheet.numbers["shift_hours"].tolist(), strict=True))
    for row, key in enumerate(lending.texts["resource_id"]):
        stated, own = float(lending.numbers["hours_a_day"][row]), shift.get(key, np.nan)
        if abs(stated - own) > 0:
            what = say("staff.csv states shifts of {hours:g} hours for them", hours=own)
            remedy = say("write the same hours in both files, or leave this cell empty")
            faults.add(what, lending.where(row, "hours_a_day"), remedy, stated)
        lender = lending.texts["from_facility_id"][row]
        if key in shift and lender and (lender, key) not in listed:
            what = say("the lender does not state its people of this group")
            remedy = say("add a row for them to staff.csv, or delete this row")
            faults.add(what, lending.where(row, "from_facility_id"), remedy, lender)


def _refuse_units(sheet: Sheet, faults: Faults) -> None:
    for row, unit in enumerate(sheet.texts["unit"]):
        if unit and unit not in UNITS:
            remedy = say("write hours or shifts")
            faults.add(say("work is not counted in this"), sheet.where(row, "unit"), remedy, unit)
            continue
        people, staffed = (float(sheet.numbers[name][row]) for name in ("people", "staffed"))
        each = 1.0 if unit == "shifts" else float(sheet.numbers["shift_hours"][row])
        if staffed > people * each:
            faults.add(
                _too_much(unit, people, each),
                sheet.where(row, "staffed"),
                say("count in the unit that the row names, or write that unit"),
                staffed,
            )


def _too_much(unit: str, people: float, each: float) -> Message:
    if unit == "shifts":
        return say("more shifts a day than {people:g} people have, one each", people=people)
    return say(
        "more hours a day than {people:g} people have in shifts of {hours:g} hours",
        people=people,
        hours=each,
    )


def _refuse_contradictions(sheet: Sheet, faults: Faults) -> None:
    first: dict[tuple[str, str], tuple[int, str | float]] = {}
    for row, group in enumerate(sheet.texts["staff_id"]):
        numbers = {column: known_number(sheet, column, row) for column in OF_A_GROUP}
        stated = {**numbers, "unit": sheet.texts["unit"][row] or None}
        for column, value in stated.items():
            if not group or value is None:
                continue
            start, other = first.setdefault((group, column), (row, value))
            if value != other:
                what = say("the group has another value in row {row}", row=sheet.rows[start])
                remedy = say("write the same value in all rows of the group")
                faults.add(what, sheet.where(row, column), remedy, value)
