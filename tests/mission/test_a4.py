"""A4: most need met with least waste, told by coverage, fairness and what stays idle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.measures import measure
from salus.allocate.city.nearest import Nearest
from salus.core.clock import SystemClock

CLOCK = SystemClock()


def test_the_plan_meets_more_need_than_the_status_quo() -> None:
    """In twenty small cities in shortage it never weighs more, and leaves a fifth less in all."""
    cities = [small_city(seed) for seed in range(20)]
    pairs = [(Exact().solve(city, CLOCK), Nearest().solve(city, CLOCK)) for city in cities]
    assert all(plan.cost <= usual.cost + 1e-6 for plan, usual in pairs)
    unmet = np.array(
        [
            [measure(city, plan).unmet.sum() for plan in pair]
            for city, pair in zip(cities, pairs, strict=True)
        ]
    ).sum(axis=0)
    assert unmet[0] < 0.8 * unmet[1]


def test_coverage_fairness_and_waste_are_figures() -> None:
    """Ten times the beds cover all who have a road, and the share that stays idle is told."""
    city = small_city(3)
    found = measure(city, Exact().solve(city, CLOCK))
    plenty = replace(city, capacity=city.capacity * 10)
    plan = Exact().solve(plenty, CLOCK)
    better = measure(plenty, plan)
    assert 0 <= found.fairness.lowest <= better.fairness.lowest <= 1
    assert 0 <= found.fairness.gini <= 1
    assert better.unmet.sum() < found.unmet.sum()
    used = (plan.cases[:, None] * city.uses[plan.service]).sum(axis=0)
    idle = 1 - used / plenty.capacity.sum(axis=(0, 2))
    assert better.waste == pytest.approx(idle)
