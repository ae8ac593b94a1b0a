"""Two plans side by side."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.city.checks import featured_city, small_city
from salus.allocate.city.exact import Exact
from salus.allocate.city.explain.again import touched
from salus.allocate.city.explain.changes.capacity import Lose
from salus.allocate.city.explain.compare import compare
from salus.allocate.city.explain.warm import Warm
from salus.allocate.city.explain.what_if import what_if
from salus.allocate.city.measures import measure
from salus.core.clock import SystemClock

CLOCK = SystemClock()


def test_the_figures_are_those_of_each_plan() -> None:
    """Unmet need, travel and coverage agree with the measures of the plans."""
    city = small_city(3)
    plan = Exact().solve(city, CLOCK)
    found = what_if(city, plan, [Lose("H1", "ward_bed", 2.0)], Exact(), clock=CLOCK)
    rows = {str(row.what): row for row in found.compared.rows}
    sides = ((measure(city, plan), "before"), (measure(found.problem, found.plan), "after"))
    for measures, side in sides:
        unmet = measures.unmet.sum(axis=(0, 2))
        assert getattr(rows["unmet need of ward"], side) == pytest.approx(unmet[0])
        lowest = 100 * measures.fairness.lowest
        assert getattr(rows["lowest coverage of a district"], side) == pytest.approx(lowest)
    assert rows["cost"].difference == pytest.approx(found.plan.cost - plan.cost)
    assert rows["waiting"].before == 0
    gained = found.compared.coverage_gained
    assert gained.shape == (4,)
    assert np.nanmin(gained) < 0


def test_waiting_is_counted_and_does_not_count_as_unmet() -> None:
    """Cases that wait and are served later are not unmet."""
    city = featured_city(7)
    plan = Exact().solve(city, CLOCK)
    rows = {str(row.what): row for row in compare((city, plan), (city, plan)).rows}
    assert rows["waiting"].before > 0
    unmet = [rows[f"unmet need of {service}"].before for service in city.services]
    served = plan.cases.sum()
    assert sum(unmet) + served == pytest.approx(city.need.sum())


def test_plans_of_other_cities_are_not_compared() -> None:
    """Other districts make another city."""
    city = small_city(3)
    plan = Exact().solve(city, CLOCK)
    other = replace(city, districts=("D1", "D2", "D3", "D9"))
    with pytest.raises(ValueError, match="districts"):
        compare((city, plan), (other, plan))
    with pytest.raises(ValueError, match="districts"):
        touched(city, other)


def test_only_what_a_change_touches_is_planned_again() -> None:
    """Intensive care stands apart from ward and surgery, and each day from the others."""
    city = small_city(7)
    later = Lose("H3", "icu_bed", 1.0, since=city.periods[2]).apply(city)
    piece = touched(city, later)
    assert (piece.services.tolist(), piece.periods.tolist()) == ([1], [2])
    assert touched(city, city).size == 0
    coupled = small_city(7, coupled=True)
    assert touched(coupled, Lose("H3", "icu_bed", 1.0).apply(coupled)).services.size == 3


def test_a_city_in_the_solver_answers_questions() -> None:
    """One question after the other costs what planning afresh costs; other journeys begin anew."""
    city = featured_city(5)
    plan, warm = Exact().solve(city, CLOCK), Warm(city)
    for units in (0.5, 1.0, 0.25):
        changes = [Lose("H2", "ward_bed", units)]
        asked = what_if(city, plan, changes, Exact(), warm=warm)
        afresh = what_if(city, plan, changes, Exact())
        assert asked.plan.cost == pytest.approx(afresh.plan.cost, rel=1e-9)
    assert not Warm.fits(small_city(5))
    assert not Warm.fits(featured_city(5, whole=True))
    fewer = replace(city, need=np.where(np.arange(4)[:, None, None] == 0, 0.0, city.need))
    assert warm.plan(fewer) is None
