"""Q2: choose a suitable model, train it, forecast an indicator, and find problems early."""

from __future__ import annotations

import numpy as np

from salus.monitor.forecast import METHODS, forecast
from tests.fakes.histories import weekly, winters

SEASON, HORIZON = 13, 4


def test_the_chosen_model_foresees_better_than_last_season() -> None:
    """Of linear regression, support vectors and two more the best at earlier weeks is taken."""
    history = winters(8 * SEASON, SEASON)
    known, later = history[:-HORIZON], history[-HORIZON:]
    found = forecast(weekly(known, SEASON), HORIZON)
    names = {score.method for score in found.backtest.scores}
    assert {"linear_regression", "support_vectors"} <= names
    assert len(names) == len(METHODS)
    last_season = history[-HORIZON - SEASON : -SEASON]
    assert np.abs(found.point - later).mean() < np.abs(last_season - later).mean()


def test_bands_say_how_sure_the_forecast_is() -> None:
    """What came lies within the 95 per cent band in nearly all weeks of twenty histories."""
    held = []
    for seed in range(20):
        history = winters(6 * SEASON, SEASON, seed)
        band = forecast(weekly(history[:-HORIZON], SEASON), HORIZON).bands[95]
        held.append((band.lower <= history[-HORIZON:]) & (history[-HORIZON:] <= band.upper))
    assert np.mean(held) > 0.85
