"""Last season's value."""

from __future__ import annotations

import numpy as np

from salus.monitor.forecasters.seasonal_naive import SeasonalNaive


def test_a_long_horizon_repeats_the_season() -> None:
    """Beyond one season the same season comes again."""
    path = SeasonalNaive().forecast(np.arange(5.0), 7, 3)
    assert path.tolist() == [2, 3, 4, 2, 3, 4, 2]


def test_without_a_whole_season_the_last_value_stays() -> None:
    """Two values say nothing of a season of three."""
    assert SeasonalNaive().forecast(np.array([4.0, 9.0]), 2, 3).tolist() == [9, 9]
