"""The figures of a plan, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from salus.allocate.city.exact import Exact
from salus.allocate.city.measures import fairness, measure
from salus.allocate.city.plan import CityPlan
from salus.allocate.city.problem import CityProblem
from salus.core.clock import SystemClock

CITY = CityProblem(
    districts=("near", "far", "empty"),
    facilities=("H1", "H2"),
    services=("ward",),
    resources=("bed",),
    periods=(date(2026, 6, 28),),
    need=np.array([[[4.0]], [[6.0]], [[0.0]]]),
    capacity=np.array([[[20.0]], [[0.0]]]),
    uses=np.array([[4.0]]),
    arc_district=np.array([0, 1]),
    arc_facility=np.array([0, 0]),
    arc_service=np.array([0, 0]),
    arc_minutes=np.array([10.0, 30.0]),
    penalty=np.array([100.0]),
)


def test_the_figures_of_a_small_plan() -> None:
    """Five cases fit: four from near, one from far."""
    found = measure(CITY, Exact().solve(CITY, SystemClock()))
    assert found.unmet[:, 0, 0].tolist() == [0, 5, 0]
    np.testing.assert_allclose(found.coverage[:, 0], [1, 1 / 6, np.nan])
    np.testing.assert_allclose(found.load[:, 0], [1, np.nan])
    assert found.waste.tolist() == [0]
    assert found.travel_mean == pytest.approx((4 * 10 + 30) / 5)
    assert found.travel_p95 == 30
    assert found.fairness.lowest == pytest.approx(1 / 6)
    assert found.fairness.gap == pytest.approx(5 / 6)
    assert found.service_fairness == (found.fairness,)


def test_gini_is_the_mean_difference() -> None:
    """The Gini coefficient equals its definition by the mean difference of all pairs."""
    served, need = np.array([1.0, 4, 9, 2]), np.array([4.0, 5, 9, 8])
    cover = served / need
    pairs = need[:, None] * need * np.abs(cover[:, None] - cover)
    mean = served.sum() / need.sum()
    expected = pairs.sum() / (2 * need.sum() ** 2 * mean)
    assert fairness(served, need).gini == pytest.approx(expected)


def test_nobody_served_is_even() -> None:
    """Where nobody is served, nobody is served less than others."""
    none = fairness(np.zeros(2), np.ones(2))
    assert (none.lowest, none.gap, none.gini) == (0, 0, 0)


def test_nothing_needed_gives_no_figure() -> None:
    """Without need and without cases, shares and travel are NaN."""
    city = replace(CITY, need=CITY.need * 0)
    found = measure(city, Exact().solve(city, SystemClock()))
    figures = (found.fairness.gini, found.travel_mean, found.travel_p95, found.coverage[0, 0])
    assert np.isnan(figures).all()


def test_rows_off_the_roads_have_no_figures() -> None:
    """A plan that leaves the journeys of its problem is refused."""
    row, two = np.array([0]), np.array([2])
    plan = CityPlan("ours", two, row, row, row, np.ones(1), np.zeros((2, 1, 1)), 0.0)
    with pytest.raises(ValueError, match="1 rows do not"):
        measure(CITY, plan)
