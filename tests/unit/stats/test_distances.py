"""Distances on the globe."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.stats.distances import EARTH_RADIUS_KM, great_circle, pairs_within

POINTS = st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), max_size=12).map(
    lambda points: np.array(points, dtype=float).reshape(-1, 2)
)


def test_a_quarter_of_the_globe() -> None:
    """From the equator to the pole is a quarter of the circumference."""
    distance = great_circle(np.array([0.0, 0.0]), np.array([90.0, 0.0]))
    assert distance == pytest.approx(EARTH_RADIUS_KM * np.pi / 2)


def test_across_the_date_line() -> None:
    """Two degrees apart are two degrees apart, on either side of the date line."""
    across = great_circle(np.array([0.0, 179.0]), np.array([0.0, -179.0]))
    assert across == pytest.approx(great_circle(np.array([0.0, 0.0]), np.array([0.0, 2.0])))


def test_paris_to_new_york() -> None:
    """The published distance of the two cities is 5,837 km, on the sphere."""
    distance = great_circle(np.array([48.8566, 2.3522]), np.array([40.7128, -74.0060]))
    assert distance == pytest.approx(5837, abs=1)


@given(POINTS, POINTS, st.floats(0, 20_100))
def test_pairs_are_those_that_measuring_all_finds(
    start: np.ndarray, end: np.ndarray, limit: float
) -> None:
    """The tree misses no pair within the limit and adds none."""
    distance = great_circle(start[:, None], end[None, :])
    first, second = np.nonzero(distance <= limit)
    found = pairs_within(start, end, limit)
    np.testing.assert_array_equal(found[0], first)
    np.testing.assert_array_equal(found[1], second)
    np.testing.assert_allclose(found[2], distance[first, second])
