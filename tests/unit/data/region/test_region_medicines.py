"""The files of medicines: what is read, refused and left out."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.region.stores import out_of_time
from salus.domain.medicine import Batch, DeliveryRoute, Depot, MedicalStores, OrderOffer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

MEDICINES = """\
medicine_id,name,service_id,units_per_case,unit,unit_cost
A,Antibiotic,ward,4,vial,3
A,,icu,8,vial,3
"""
DEPOTS = "depot_id,name\nW1,\n"
STOCK = """\
place_id,medicine_id,units,unit,expiry_date,arrival_date
F1,A,30,vial,2026-06-30,
W1,A,20,,2026-07-30,2026-06-29
"""
ORDERS = "depot_id,medicine_id,days,usable_days,units_per_day,unit_cost\nW1,A,2,90,40,3\n"
DELIVERIES = "from_place_id,to_place_id,days,units_per_day,unit_cost\nW1,F2,1,50,0.5\n"


def _places(caught: pytest.ExceptionInfo[InputError]) -> set[tuple[str, int | None, str | None]]:
    return {(str(f.where.source), f.where.row, f.where.column) for f in caught.value.faults}


def test_medicines_are_read(write: Write) -> None:
    """Rows of a medicine are one, names fall back to keys, dates and lines are kept."""
    stores = read_region(
        write(medicines=MEDICINES, depots=DEPOTS, stock=STOCK, orders=ORDERS, deliveries=DELIVERIES)
    ).stores
    (medicine,) = stores.medicines
    assert (medicine.name, medicine.unit, dict(medicine.doses)) == (
        "Antibiotic",
        "vial",
        {"ward": 4, "icu": 8},
    )
    assert stores.depots == (Depot("W1", "W1"),)
    assert stores.batches == (
        Batch("F1", "A", 30, date(2026, 6, 30), None, 2),
        Batch("W1", "A", 20, date(2026, 7, 30), date(2026, 6, 29), 3),
    )
    assert stores.orders == (OrderOffer("W1", "A", 40, 2, 90, 3, 2),)
    assert stores.routes == (DeliveryRoute("W1", "F2", 1, 50, 0.5, 2),)


def test_a_region_without_the_files_has_no_stores(write: Write) -> None:
    """All five files are optional."""
    assert read_region(write()).stores == MedicalStores()


def test_all_faults_of_medicines_are_told_at_once(write: Write) -> None:
    """What is unknown, negative, contradictory or in another unit is named by file and row."""
    folder = write(
        medicines=MEDICINES + "A,,surgery,1,tablet,4\n",
        depots=DEPOTS + "F1,Twice\n",
        stock=STOCK
        + "X,A,1,,2026-07-01,\nF1,B,1,,2026-07-01,\nF2,A,-1,tablet,2026-07-01,2026-07-02\n"
        + "F1,A,2,,2026-06-30,\n",
        orders=ORDERS + "F2,A,1.5,0,1,1\n",
        deliveries=DELIVERIES + "W1,W1,0,5,0\nW1,W9,0,5,0\n",
    )
    with pytest.raises(InputError) as caught:
        read_region(folder)
    assert _places(caught) == {
        ("medicines.csv", 4, "service_id"),
        ("medicines.csv", 4, "unit"),
        ("medicines.csv", 4, "unit_cost"),
        ("depots.csv", 3, "depot_id"),
        ("stock.csv", 4, "place_id"),
        ("stock.csv", 5, "medicine_id"),
        ("stock.csv", 6, "units"),
        ("stock.csv", 6, "unit"),
        ("stock.csv", 6, "expiry_date"),
        ("stock.csv", 7, "arrival_date"),
        ("orders.csv", 3, "depot_id"),
        ("orders.csv", 3, "days"),
        ("orders.csv", 3, "usable_days"),
        ("deliveries.csv", 3, "to_place_id"),
        ("deliveries.csv", 4, "to_place_id"),
    }


def test_stock_means_nothing_without_medicines(write: Write) -> None:
    """A file that needs another one says which is missing."""
    with pytest.raises(InputError) as caught:
        read_region(write(stock=STOCK.replace("W1", "F2"), orders=ORDERS))
    said = [str(fault) for fault in caught.value.faults]
    assert [line.split(":")[0] for line in said] == ["stock.csv", "orders.csv", "orders.csv"]
    assert "without medicines.csv" in said[0]
    assert "without depots.csv" in said[2]


def test_rows_of_places_that_were_left_out_are_left_out(write: Write) -> None:
    """A facility without a position takes its stock with it, and that is listed."""
    facilities = """\
facility_id,name,type,city,state,county,latitude,longitude,staffed_beds,staffed_icu_beds,licensed_beds,bed_occupancy,icu_occupancy
F1,Mercy,GENERAL ACUTE CARE,Town,FL,NORTH,28.0,-82.0,100,10,120,0.7,0.8
F2,Grace,GENERAL ACUTE CARE,Town,FL,SOUTH,,,50,0,60,0.6,
"""
    stock = STOCK + "F2,A,9,,2026-07-01,\n"
    region = read_region(
        write(facilities=facilities, medicines=MEDICINES, depots=DEPOTS, stock=stock)
    )
    assert [batch.place_id for batch in region.stores.batches] == ["F1", "W1"]
    assert [r.where.row for r in region.repairs if r.where.source == "stock.csv"] == [4]


def test_what_is_out_of_time_is_found() -> None:
    """Expired before the plan, arriving after it, or taking as long as it: each by its row."""
    first = date(2026, 6, 28)
    stores = MedicalStores(
        batches=(
            Batch("F1", "A", 1, date(2026, 6, 27), row=2),
            Batch("F1", "A", 1, date(2026, 6, 28), row=3),
            Batch("F1", "A", 1, date(2026, 7, 9), arrives=date(2026, 7, 1), row=4),
        ),
        orders=(OrderOffer("W1", "A", 1, 2, 9, 1, row=2), OrderOffer("W1", "B", 1, 3, 9, 1, row=3)),
        routes=(DeliveryRoute("W1", "F1", 3, 1, 1, row=2),),
    )
    found = [(where.source, where.row, stale) for where, _, stale in out_of_time(stores, first, 3)]
    assert found == [
        ("stock.csv", 2, True),
        ("stock.csv", 4, False),
        ("orders.csv", 3, False),
        ("deliveries.csv", 2, False),
    ]
