"""The methods on real regions: every plan right, the exact ones proven and agreed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.worth import tightest
from salus.allocate.city.flow import Flow
from salus.allocate.city.greedy import Greedy
from salus.allocate.city.nearest import Nearest
from salus.allocate.city.verify import verify
from salus.core.clock import SystemClock
from salus.data.region.need import base_cases
from salus.data.region.reader import read_region
from salus.domain.demand import Demand
from salus.service.city import city_problem
from salus.service.rules import PlanningRules

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.city.base import CityMethod
    from salus.allocate.city.problem import CityProblem

CLOCK = SystemClock()
METHODS: tuple[CityMethod, ...] = (Exact(), Flow(), Greedy(), Nearest())


def _week(folder: Path, times: float = 1.0) -> CityProblem:
    region = read_region(folder)
    days = tuple(date(2026, 6, 28) + timedelta(days=day) for day in range(7))
    cases = np.repeat(times * base_cases(region).cases[:, :, None], 7, axis=2)
    demand = Demand(
        tuple(item.id for item in region.districts),
        tuple(item.id for item in region.services),
        days,
        cases,
    )
    return city_problem(region, demand, PlanningRules())


@pytest.mark.shared
@pytest.mark.parametrize(("name", "times"), [("florida", 1.0), ("florida", 1.4), ("us", 1.0)])
def test_a_real_week_is_planned_right(shared: Path, name: str, times: float) -> None:
    """Nothing is broken, exact and flow leave no gap and agree, and nothing costs less."""
    problem = _week(shared / "regions" / name, times)
    cost = {}
    for method in METHODS:
        plan = method.solve(problem, CLOCK)
        found = verify(problem, plan)
        assert found.right
        assert not method.proves or abs(found.gap) <= 1e-6
        cost[method.name] = plan.cost
    assert cost["flow"] == pytest.approx(cost["exact"], rel=1e-6)
    assert cost["exact"] < cost["greedy"] < cost["nearest"]


@pytest.mark.shared
def test_the_tightest_places_of_florida_are_confirmed(shared: Path) -> None:
    """Five places are found in a short week, each saving no more than its price says."""
    problem = _week(shared / "regions" / "florida", 1.4)
    found = tightest(problem, Exact().solve(problem, CLOCK), Flow(), CLOCK)
    assert len(found) == 5
    assert all(0 < one.confirmed <= one.predicted * (1 + 1e-6) for one in found)
