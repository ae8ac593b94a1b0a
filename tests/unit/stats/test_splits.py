"""Where histories are cut."""

from __future__ import annotations

import numpy as np
import pytest

from salus.stats.splits import futures, rolling_origins


def test_the_latest_origin_has_a_whole_horizon() -> None:
    """Whatever the step, the last origin leaves exactly the horizon."""
    assert rolling_origins(11, first=4, step=3, horizon=2).tolist() == [6, 9]


def test_a_short_history_has_no_origin() -> None:
    """No origin is invented when first and horizon do not fit."""
    assert rolling_origins(4, first=4).tolist() == []


@pytest.mark.parametrize(("first", "step", "horizon"), [(0, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_impossible_cuts_are_refused(first: int, step: int, horizon: int) -> None:
    """A past, a step and a future hold one value at least."""
    with pytest.raises(ValueError, match="must be at least 1 values, but is 0"):
        rolling_origins(10, first, step, horizon)


def test_futures_begin_at_the_origin() -> None:
    """The first value cut is the one at the origin, the first that was not known."""
    cut = futures(np.arange(6.0), np.array([2, 5]), 2)
    assert np.array_equal(cut, np.array([[2, 3], [5, np.nan]]), equal_nan=True)
