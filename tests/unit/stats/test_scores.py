"""Scores of forecasts."""

from __future__ import annotations

import math

import numpy as np
import pytest

from salus.stats.scores import coverage, mae, mase, median_known, pinball, seasonal_scale

NOTHING = np.full(3, np.nan)


def test_nothing_known_gives_no_score() -> None:
    """Where no actual value is known every score is NaN, silently."""
    some = np.ones(3)
    scores = (
        mae(NOTHING, some),
        mase(NOTHING, some, some, 1),
        pinball(NOTHING, some, 0.5),
        coverage(NOTHING, some, some),
        median_known(NOTHING),
    )
    assert all(math.isnan(score) for score in scores)


def test_an_unchanging_history_has_no_scaled_error() -> None:
    """Nothing is divided by a seasonal error of zero."""
    assert math.isnan(mase(np.array([2.0]), np.array([1.0]), np.ones(8), 4))


def test_the_scale_looks_one_season_back() -> None:
    """A perfect season has a scale of zero, whatever happens within it."""
    assert seasonal_scale(np.tile([1.0, 9.0, 4.0], 4), 3) == 0


def test_the_scale_of_less_than_a_season_is_unknown() -> None:
    """A history no longer than a season has no partners."""
    assert math.isnan(seasonal_scale(np.ones(3), 3))


def test_pinball_of_the_median_is_half_the_absolute_error() -> None:
    """At probability one half, over and under weigh the same."""
    actual, quantile = np.array([1.0, 5.0, 9.0]), np.array([2.0, 2.0, 2.0])
    assert pinball(actual, quantile, 0.5) == mae(actual, quantile) / 2


def test_impossible_arguments_are_refused() -> None:
    """A season holds a value, and a probability lies between 0 and 1."""
    with pytest.raises(ValueError, match="season must be at least 1"):
        seasonal_scale(np.ones(3), 0)
    with pytest.raises(ValueError, match="probability must be between 0 and 1"):
        pinball(np.ones(1), np.ones(1), 1.5)
