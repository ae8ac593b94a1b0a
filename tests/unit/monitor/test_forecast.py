"""The forecast of an indicator."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import InputError
from salus.core.rng import stream
from salus.monitor.forecast import LEVELS, Forecast, forecast
from salus.monitor.forecasters.linear import LinearRegression
from salus.monitor.forecasters.seasonal_naive import SeasonalNaive
from salus.stats.scores import coverage
from tests.fakes.histories import FIRST, weekly, winters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.monitor.forecast import Band

NAN = float("nan")
SEASON = 13


@pytest.fixture(scope="module")
def ahead() -> Forecast:
    """Forecast five made-up winters."""
    return forecast(weekly(winters(5 * SEASON, SEASON), SEASON), 4)


def nested(bands: Mapping[int, Band], point: np.ndarray) -> bool:
    """Tell whether every band holds the narrower one, and the narrowest the point."""
    lowers = np.array([*(bands[level].lower for level in reversed(LEVELS)), point])
    uppers = np.array([point, *(bands[level].upper for level in LEVELS)])
    return bool((np.diff(lowers, axis=0) >= 0).all() and (np.diff(uppers, axis=0) >= 0).all())


def test_dates_follow_the_origin(ahead: Forecast) -> None:
    """The first forecast is for the week after the last known one."""
    assert ahead.origin == FIRST + timedelta(weeks=5 * SEASON - 1)
    assert [(day - ahead.origin).days for day in ahead.dates] == [7, 14, 21, 28]


def test_bands_are_nested_and_never_negative(ahead: Forecast) -> None:
    """50, 80 and 95 per cent lie within one another around the path."""
    assert nested(ahead.bands, ahead.point)
    assert all((band.lower >= 0).all() for band in ahead.bands.values())


def test_the_chosen_method_has_the_lowest_mean(ahead: Forecast) -> None:
    """All four methods are compared, and none is better than the one chosen."""
    scores = {score.method: score.mase_mean for score in ahead.backtest.scores}
    assert len(scores) == 4
    assert scores[ahead.method] == min(scores.values())


def test_a_season_is_better_known_than_naively(ahead: Forecast) -> None:
    """On noisy winters a model beats the values of the last one."""
    assert ahead.method != "seasonal_naive"
    assert ahead.backtest.season == SEASON


def test_the_reason_names_method_and_figures(ahead: Forecast) -> None:
    """The sentence gives the scaled error, and that of last season's value."""
    reason = str(ahead.reason)
    assert str(ahead.backtest.best.label) in reason
    assert f"{ahead.backtest.best.mase_mean:.2f}" in reason
    assert f"last season's value had {ahead.backtest.scores[0].mase_mean:.2f}" in reason


def test_residuals_are_dated_by_what_they_missed(ahead: Forecast) -> None:
    """One residual a week, from the week after the first origin to the last known week."""
    residuals = ahead.residuals
    assert residuals.dates[-1] == ahead.origin
    assert residuals.dates[0] == FIRST + timedelta(weeks=2 * SEASON)
    assert residuals.values == pytest.approx(100 * ahead.backtest.errors[:, 0])


def test_residuals_of_balances_keep_their_unit() -> None:
    """Where values may be negative an error is a difference."""
    series = weekly(stream(1, "balances").normal(0, 5, 30))
    ahead = forecast(series, 1)
    assert ahead.residuals.indicator.unit == series.indicator.unit
    assert ahead.residuals.values == pytest.approx(ahead.backtest.errors[:, 0])
    assert ahead.bands[80].lower[0] < 0


@pytest.mark.parametrize("value", [0.0, 42.0])
def test_a_constant_history_stays(value: float) -> None:
    """Zeros and other constants are carried forward by the simplest method."""
    ahead = forecast(weekly(np.full(60, value), SEASON), 3)
    assert ahead.method == "seasonal_naive"
    assert ahead.point == pytest.approx(np.full(3, value))
    assert nested(ahead.bands, ahead.point)
    assert "never changes" in str(ahead.reason)


def test_a_history_too_short_to_compare_keeps_its_last_value() -> None:
    """The last value goes on, in bands that widen, and the reason says what is missing."""
    ahead = forecast(weekly([50, 60, 55, 58, 62], SEASON), 8)
    assert ahead.point.tolist() == [62] * 8
    assert "comparing methods needs 24" in str(ahead.reason)
    assert np.isnan(ahead.backtest.coverage(80))
    widths = ahead.bands[95].upper - ahead.bands[95].lower
    assert (np.diff(widths) >= 0).all()
    assert widths[-1] > widths[0] > 10


@pytest.mark.parametrize("known", [0, 3])
def test_almost_nothing_known_is_refused(known: int) -> None:
    """The error names the indicator and says how many values are needed."""
    series = weekly([*[5.0] * known, *[NAN] * 40])
    with pytest.raises(InputError, match=r"influenza: too few .* give at least 4 known values"):
        forecast(series, 2)


def test_a_history_without_two_seasons_is_taken_without() -> None:
    """A year of weeks is compared, but no season is believed."""
    ahead = forecast(weekly(winters(40, 40), season=40), 2)
    assert ahead.backtest.season == 1
    assert len(ahead.backtest.scores) == 4


def test_gaps_move_the_origin_but_break_nothing() -> None:
    """Gaps within are lived with; gaps at the end are not taken for knowledge."""
    values = winters(5 * SEASON, SEASON)
    values[[0, 20, 21, 40, -2, -1]] = NAN
    ahead = forecast(weekly(values, SEASON), 4)
    assert ahead.origin == FIRST + timedelta(weeks=5 * SEASON - 3)
    assert np.isfinite(ahead.point).all()
    assert np.isnan(ahead.residuals.values).sum() == 1


def test_the_same_history_gives_the_same_forecast(ahead: Forecast) -> None:
    """Path, bands and errors are equal bit for bit."""
    again = forecast(weekly(winters(5 * SEASON, SEASON), SEASON), 4)
    assert np.array_equal(again.point, ahead.point)
    assert np.array_equal(again.bands[95].upper, ahead.bands[95].upper)
    assert np.array_equal(again.backtest.errors, ahead.backtest.errors, equal_nan=True)


def test_a_method_of_ones_own_takes_part() -> None:
    """The contest is open: any forecaster may be given."""
    series = weekly(winters(40, 8), season=8)
    assert forecast(series, 2, [SeasonalNaive()]).method == "seasonal_naive"


def test_an_impossible_horizon_is_refused() -> None:
    """Nothing is forecast for no period."""
    with pytest.raises(ValueError, match="horizon must be between 1 and 366"):
        forecast(weekly([1, 2, 3, 4]), 0)


def test_a_path_of_another_horizon_is_refused(ahead: Forecast) -> None:
    """A forecast and its backtest look equally far ahead."""
    with pytest.raises(ValueError, match="horizon must be"):
        Forecast(ahead.indicator, ahead.origin, ahead.point[:2], ahead.backtest)


def test_the_band_holds_what_it_says() -> None:
    """On 60 made-up series the 80 % band holds 7 to 9 in 10 of what came next."""
    hits = []
    for seed in range(60):
        values = winters(80, 10, seed)
        ahead = forecast(weekly(values[:76], 10), 4, [LinearRegression()])
        hits.append(coverage(values[76:], ahead.bands[80].lower, ahead.bands[80].upper))
    assert 0.7 <= np.mean(hits) <= 0.9
