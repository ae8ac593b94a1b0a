"""The files of medicines, checked against one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.messages import say
from salus.core.sheets.sheet import read_sheet
from salus.data.region import medicine_columns

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from salus.core.errors import Faults
    from salus.core.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True, eq=False)
class StoreSheets:
    """The files of medicines, without rows where they are not there.

    Parameters
    ----------
    medicines, depots, stock, orders, deliveries : Sheet
        In the order of :data:`salus.data.region.columns.TABLES`.
    """

    medicines: Sheet
    depots: Sheet
    stock: Sheet
    orders: Sheet
    deliveries: Sheet

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets in the order of :data:`salus.data.region.columns.TABLES`."""
        return (self.medicines, self.depots, self.stock, self.orders, self.deliveries)


def read_stores(path: Path, faults: Faults) -> StoreSheets:
    """Read the files of medicines, each by itself.

    Parameters
    ----------
    path : Path
        The region.
    faults : Faults
        Gathers everything that is wrong with them.

    Returns
    -------
    StoreSheets
    """
    return StoreSheets(
        medicines=read_sheet(path, medicine_columns.MEDICINES, faults),
        depots=read_sheet(path, medicine_columns.DEPOTS, faults),
        stock=read_sheet(path, medicine_columns.STOCK, faults),
        orders=read_sheet(path, medicine_columns.ORDERS, faults),
        deliveries=read_sheet(path, medicine_columns.DELIVERIES, faults),
    )


def refuse_stores(
    sheets: StoreSheets, path: Path, facilities: Sequence[str], faults: Faults
) -> None:
    """Gather a fault for each thing that the files of medicines say in two ways.

    Parameters
    ----------
    sheets : StoreSheets
        The files, each checked by itself.
    path : Path
        The region.
    facilities : sequence of str
        All keys that facilities.csv lists.
    faults : Faults
        Gathers them.
    """
    for sheet in (sheets.depots, sheets.stock, sheets.orders, sheets.deliveries):
        _refuse_alone(sheet, "medicines.csv", path, faults)
    _refuse_alone(sheets.orders, "depots.csv", path, faults)
    _refuse_contradictions(sheets.medicines, faults)
    for sheet in (sheets.stock, sheets.orders):
        _refuse_other_units(sheet, sheets.medicines, faults)
    _refuse_depots_that_treat(sheets.depots, facilities, faults)
    _refuse_stale_arrivals(sheets.stock, faults)
    _refuse_circles(sheets.deliveries, faults)


def _refuse_alone(sheet: Sheet, other: str, path: Path, faults: Faults) -> None:
    if len(sheet) and not (path / other).exists():
        what = say("this file means nothing without {file}, which is missing", file=other)
        remedy = say("put {file} into the folder, or leave this file out", file=other)
        faults.add(what, Where(sheet.table.file), remedy)


def _refuse_contradictions(sheet: Sheet, faults: Faults) -> None:
    first: dict[str, int] = {}
    costs, units = sheet.numbers["unit_cost"], sheet.texts["unit"]
    for index, key in enumerate(sheet.texts["medicine_id"]):
        start = first.setdefault(key, index)
        what = say("the medicine has another value in row {row}", row=sheet.rows[start])
        remedy = say("write the same value in all rows of the medicine")
        if key and abs(costs[index] - costs[start]) > 0:
            faults.add(what, sheet.where(index, "unit_cost"), remedy, float(costs[index]))
        if key and units[index] and units[index] != units[start]:
            faults.add(what, sheet.where(index, "unit"), remedy, units[index])


def _refuse_other_units(sheet: Sheet, medicines: Sheet, faults: Faults) -> None:
    counted = dict(
        zip(
            reversed(medicines.texts["medicine_id"]),
            reversed(medicines.texts["unit"]),
            strict=True,
        )
    )
    pairs = zip(sheet.texts["medicine_id"], sheet.texts["unit"], strict=True)
    for index, (medicine, unit) in enumerate(pairs):
        known = counted.get(medicine)
        if unit and known and unit != known:
            what = say("medicines.csv counts this medicine in the unit {unit}", unit=known)
            remedy = say("convert the amounts of this row, or correct the unit")
            faults.add(what, sheet.where(index, "unit"), remedy, unit)


def _refuse_depots_that_treat(sheet: Sheet, facilities: Sequence[str], faults: Faults) -> None:
    treating = frozenset(facilities)
    for index, key in enumerate(sheet.texts["depot_id"]):
        if key and key in treating:
            what = say("a facility has this key: it holds medicines without being a depot")
            remedy = say("delete the row, or give the depot another key")
            faults.add(what, sheet.where(index, "depot_id"), remedy, key)


def _refuse_stale_arrivals(sheet: Sheet, faults: Faults) -> None:
    pairs = zip(sheet.dates["arrival_date"], sheet.dates["expiry_date"], strict=True)
    for index, (arrives, expires) in enumerate(pairs):
        if arrives is not None and expires is not None and expires < arrives:
            what = say("these units expire before they arrive, on {day}", day=arrives)
            remedy = say("correct one of the two dates")
            faults.add(what, sheet.where(index, "expiry_date"), remedy, expires.isoformat())


def _refuse_circles(sheet: Sheet, faults: Faults) -> None:
    pairs = zip(sheet.texts["from_place_id"], sheet.texts["to_place_id"], strict=True)
    for index, (origin, target) in enumerate(pairs):
        if origin and origin == target:
            what, remedy = say("a place cannot send to itself"), say("name another place")
            faults.add(what, sheet.where(index, "to_place_id"), remedy, target)
