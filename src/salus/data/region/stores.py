"""Medicines of a region: what cases need, what lies where, what can be ordered and sent."""

from __future__ import annotations

from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.messages import say
from salus.data.region.known import kept_rows
from salus.domain.medicine import (
    Batch,
    DeliveryRoute,
    Depot,
    MedicalStores,
    Medicine,
    OrderOffer,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from salus.core.messages import Message
    from salus.core.sheets.sheet import Sheet
    from salus.data.region.repairs import Repairs
    from salus.data.region.store_sheets import StoreSheets


def stores_of(
    sheets: StoreSheets, facilities: Mapping[str, int], repairs: Repairs
) -> MedicalStores:
    """Take what the files of medicines state.

    Parameters
    ----------
    sheets : StoreSheets
        The files, without faults.
    facilities : mapping of str to int
        Keys of the facilities in the region.
    repairs : Repairs
        Gathers rows about facilities that were left out.

    Returns
    -------
    MedicalStores
        Empty where there are no such files.
    """
    depots = sheets.depots.texts["depot_id"]
    places = {**facilities, **dict.fromkeys(depots, 0)}
    return MedicalStores(
        tuple(_medicines(sheets.medicines)),
        tuple(
            Depot(key, name or key)
            for key, name in zip(depots, sheets.depots.texts["name"], strict=True)
        ),
        tuple(_batches(sheets.stock, places, repairs)),
        tuple(_orders(sheets.orders)),
        tuple(_routes(sheets.deliveries, places, repairs)),
    )


def _medicines(sheet: Sheet) -> Iterator[Medicine]:
    rows: dict[str, list[int]] = {}
    for index, key in enumerate(sheet.texts["medicine_id"]):
        rows.setdefault(key, []).append(index)
    services, units = sheet.texts["service_id"], sheet.numbers["units_per_case"]
    for key, indexes in rows.items():
        names = (sheet.texts["name"][row] for row in indexes)
        yield Medicine(
            key,
            next((name for name in names if name), key),
            sheet.texts["unit"][indexes[0]],
            float(sheet.numbers["unit_cost"][indexes[0]]),
            MappingProxyType({services[row]: float(units[row]) for row in indexes}),
        )


def _batches(sheet: Sheet, places: Mapping[str, int], repairs: Repairs) -> Iterator[Batch]:
    for row in kept_rows(sheet, {"place_id": places}, repairs):
        expires = sheet.dates["expiry_date"][row]
        if expires is not None:  # an empty one was refused
            yield Batch(
                sheet.texts["place_id"][row],
                sheet.texts["medicine_id"][row],
                float(sheet.numbers["units"][row]),
                expires,
                sheet.dates["arrival_date"][row],
                sheet.rows[row],
            )


def _orders(sheet: Sheet) -> Iterator[OrderOffer]:
    numbers = sheet.numbers
    for row, line in enumerate(sheet.rows):
        yield OrderOffer(
            sheet.texts["depot_id"][row],
            sheet.texts["medicine_id"][row],
            float(numbers["units_per_day"][row]),
            int(numbers["days"][row]),
            int(numbers["usable_days"][row]),
            float(numbers["unit_cost"][row]),
            line,
        )


def _routes(sheet: Sheet, places: Mapping[str, int], repairs: Repairs) -> Iterator[DeliveryRoute]:
    numbers = sheet.numbers
    for row in kept_rows(sheet, {"from_place_id": places, "to_place_id": places}, repairs):
        yield DeliveryRoute(
            sheet.texts["from_place_id"][row],
            sheet.texts["to_place_id"][row],
            int(numbers["days"][row]),
            float(numbers["units_per_day"][row]),
            float(numbers["unit_cost"][row]),
            sheet.rows[row],
        )


def out_of_time(
    stores: MedicalStores, first: date, days: int
) -> Iterator[tuple[Where, Message, bool]]:
    """Tell which rows cannot matter to a plan: too old for it, or too late.

    Parameters
    ----------
    stores : MedicalStores
        What was stated.
    first : date
        First day of the plan.
    days : int
        Days of the plan.

    Yields
    ------
    where : Where
        The row, and the column that rules it out.
    what : Message
        Why.
    stale : bool
        Whether it expired before the plan; else it would come after the plan.
    """
    last = first + timedelta(days=days - 1)
    for batch in stores.batches:
        if batch.expires < first:
            what = say("expired on {day}, before the plan begins: left out", day=batch.expires)
            yield Where("stock.csv", batch.row, "expiry_date"), what, True
        elif batch.arrives is not None and batch.arrives > last:
            what = say("arrives on {day}, after the plan: left out", day=batch.arrives)
            yield Where("stock.csv", batch.row, "arrival_date"), what, False
    orders = (("orders.csv", each.days, each.row) for each in stores.orders)
    routes = (("deliveries.csv", each.days, each.row) for each in stores.routes)
    for file, taken, row in (*orders, *routes):
        if taken >= days:
            what = say(
                "takes {taken} days, and the plan has {days}: never used", taken=taken, days=days
            )
            yield Where(file, row, "days"), what, False
