"""How the methods stand to one another, on seeded cities in shortage."""

from __future__ import annotations

import pytest

from salus.allocate.city.brute import Brute
from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.core.clock import SystemClock

CLOCK = SystemClock()
SHORTAGES = 200


def test_exact_is_never_worse_and_often_better() -> None:
    """On 200 shortages exact never costs more than the others, and on 40 or more it costs less."""
    better = {"greedy": 0, "nearest": 0}
    for seed in range(SHORTAGES):
        city = small_city(seed, coupled=seed % 2 == 1, supply=0.4 + 0.1 * (seed % 6))
        best = Exact().solve(city, CLOCK).cost
        for method in (Greedy(), Nearest()):
            cost = method.solve(city, CLOCK).cost
            assert best <= cost * (1 + 1e-9)
            better[method.name] += best < cost * (1 - 1e-6)
    assert min(better.values()) >= 40


@pytest.mark.parametrize("supply", [0.5, 0.8, 1.2])
def test_flow_and_linear_programme_agree(supply: float) -> None:
    """Where services share no second resource, flow and exact cost the same to 1e-6."""
    for seed in range(40):
        city = small_city(seed, supply=supply)
        assert Flow().solve(city, CLOCK).cost == pytest.approx(
            Exact().solve(city, CLOCK).cost, rel=1e-6
        )


@pytest.mark.parametrize("coupled", [False, True])
def test_the_slow_twin_agrees(*, coupled: bool) -> None:
    """The textbook simplex on exact fractions costs what exact costs, coupled or not."""
    for seed in range(12):
        city = small_city(seed, coupled=coupled)
        assert Exact().solve(city, CLOCK).cost == pytest.approx(
            Brute().solve(city, CLOCK).cost, rel=1e-9
        )
