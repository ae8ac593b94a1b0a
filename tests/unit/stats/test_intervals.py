"""Bands from earlier errors."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from salus.core.rng import stream
from salus.stats.intervals import band_offsets

LEVELS = (50, 80, 95)


@given(
    arrays(
        np.float64,
        st.tuples(st.integers(1, 60), st.integers(1, 5)),
        elements=st.floats(-1e6, 1e6) | st.just(math.nan),
    )
)
def test_bands_are_nested_and_monotone(errors: np.ndarray) -> None:
    """Bands hold the point, and grow with the level and with the step, whatever the errors."""
    errors[0, 0] = 1.0
    offsets = band_offsets(errors, LEVELS)
    assert offsets.shape == (3, 2, errors.shape[1])
    assert (offsets >= 0).all()
    assert (np.diff(offsets, axis=0) >= 0).all()
    assert (np.diff(offsets, axis=2) >= 0).all()


def test_each_tail_is_taken_by_itself() -> None:
    """Errors that are mostly positive make a band that reaches further up than down."""
    errors = np.linspace(-1, 18, 199)[:, None]
    below, above = band_offsets(errors, (80,))[0, :, 0]
    assert below == 0
    assert above == np.sort(errors[:, 0])[179]


def test_few_errors_make_wide_bands() -> None:
    """Where the order statistic does not exist, Student's t is wider than the largest error."""
    few = np.array([[1.0], [-1.0]])
    _, above = band_offsets(few, (95,))[0]
    assert above[0] == pytest.approx(4.302653 * math.sqrt(1.5), rel=1e-6)


def test_a_step_without_errors_widens_as_a_random_walk() -> None:
    """Beyond the last step with an error, width grows with the square root of time."""
    errors = np.array([[1.0, np.nan, np.nan, np.nan]] * 30)
    _, above = band_offsets(errors, (50,))[0]
    assert above == pytest.approx(np.sqrt([1, 2, 3, 4]))


def test_the_first_step_needs_an_error() -> None:
    """Without any error at the first step there is no band, and the message says so."""
    with pytest.raises(ValueError, match="at the first step, but all 2 are not known"):
        band_offsets(np.full((2, 3), np.nan), LEVELS)


def test_impossible_levels_are_refused() -> None:
    """A level is a per cent between 1 and 99."""
    with pytest.raises(ValueError, match="level must be between 1 and 99"):
        band_offsets(np.ones((3, 1)), (100,))


@pytest.mark.parametrize("level", LEVELS)
def test_coverage_is_nominal_where_errors_are_alike(level: int) -> None:
    """On independent errors of one distribution the band holds its level, within two points."""
    rng = stream(1, "exchangeable")
    hits = []
    for _ in range(1500):
        *past, new = rng.gamma(2.0, size=60) - 2
        below, above = band_offsets(np.array(past)[:, None], (level,))[0, :, 0]
        hits.append(-below <= new <= above)
    assert np.mean(hits) == pytest.approx(level / 100, abs=0.025)
