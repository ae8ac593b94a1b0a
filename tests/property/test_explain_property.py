"""Every spoken value is confirmed by planning the changed city anew."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import Standing
from salus.allocate.city.explain.changes.base import changed
from salus.allocate.city.explain.changes.capacity import Add, Close, Lose
from salus.allocate.city.explain.changes.demand import Demand
from salus.allocate.city.explain.changes.roads import CloseRoad, Slower
from salus.allocate.city.explain.cheapest import cheapest
from salus.allocate.city.explain.ranges import Found, Unit
from salus.allocate.city.explain.short import Why
from salus.allocate.city.explain.underserved import most_underserved, underserved
from salus.allocate.city.explain.warm import Warm, WarmParts
from salus.allocate.city.explain.what_if import what_if
from salus.allocate.city.explain.worth import worth
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.tally import tally
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
SEEDS = st.integers(0, 10**6)
KINDS = st.sampled_from(["plain", "coupled", "featured"])
PLACES = st.tuples(st.integers(0, 2), st.integers(0, 1), st.integers(0, 2))
CHANGES = st.lists(
    st.sampled_from(
        [
            Add("H1", "icu_bed", 2, gives=0.85),
            Add("H2", "ward_bed", 3),
            Close("H3"),
            Slower(1.5, districts=("D1",)),
            Demand(1.2, services=("icu",)),
            Demand(0.5, districts=("D2", "D3")),
        ]
    ),
    max_size=3,
    unique=True,
)


def _city(kind: str, seed: int) -> CityProblem:
    if kind == "featured":
        return featured_city(seed)
    return small_city(seed, coupled=kind == "coupled")


def _standing(city: CityProblem) -> Standing:
    return Standing(city, Exact().solve(city, CLOCK), Exact(), CLOCK)


def _cost(city: CityProblem, unit: Unit, units: float) -> float:
    """Plan the whole city anew, with capacities written here and nowhere else."""
    capacity = city.capacity.copy()
    capacity[unit.facility, unit.resource, unit.since :] += units * unit.gives
    return Exact().solve(replace(city, capacity=np.maximum(capacity, 0)), CLOCK).cost


@settings(max_examples=25)
@given(SEEDS, KINDS, PLACES)
def test_what_a_unit_is_worth_is_what_it_saves(
    seed: int, kind: str, place: tuple[int, int, int]
) -> None:
    """The value of one more unit is the drop of the cost, and the prices bound it."""
    city, unit = _city(kind, seed), Unit(place[0], place[1], 0.85, place[2])
    standing = _standing(city)
    found = worth(standing, unit, ranged=False)
    saved = standing.plan.cost - _cost(city, unit, 1.0)
    assert found.confirmed == pytest.approx(saved, abs=1e-6)
    assert -1e-6 <= found.confirmed <= found.predicted + 1e-6


@settings(max_examples=20)
@given(SEEDS, KINDS, PLACES)
def test_a_value_holds_within_its_range_and_not_beyond(
    seed: int, kind: str, place: tuple[int, int, int]
) -> None:
    """Each unit saves the same within the range, and another amount just beyond a closed end."""
    city, unit = _city(kind, seed), Unit(place[0], place[1], 0.85, place[2])
    standing = _standing(city)
    found = worth(standing, unit).range
    assert found is not None
    assert found.found is Found.CURVE

    def off(units: float) -> float:
        return standing.plan.cost - _cost(city, unit, units) - found.rate * units

    for share in (0.25, 0.6, 1.0):
        assert off(share * found.more) == pytest.approx(0, abs=1e-5)
        assert off(-share * found.fewer) == pytest.approx(0, abs=1e-5)
    if not found.open:
        assert off(found.more + 0.2) < -1e-6
    if not found.bottom and found.fewer + 0.2 < unit.most_fewer(city):
        assert off(-found.fewer - 0.2) < -1e-6


@settings(max_examples=6)
@given(SEEDS, PLACES)
def test_whole_units_are_each_worth_the_same_within_their_range(
    seed: int, place: tuple[int, int, int]
) -> None:
    """Where bays open whole, the value holds for each whole number of units in the range."""
    city, unit = featured_city(seed, whole=True), Unit(place[0], place[1], 1.0, place[2])
    standing = _standing(city)
    found = worth(standing, unit)
    assert found.confirmed == pytest.approx(standing.plan.cost - _cost(city, unit, 1), abs=1e-6)
    assert found.range is not None
    assert found.range.found is Found.STEPS
    for units in range(-int(found.range.fewer), int(found.range.more) + 1):
        saved = standing.plan.cost - _cost(city, unit, units)
        assert saved == pytest.approx(found.range.rate * units, rel=1e-5, abs=1e-5)


@given(SEEDS, KINDS, CHANGES)
def test_what_a_change_does_is_what_planning_anew_does(
    seed: int, kind: str, changes: list[Add | Close | Slower | Demand]
) -> None:
    """The plan with the untouched parts kept is right, proven, and costs what a new one costs."""
    city = _city(kind, seed)
    plan = Exact().solve(city, CLOCK)
    found = what_if(city, plan, changes, Exact())
    checked = verify(found.problem, found.plan)
    assert checked.right
    assert abs(checked.gap) <= 1e-6
    anew = Exact().solve(changed(city, changes), CLOCK)
    assert found.plan.cost == pytest.approx(anew.cost, rel=1e-9, abs=1e-6)


@given(SEEDS, KINDS)
def test_no_change_changes_nothing(seed: int, kind: str) -> None:
    """Without a change the plan stays the very same, and every difference is 0."""
    city = _city(kind, seed)
    plan = Exact().solve(city, CLOCK)
    found = what_if(city, plan, [], Exact())
    assert found.plan is plan
    assert all(row.difference == 0 for row in found.compared.rows)
    assert not np.nan_to_num(found.compared.coverage_gained).any()


@given(SEEDS, KINDS)
def test_what_is_lost_and_given_back_costs_nothing(seed: int, kind: str) -> None:
    """Losing and then adding the same gives back the cost; losing alone never saves."""
    city = _city(kind, seed)
    plan = Exact().solve(city, CLOCK)
    units = float(city.capacity[1, 0].min()) / 2
    if units == 0:
        return
    lose, add = Lose("H2", "ward_bed", units), Add("H2", "ward_bed", units)
    both = what_if(city, plan, [lose, add], Exact())
    assert both.plan.cost == pytest.approx(plan.cost, rel=1e-9, abs=1e-6)
    assert what_if(city, plan, [lose], Exact()).plan.cost >= plan.cost - 1e-6


@given(SEEDS)
def test_a_closed_road_is_not_travelled(seed: int) -> None:
    """Nobody goes where the road is closed, and the others keep to what is left."""
    city = small_city(seed)
    if not ((city.arc_district == 0) & (city.arc_facility == 0)).any():
        return
    plan = Exact().solve(city, CLOCK)
    found = what_if(city, plan, [CloseRoad("D1", "H1")], Exact())
    assert not ((found.plan.district == 0) & (found.plan.facility == 0)).any()
    assert tally(found.problem, found.plan).cost >= plan.cost - 1e-6


@settings(max_examples=20)
@given(SEEDS, KINDS)
def test_the_cheapest_change_serves_the_district(seed: int, kind: str) -> None:
    """Planned anew with the change, the district lacks nothing; with less of it, it does."""
    city = _city(kind, seed)
    standing = _standing(city)
    district = most_underserved(city, standing.plan)
    if district is None:
        return
    i = city.districts.index(district)
    for remedy in cheapest(standing, district, gives=0.85):
        s = city.services.index(remedy.service)
        after = changed(city, [remedy.change])
        assert _left(after, i, s) == pytest.approx(0, abs=1e-5)
        if isinstance(remedy.change, Add) and remedy.size > 1:
            less = replace(remedy.change, units=remedy.size - 1)
            assert _left(changed(city, [less]), i, s) > 1e-6
        saved = standing.plan.cost - Exact().solve(after, CLOCK).cost
        assert remedy.saved == pytest.approx(saved, rel=1e-6, abs=1e-5)


def _left(city: CityProblem, i: int, s: int) -> float:
    counted = tally(city, Exact().solve(city, CLOCK))
    return float(np.maximum(counted.need - counted.served, 0)[i, s].sum())


@given(SEEDS, KINDS, st.booleans())
def test_each_reason_holds_by_arithmetic(seed: int, kind: str, best: bool) -> None:  # noqa: FBT001
    """What is called full is used up, what has room has it, and the best plan leaves no room."""
    city = _city(kind, seed) if best else small_city(seed, supply=1.2)
    plan = (Exact() if best else Greedy()).solve(city, CLOCK)
    counted = tally(city, plan)
    idle = (counted.capacity - counted.used) / np.maximum(counted.capacity, 1)
    unmet = np.maximum(counted.need - counted.served, 0)
    for district in city.districts:
        found = underserved(city, plan, district)
        i = city.districts.index(district)
        assert sum(found.unmet) == pytest.approx(unmet[i].sum(), abs=1e-9)
        assert {one.service for one in found.reasons} == {
            city.services[s] for s in np.flatnonzero(unmet[i].max(axis=1) > 1e-6)
        }
        for reason in found.reasons:
            s = city.services.index(reason.service)
            assert not (best and reason.why is Why.ROOM)
            assert "best use" not in str(reason.sentence) or not best
            arcs = city.arc_facility[(city.arc_district == i) & (city.arc_service == s)]
            assert (arcs.size == 0) == (reason.why is Why.NO_JOURNEY)
            if reason.resource is not None:
                place = city.facilities.index(str(reason.facility))
                held = idle[place, city.resources.index(reason.resource)]
                lacking = unmet[i, s] > 1e-6
                assert held[lacking if city.plain else slice(None)].min() <= 1e-6


@settings(max_examples=25)
@given(SEEDS, st.lists(st.floats(0.5, 1.5), min_size=2, max_size=4))
def test_a_city_in_the_solver_costs_the_same(seed: int, factors: list[float]) -> None:
    """Question after question, the plan made from the last one is right, proven and the best."""
    city = featured_city(seed)
    warm = Warm(city)
    for factor in factors:
        after = replace(city, capacity=factor * city.capacity)
        plan = warm.plan(after)
        assert plan is not None
        assert verify(after, plan).right
        assert plan.cost == pytest.approx(Exact().solve(after, CLOCK).cost, rel=1e-7, abs=1e-5)


@settings(max_examples=15)
@given(
    SEEDS,
    st.sampled_from(["apart", "coupled"]),
    st.lists(st.floats(0.0, 1.5), min_size=2, max_size=4),
)
def test_parts_in_the_solver_cost_the_same(seed: int, kind: str, factors: list[float]) -> None:
    """Question after question about parts that do not touch, plans are right and the best."""
    city = small_city(seed, coupled=kind == "coupled")
    warm = WarmParts(CLOCK)
    for factor in factors:
        capacity = city.capacity.copy()
        capacity[0, :, 1:] *= factor
        after = replace(city, capacity=capacity)
        plan = warm.plan(after)
        assert verify(after, plan).right
        assert verify(after, plan).gap <= 1e-7
        assert plan.cost == pytest.approx(Exact().solve(after, CLOCK).cost, rel=1e-7, abs=1e-5)
