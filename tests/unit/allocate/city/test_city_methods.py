"""What each method does that the others do not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from salus.allocate.city import exact
from salus.allocate.city.brute import Brute
from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.problem import CityProblem
from salus.allocate.lp.solution import LinearSolution, Status
from salus.core.clock import SystemClock
from salus.core.errors import DefectError
from salus.core.rng import stream

CLOCK = SystemClock()


def _city(need: list[float], beds: list[float], minutes: list[list[float]]) -> CityProblem:
    """One service, one bed-day a case; NaN minutes are no journey."""
    travel = np.array(minutes)
    district, facility = np.nonzero(np.isfinite(travel))
    return CityProblem(
        districts=tuple(f"D{i}" for i in range(len(need))),
        facilities=tuple(f"H{j}" for j in range(len(beds))),
        services=("ward",),
        resources=("bed",),
        periods=(date(2026, 6, 28),),
        need=np.array(need)[:, None, None],
        capacity=np.array(beds)[:, None, None],
        uses=np.ones((1, 1)),
        arc_district=district,
        arc_facility=facility,
        arc_service=np.zeros_like(district),
        arc_minutes=travel[district, facility],
        penalty=np.array([100.0]),
    )


def test_greedy_is_caught_by_its_short_sight() -> None:
    """Greedy gives the near bed to who has another; the exact plan looks ahead."""
    city = _city([1, 1], [1, 1], [[10, 20], [15, np.nan]])
    assert Greedy().solve(city, CLOCK).cost == pytest.approx(10 + 100)
    assert Exact().solve(city, CLOCK).cost == pytest.approx(20 + 15)


def test_greedy_takes_many_short_stays_before_a_long_one() -> None:
    """Where beds are short, the gain per bed-day decides, not the gain per case."""
    city = _city([4], [4], [[10]])
    city = replace(
        city,
        services=("long", "short"),
        need=np.array([[[1.0], [4.0]]]),
        uses=np.array([[4.0], [1.0]]),
        arc_district=np.array([0, 0]),
        arc_facility=np.array([0, 0]),
        arc_service=np.array([0, 1]),
        arc_minutes=np.array([10.0, 10.0]),
        penalty=np.array([120.0, 100.0]),
    )
    plan = Greedy().solve(city, CLOCK)
    assert (plan.service.tolist(), plan.cases.tolist()) == ([1], [4])


def test_the_status_quo_shares_what_there_is_and_sends_nobody_on() -> None:
    """Six come where three beds are: each district gets half, though H1 stands empty."""
    city = _city([4, 2], [3, 9], [[5, 30], [5, 30]])
    plan = Nearest().solve(city, CLOCK)
    assert plan.facility.tolist() == [0, 0]
    assert plan.cases.tolist() == [2, 1]
    assert plan.cost == pytest.approx(3 * 5 + 3 * 100)


def test_the_status_quo_passes_by_where_no_bed_is() -> None:
    """A facility without any bed takes nobody; of two as near, the first is taken."""
    city = _city([4], [0, 9, 9], [[5, 10, 10]])
    assert Nearest().solve(city, CLOCK).facility.tolist() == [1]


def test_the_status_quo_is_held_by_the_tightest_resource() -> None:
    """A case that takes two resources is served as far as the scarcer one goes."""
    city = small_city(0)
    city = replace(
        city,
        districts=("D1",),
        facilities=("H1",),
        services=("surgery",),
        periods=city.periods[:1],
        need=np.array([[[4.0]]]),
        capacity=np.array([[[8.0], [1.0]]]),
        uses=np.array([[2.0, 1.0]]),
        arc_district=np.array([0]),
        arc_facility=np.array([0]),
        arc_service=np.array([0]),
        arc_minutes=np.array([10.0]),
        penalty=np.array([50.0]),
    )
    assert Nearest().solve(city, CLOCK).cases.tolist() == [1]


def test_flow_declines_what_it_cannot_tell_apart() -> None:
    """A service that takes two resources is no flow, and the service is named; exact solves it."""
    city = small_city(0, coupled=True)
    assert not Flow().fits(city)
    with pytest.raises(ValueError, match="surgery"):
        Flow().solve(city, CLOCK)
    assert Exact().solve(city, CLOCK).bound is not None


def test_flow_states_its_scaling() -> None:
    """The whole numbers are stated, and smaller where the amounts are huge."""
    city = small_city(0)
    small, huge = (
        Flow().solve(replace(city, need=city.need * k, capacity=city.capacity * k), CLOCK)
        for k in (1, 10**10)
    )
    assert small.scaling is not None
    assert huge.scaling is not None
    assert small.scaling.amount_scale == 10**9
    assert huge.scaling.amount_scale < 10**5
    assert huge.cost == pytest.approx(small.cost * 10**10, rel=1e-6)


def test_flow_survives_boundless_capacity() -> None:
    """A capacity beyond all whole numbers is cut to what can be needed."""
    city = small_city(0)
    boundless = replace(city, capacity=np.full_like(city.capacity, 1e300))
    assert Flow().solve(boundless, CLOCK).cost == pytest.approx(
        Exact().solve(replace(city, capacity=np.full_like(city.capacity, 1e6)), CLOCK).cost
    )


def test_rounding_makes_no_bed_scarce() -> None:
    """In plenty a flow serves everybody and asks no price, whatever the digits of the need."""
    need = stream(0, "digits").lognormal(0, 3, 200)
    city = replace(
        _city([1], [1], [[10]]),
        periods=tuple(date(2026, 1, 1) + timedelta(days=day) for day in range(need.size)),
        need=need[None, None, :],
        capacity=np.full((1, 1, need.size), 1e9),
    )
    plan = Flow().solve(city, CLOCK)
    np.testing.assert_allclose(plan.cases, need)
    assert not plan.price.any()


def test_the_prices_of_a_flow_are_the_lowest() -> None:
    """A flow's price is what one more bed saves, where an LP may return any optimal dual."""
    city = _city([2], [2], [[10]])
    assert Flow().solve(city, CLOCK).price.tolist() == [[[0]]]


def test_brute_takes_only_tiny_cities() -> None:
    """The slow twin refuses what would take it too long."""
    city = small_city(0)
    with pytest.raises(ValueError, match="at most 3 journeys"):
        Brute(most_journeys=3).solve(city, CLOCK)


def test_a_solver_that_finds_nothing_is_our_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Serving nobody is always feasible, so no optimum means that something is broken."""
    monkeypatch.setattr(exact, "solve", lambda *_, **__: LinearSolution(Status.FAILED))
    with pytest.raises(DefectError, match="failed"):
        Exact().solve(small_city(0), CLOCK)


def test_a_flow_that_is_not_found_is_our_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaving everybody unmet is always a flow, so none means that something is broken."""
    stuck = SimpleMinCostFlow.INFEASIBLE
    monkeypatch.setattr(SimpleMinCostFlow, "solve", lambda _: stuck)
    with pytest.raises(DefectError, match="cheapest flow"):
        Flow().solve(small_city(0), CLOCK)
