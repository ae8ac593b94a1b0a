"""The flow where districts have many journeys, of which it looks at few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city import flow
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.problem import CityProblem
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.core.rng import stream

if TYPE_CHECKING:
    from numpy.typing import NDArray

CLOCK = SystemClock()


def _city(spread: float, supply: float, seed: int = 5) -> CityProblem:
    """Place 60 districts around a centre, and 80 hospitals evenly."""
    draw = stream(seed, "many journeys")
    home, place = draw.normal(50, spread, (60, 2)), draw.uniform(0, 100, (80, 2))
    minutes = np.hypot(*(home[:, None] - place[None]).transpose(2, 0, 1)).round(1)
    need = draw.integers(1, 30, (60, 1, 1)).astype(float)
    capacity = np.ceil(supply * need.sum() * draw.dirichlet(np.full(80, 2.0)))
    district, facility = np.divmod(np.arange(minutes.size), 80)
    return CityProblem(
        districts=tuple(f"D{i}" for i in range(60)),
        facilities=tuple(f"H{j}" for j in range(80)),
        services=("ward",),
        resources=("bed",),
        periods=(date(2026, 6, 28),),
        need=need,
        capacity=capacity[:, None, None],
        uses=np.ones((1, 1)),
        arc_district=district,
        arc_facility=facility,
        arc_service=np.zeros_like(district),
        arc_minutes=minutes.ravel(),
        penalty=np.array([300.0]),
    )


def _looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Note how many journeys the solver is shown each time."""
    seen: list[int] = []
    real = flow._cheapest

    def watched(network: flow._Network) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        seen.append(network.source.size)
        return real(network)

    monkeypatch.setattr(flow, "_cheapest", watched)
    return seen


def _agrees(city: CityProblem) -> None:
    plan = Flow().solve(city, CLOCK)
    assert verify(city, plan).right
    assert abs(verify(city, plan).gap) <= 1e-9
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-9)


def test_few_journeys_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a city that is spread out, the solver never sees half of the journeys."""
    city, seen = _city(spread=30, supply=1.2), _looked_at(monkeypatch)
    _agrees(city)
    assert max(seen) < city.arc_minutes.size / 2


def test_a_crowded_centre_asks_a_small_city_for_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all live in one place, the sixteen nearest are full, and a sample tells the others."""
    city, seen = _city(spread=1, supply=1.0), _looked_at(monkeypatch)
    _agrees(city)
    assert min(seen) == 6 * 80


def test_in_the_end_all_journeys_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """When turn after turn brings more journeys, the solver is shown all of them."""
    monkeypatch.setattr(flow, "TURNS", 0)
    city, seen = _city(spread=1, supply=1.0), _looked_at(monkeypatch)
    _agrees(city)
    assert seen[0] < city.arc_minutes.size
    assert seen[1:] == [city.arc_minutes.size]


def test_where_no_bed_is_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hospitals without a bed are left out at once, and their price is what a bed would save."""
    city = _city(spread=10, supply=0.8)
    capacity = city.capacity.copy()
    capacity[:70] = 0
    city, seen = replace(city, capacity=capacity), _looked_at(monkeypatch)
    _agrees(city)
    assert seen == [10 * 60]
    assert (Flow().solve(city, CLOCK).price[:70] > 0).all()
