"""Random cities: what is a flow is planned as one, auto is exact, and greedy keeps its word."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given

from salus.allocate.city import flow
from salus.allocate.city.auto import Auto
from salus.allocate.city.exact import Exact
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy, guarantee
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from tests.fakes.odd_cities import cities, nested_cities

if TYPE_CHECKING:
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()


def _proven(city: CityProblem, plan: CityPlan) -> None:
    found = verify(city, plan)
    assert found.right
    assert abs(found.gap) <= 1e-6
    assert plan.cost == pytest.approx(Exact().solve(city, CLOCK).cost, rel=1e-6, abs=1e-6)


@given(nested_cities())
def test_nested_limits_are_a_flow(city: CityProblem) -> None:
    """Five services within nested limits fit the flow, which costs what exact costs, proven."""
    assert Flow().fits(city)
    _proven(city, Flow().solve(city, CLOCK))


@given(cities(coupled=True))
def test_whatever_fits_a_flow_costs_what_exact_costs(city: CityProblem) -> None:
    """Where services share at random, the flow refuses or is proven."""
    if Flow().fits(city):
        _proven(city, Flow().solve(city, CLOCK))
    else:
        with pytest.raises(ValueError, match="nested"):
            Flow().solve(city, CLOCK)


@given(nested_cities())
def test_a_shortlist_loses_nothing(city: CityProblem) -> None:
    """Looked at first one journey by one, the flow ends with the same proof and cost."""
    with patch.multiple(flow, FEW=1, MANY=1):
        _proven(city, Flow().solve(city, CLOCK))


@given(cities(coupled=True))
def test_auto_is_exact(city: CityProblem) -> None:
    """Auto is proven, costs what exact costs, and says why for each group of services."""
    plan = Auto().solve(city, CLOCK)
    _proven(city, plan)
    assert len(plan.why) == len(Auto().choose(city))


@given(cities(coupled=True))
def test_greedy_saves_the_share_that_it_promises(city: CityProblem) -> None:
    """What greedy saves against serving nobody is at least its guaranteed share of the most."""
    nobody = float((city.need.sum(axis=2) @ city.penalty).sum())
    most = nobody - Exact().solve(city, CLOCK).cost
    saved = nobody - Greedy().solve(city, CLOCK).cost
    assert saved >= guarantee(city) * most - 1e-9 * nobody


@given(cities(coupled=False))
def test_greedy_saves_half_where_a_case_takes_one_resource(city: CityProblem) -> None:
    """With one resource a case the promise is one half, whatever the lengths of stay."""
    assert guarantee(city) == pytest.approx(0.5)
