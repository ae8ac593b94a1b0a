"""Random cities, with odd numbers and odd shapes: the proofs hold and the methods agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.allocate.city.bound import lagrangian
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.core.rng import stream
from tests.fakes.odd_cities import cities

if TYPE_CHECKING:
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()


@given(cities(coupled=False))
def test_flow_and_linear_programme_agree_on_odd_cities(city: CityProblem) -> None:
    """Both plans break no rule, leave no gap and cost the same to 1e-6."""
    exact, flow = Exact().solve(city, CLOCK), Flow().solve(city, CLOCK)
    for plan in (exact, flow):
        found = verify(city, plan)
        assert found.right
        assert abs(found.gap) <= 1e-6
    assert flow.cost == pytest.approx(exact.cost, rel=1e-6, abs=1e-9)


@given(cities(coupled=True))
def test_the_exact_plan_is_proven_where_resources_are_coupled(city: CityProblem) -> None:
    """The exact plan is right and proven, and no other method costs less."""
    exact = Exact().solve(city, CLOCK)
    found = verify(city, exact)
    assert found.right
    assert abs(found.gap) <= 1e-6
    for method in (Greedy(), Nearest()):
        plan = method.solve(city, CLOCK)
        assert verify(city, plan).right
        assert exact.cost <= plan.cost * (1 + 1e-9) + 1e-9


@given(cities(coupled=True), st.integers(0, 10**6))
def test_no_prices_prove_more_than_the_cost(city: CityProblem, seed: int) -> None:
    """Whatever the prices, the bound stays at or below the cost of the exact plan."""
    price = stream(seed, "prices").exponential(30, city.capacity.shape)
    cost = Exact().solve(city, CLOCK).cost
    assert lagrangian(city, price) <= cost * (1 + 1e-9) + 1e-9
