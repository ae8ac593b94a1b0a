"""From the medicines of a region to the feature, and what goes without for want of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.problem import CityProblem
from salus.core.clock import SystemClock
from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.data.region.sample import sample_region
from salus.domain.medicine import (
    Batch,
    DeliveryRoute,
    Depot,
    MedicalStores,
    Medicine,
    OrderOffer,
)
from salus.service.medicines import in_time, medicines_of, unsupplied, want_of
from salus.service.rules import PlanningRules

if TYPE_CHECKING:
    from salus.data.region.region import Region

FIRST = date(2026, 6, 28)
DAYS = tuple(FIRST + timedelta(days=day) for day in range(3))
STORES = MedicalStores(
    (
        Medicine("A", "Antibiotic", "vial", 3.0, {"ward": 4.0}),
        Medicine("P", "Propofol", "vial", 6.0, {"icu": 2.0, "ward": 1.0}),
    ),
    (Depot("W", "Stores"),),
    (
        Batch("H01", "A", 30, date(2026, 6, 29), row=2),
        Batch("W", "P", 20, date(2027, 6, 29), date(2026, 6, 30), row=3),
        Batch("W", "A", 5, date(2026, 6, 27), row=4),
        Batch("W", "A", 6, date(2026, 6, 30), date(2026, 6, 20), row=5),
    ),
    (OrderOffer("W", "P", 40, 1, 10, 6.0, row=2),),
    (DeliveryRoute("W", "H02", 1, 50, 0.5, row=2),),
)


@pytest.fixture(scope="module")
def region() -> Region:
    """Give the sample with medicines."""
    return replace(read_region(sample_region()), stores=STORES)


def test_dates_become_periods_and_keys_become_indices(region: Region) -> None:
    """Days are counted from the first of the plan; what expired before is not there."""
    found = medicines_of(region, PlanningRules(minutes_per_money=2.0), DAYS)
    assert found is not None
    depot = len(region.facilities)
    assert found.depots == ("W",)
    assert found.doses.tolist() == [[4.0, 1.0], [0.0, 2.0]]
    assert found.batches.place.tolist() == [0, depot, depot]
    assert found.batches.last.tolist() == [1, 366, 2]
    assert found.batches.since.tolist() == [0, 2, 0]
    assert found.offers.lead.tolist() == [1]
    assert (found.ways.origin.tolist(), found.ways.target.tolist()) == ([depot], [1])
    assert found.minutes_per_money == 2.0


def test_a_region_without_medicines_plans_none() -> None:
    """Its problem is what it was: no feature, so that the parts of a plan stay apart."""
    assert medicines_of(read_region(sample_region()), PlanningRules(), DAYS) is None


def test_repairs_name_what_is_out_of_time(region: Region) -> None:
    """They stand in the order of files and rows, with those of the reading."""
    found = in_time(region, FIRST, 1).repairs
    late = [(r.where.source, r.where.row, r.rule) for r in found if r not in region.repairs]
    assert late == [
        ("stock.csv", 3, Rule.AFTER_THE_PLAN),
        ("stock.csv", 4, Rule.STOCK_EXPIRED),
        ("orders.csv", 2, Rule.AFTER_THE_PLAN),
        ("deliveries.csv", 2, Rule.AFTER_THE_PLAN),
    ]
    bare = read_region(sample_region())
    assert in_time(bare, FIRST, 1).repairs == bare.repairs


def test_facilities_without_medicines_are_found(region: Region) -> None:
    """Neither stock nor a way: H01 has the one, H02 the other."""
    found = {place.id for place in unsupplied(region)}
    assert not found & {"H01", "H02"}
    assert found == {facility for facility, _ in region.takes} - {"H01", "H02"}


def _problem(stores: MedicalStores, region: Region) -> CityProblem:
    medicines = medicines_of(replace(region, stores=stores), PlanningRules(), DAYS)
    assert isinstance(medicines, Medicines)
    return CityProblem(
        districts=("D",),
        facilities=tuple(place.id for place in region.facilities),
        services=("ward", "icu"),
        resources=("bed",),
        periods=DAYS,
        need=np.array([[[10.0] * 3, [0.0] * 3]]),
        capacity=np.full((len(region.facilities), 1, 3), 8.0),
        uses=np.array([[1.0], [1.0]]),
        arc_district=np.array([0, 0]),
        arc_facility=np.array([0, 0]),
        arc_service=np.array([0, 1]),
        arc_minutes=np.array([10.0, 10.0]),
        penalty=np.array([1000.0, 3000.0]),
        features=(medicines,),
    )


def test_want_is_what_planning_again_serves(region: Region) -> None:
    """Beds hold back two a day in any case; the scarcer medicine alone accounts for the rest."""
    last = date(2027, 1, 1)
    batches = (Batch("H01", "A", 24, last), Batch("H01", "P", 100, last))
    city = _problem(replace(STORES, batches=batches, orders=(), routes=()), region)

    plan = Exact().solve(city, SystemClock())
    found = want_of(city, plan, lambda problem: Exact().solve(problem, SystemClock()))
    assert found is not None
    assert found.together.tolist() == pytest.approx([18.0, 0.0])
    assert found.alone["A"].tolist() == pytest.approx([18.0, 0.0])
    assert found.alone["P"].tolist() == pytest.approx([0.0, 0.0])


def test_nothing_is_wanting_where_there_is_plenty(region: Region) -> None:
    """Then no medicine is tried by itself."""
    last = date(2027, 1, 1)
    batches = (Batch("H01", "A", 1000, last), Batch("H01", "P", 1000, last))
    city = _problem(replace(STORES, batches=batches, orders=(), routes=()), region)
    plan = Exact().solve(city, SystemClock())
    found = want_of(city, plan, lambda problem: Exact().solve(problem, SystemClock()))
    assert found is not None
    assert (found.together.tolist(), found.alone) == ([0.0, 0.0], {})
    assert want_of(replace(city, features=()), plan, lambda _: plan) is None
