"""A1: a linear programme decides beds, doctors and medicine, need its aim, supply its limits."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.verify import verify
from salus.allocate.lp.textbook import solve
from salus.core.clock import SystemClock

CASES_NEED = ([1.0, 1.0], [4.0, 2.0], [2.0, 1.0])  # beds, doctor hours, doses of two kinds of case
SUPPLY = [10.0, 32.0, 16.0]


def test_most_need_is_met_within_beds_doctors_and_medicine() -> None:
    """Of all x with A x <= b and l <= x <= u, c'x is highest, as the prices prove."""
    weights, most = np.array([3.0, 2.0]), np.array([9.0, 9.0])
    found = solve(weights, CASES_NEED, SUPPLY, bounds=[(0, each) for each in most], sense="max")
    assert found.x is not None
    assert found.row_duals is not None
    assert found.objective == pytest.approx(26)
    assert np.all(np.array(CASES_NEED) @ found.x <= np.array(SUPPLY) + 1e-9)
    left = np.maximum(weights - np.array(CASES_NEED).T @ found.row_duals, 0)
    assert SUPPLY @ found.row_duals + most @ left == pytest.approx(found.objective)


@pytest.mark.parametrize("seed", range(5))
def test_the_plan_of_a_city_is_proved_and_checked(seed: int) -> None:
    """The gap between a city's plan and what no plan can beat is closed; a check agrees."""
    city = small_city(seed)
    plan = Exact().solve(city, SystemClock())
    assert plan.bound == pytest.approx(plan.cost, rel=1e-6, abs=1e-6)
    verify(city, plan)
    less = replace(city, capacity=city.capacity * 0.5)
    assert Exact().solve(less, SystemClock()).cost >= plan.cost - 1e-6
