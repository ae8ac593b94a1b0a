"""Medicines on cases that can be worked out by hand, and what is refused and found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from salus.allocate.city.aims import Aim
from salus.allocate.city.exact import Exact
from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.allocate.city.features.medicines.medicines import Medicines
from salus.allocate.city.features.medicines.supply import Batches, Orders, Routes
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

CLOCK = SystemClock()


def _batches(*rows: tuple[int, float, int]) -> Batches:
    place, units, last = zip(*rows, strict=True)
    kind = np.zeros(len(rows), dtype=int)
    return Batches(np.array(place), kind, np.array(units, dtype=float), np.array(last))


def _medicines(batches: Batches, **changes: Any) -> Medicines:
    return Medicines(
        ("drug",), np.array([[2.0]]), np.array([10.0]), batches, depots=("D",), **changes
    )


def _route(periods: int, most: float, price: float) -> Routes:
    origin, target, under_way = (np.array([one]) for one in (1, 0, periods))
    return Routes(origin, target, under_way, np.array([most]), np.array([price]))


def _offer(lead: int, shelf_life: int) -> Orders:
    place, medicine, wait, life = (np.array([one]) for one in (1, 0, lead, shelf_life))
    return Orders(place, medicine, wait, life, np.array([5.0]), np.array([2.0]))


def _city(need: list[float], medicines: Medicines) -> CityProblem:
    periods = len(need)
    return CityProblem(
        districts=("A",),
        facilities=("H",),
        services=("ward",),
        resources=("bed",),
        periods=tuple(date(2026, 6, 28) + timedelta(days=day) for day in range(periods)),
        need=np.array([[need]]),
        capacity=np.full((1, 1, periods), 100.0),
        uses=np.array([[1.0]]),
        arc_district=np.array([0]),
        arc_facility=np.array([0]),
        arc_service=np.array([0]),
        arc_minutes=np.array([10.0]),
        penalty=np.array([1000.0]),
        features=(medicines,),
    )


def _dispensed(city: CityProblem) -> tuple[Dispensed, float]:
    plan = Exact().solve(city, CLOCK)
    found = plan.decision(Dispensed)
    assert found is not None
    assert verify(city, plan).right
    return found, plan.cost


def test_what_expires_first_is_given_first() -> None:
    """Two cases a day take the batch that ends sooner, and what is left of it expires."""
    city = _city([2, 2, 0], _medicines(_batches((0, 100, 2), (0, 6, 0))))
    found, cost = _dispensed(city)
    assert found.last.tolist() == [0, 2]
    assert found.used[0].round(6).tolist() == [[4, 0, 0], [0, 4, 0]]
    assert found.expired[0].round(6).tolist() == [[2, 0, 0], [0, 0, 96]]
    assert cost == pytest.approx(4 * 10 + 98 * 10)


def test_stock_is_sent_from_the_depot_in_time() -> None:
    """A route of one period brings what is needed on the second day, and no more."""
    way = _route(1, 8.0, 0.5)
    city = _city([3, 3], _medicines(_batches((1, 50, 9)), routes=way))
    found, cost = _dispensed(city)
    assert found.shipped[0].round(6).tolist() == [[6, 0]]
    assert found.used[0].round(6).tolist() == [[0, 6]]
    assert found.stock[1].round(6).tolist() == [[44, 44]]
    assert cost == pytest.approx(3 * 10 + 3 * 1000 + 3)


def test_an_order_comes_after_its_lead_and_lasts_its_shelf_life() -> None:
    """Ordered on the first day, it is sent on and given on the second, and would expire then."""
    way = _route(0, 99.0, 0.0)
    offer = _offer(lead=1, shelf_life=1)
    city = _city([0, 4, 0], _medicines(_batches((1, 0, 9)), routes=way, orders=offer))
    found, cost = _dispensed(city)
    assert found.ordered.round(6).tolist() == [[5, 0, 0]]
    assert found.used.sum() == pytest.approx(5)
    assert cost == pytest.approx(2.5 * 10 + 1.5 * 1000 + 10)


def test_what_comes_within_a_period_is_not_sent_on_in_it() -> None:
    """Over two routes that take no time, units need a night in between."""
    ways = Routes(
        np.array([1, 2]), np.array([2, 0]), np.array([0, 0]), np.full(2, 99.0), np.zeros(2)
    )
    medicines = replace(_medicines(_batches((1, 50, 9)), routes=ways), depots=("D", "E"))
    found, _ = _dispensed(_city([3, 3], medicines))
    assert found.used[0].round(6).tolist() == [[0, 6]]


def test_doses_fall_due_over_the_stay() -> None:
    """A case whose second day's dose cannot be had is not admitted."""
    medicines = _medicines(_batches((0, 99, 0)))
    now = _city([3, 0], medicines)
    assert _dispensed(now)[0].used.sum() == pytest.approx(6)
    assert _dispensed(replace(now, stay=np.array([[0.5, 0.5]])))[0].used.sum() == 0


def test_an_expected_delivery_counts_from_its_day() -> None:
    """What is on its way is not there before it arrives."""
    batch = replace(_batches((0, 4, 9)), arrives=np.array([1]))
    found, _ = _dispensed(_city([3, 3], _medicines(batch)))
    assert found.used[0].round(6).tolist() == [[0, 4]]


def test_charges_are_minutes_by_the_stated_rate() -> None:
    """Waste is unit cost times its weight, and both terms are money times the rate."""
    medicines = _medicines(_batches((0, 6, 0)), minutes_per_money=0.5, waste_weight=3.0)
    city = _city([2], medicines)
    plan = Exact().solve(city, CLOCK)
    assert tally(city, plan).charges[Aim.WASTE] == pytest.approx(2 * 10 * 0.5 * 3)


SENT = _route(1, 8.0, 0.5)
OFFER = _offer(lead=0, shelf_life=2)
CITY = _city([3, 3, 3], _medicines(_batches((0, 4, 1), (0, 2, 2), (1, 50, 9)), routes=SENT))
PLAN = Exact().solve(CITY, CLOCK)


@pytest.mark.parametrize(
    ("field", "place", "amount", "rule"),
    [
        ("used", (0, 0, 0), 1.0, "batch"),
        ("used", (0, 0, 0), 1.0, "doses"),
        ("used", (0, 0, 2), 1.0, "expires"),
        ("used", (0, 0, 0), -20.0, "amounts"),
        ("stock", (1, 2, 2), 3.0, "batch"),
        ("stock", (0, 0, 1), 3.0, "expires"),
        ("expired", (1, 2, 0), 3.0, "expires"),
        ("shipped", (0, 2, 0), 9.0, "route"),
        ("shipped", (0, 2, 0), 99.0, "sends"),
        ("shipped", (0, 2, 2), 1.0, "sends"),
        ("shipped", (0, 2, 1), -20.0, "amounts"),
    ],
)
def test_a_false_decision_is_found(
    field: str, place: tuple[int, int, int], amount: float, rule: str
) -> None:
    """One figure changed breaks the rule that it must."""
    found = PLAN.decision(Dispensed)
    assert found is not None
    values = getattr(found, field).copy()
    values[place] += amount
    wrong = replace(PLAN, decisions=(replace(found, **{field: values}),))
    assert rule in {one.constraint.name for one in verify(CITY, wrong).violations}


def test_giving_the_later_batch_first_is_found() -> None:
    """Two units swapped between batches and days leave all sums, but break the order."""
    city = _city([1, 1], _medicines(_batches((0, 2, 1), (0, 2, 9))))
    plan = Exact().solve(city, CLOCK)
    found = plan.decision(Dispensed)
    assert found is not None
    used, stock = found.used.copy(), found.stock.copy()
    used[0, :2, 0] += [-2, 2]
    used[0, :2, 1] += [2, -2]
    stock[0, :2, 0] += [2, -2]
    wrong = replace(plan, decisions=(replace(found, used=used, stock=stock),))
    broken = verify(city, wrong).violations
    assert {one.constraint.name for one in broken} == {"first expired"}
    assert str(broken[0].where) == "drug at H on 2026-06-28"


def test_orders_that_nobody_offers_are_found() -> None:
    """More than the offer, or too late for the plan, breaks a rule with its place."""
    city = _city([3, 3], _medicines(_batches((1, 5, 9)), orders=replace(OFFER, lead=np.array([1]))))
    plan = Exact().solve(city, CLOCK)
    found = plan.decision(Dispensed)
    assert found is not None
    wrong = replace(plan, decisions=(replace(found, ordered=np.array([[6.0, 1.0]])),))
    broken = [one for one in verify(city, wrong).violations if one.constraint.name == "ordered"]
    assert [round(one.amount, 6) for one in broken] == [1, 1]
    assert str(broken[0].where) == "drug ordered by D on 2026-06-28"


def test_arrays_of_another_shape_are_refused() -> None:
    """A decision of another problem cannot be followed, and says so."""
    found = PLAN.decision(Dispensed)
    assert found is not None
    wrong = replace(PLAN, decisions=(replace(found, used=found.used[:, :, :1]),))
    with pytest.raises(ValueError, match=r"used of the medicines must have shape \(1, 3, 3\)"):
        verify(CITY, wrong)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"medicines": ("drug", "drug")}, "a key may be given once, but drug is 2 times"),
        ({"depots": ("H",)}, "a key may be given once, but H is 2 times"),
        ({"doses": np.ones((2, 1))}, r"doses must have shape \(1, 1\), but has \(2, 1\)"),
        ({"unit_cost": np.array([-1.0])}, "unit_cost must be finite and 0 or more, but holds -1.0"),
        ({"minutes_per_money": np.nan}, "minutes_per_money must be finite"),
        ({"batches": _batches((7, 1, 1))}, "batches.place must be from 0 to 1, but holds 7"),
        ({"batches": _batches((0, np.inf, 1))}, "batches.units must be finite"),
        (
            {"batches": replace(_batches((0, 1, 1)), arrives=np.array([2]))},
            "batch 0 of drug must be usable when it arrives in period 2, but its last",
        ),
        ({"orders": replace(OFFER, place=np.array([0]))}, "orders.place must be from 1 to 1"),
        ({"orders": replace(OFFER, shelf_life=np.array([0]))}, "orders.shelf_life must be 1 or"),
        ({"orders": replace(OFFER, lead=np.array([0.5]))}, "lead must hold whole numbers"),
        ({"routes": replace(SENT, target=np.array([1]))}, "route 0 must lead elsewhere"),
        ({"routes": replace(SENT, most=np.array([np.nan]))}, "routes.most must be finite"),
    ],
)
def test_what_means_nothing_is_refused(changes: dict[str, Any], named: str) -> None:
    """Each fault is named with what was found."""
    medicines = replace(_medicines(_batches((0, 4, 1))), **changes)
    with pytest.raises(ValueError, match=named):
        _city([3, 3, 3], medicines)


def test_all_faults_are_named_at_once() -> None:
    """Independent faults come in one error."""
    medicines = replace(_medicines(_batches((9, -4, 1))), doses=np.array([[-1.0]]))
    with pytest.raises(ValueError, match=r"doses.*place.*units"):
        _city([3], medicines)
