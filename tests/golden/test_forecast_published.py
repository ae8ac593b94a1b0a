"""Forecasts of published series."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.monitor.forecast import forecast
from salus.monitor.forecasters.seasonal_naive import SeasonalNaive
from salus.stats.scores import mase
from tests.fakes.histories import weekly

if TYPE_CHECKING:
    from pathlib import Path

    from salus.domain.indicator import Series


@pytest.fixture(scope="module")
def admissions(shared: Path) -> Series:
    """Read the weekly influenza admissions of Florida."""
    with (shared / "regions/florida/weekly_admissions.csv").open() as stream:
        values = [float(row["influenza_admissions"]) for row in csv.DictReader(stream)]
    return weekly(values, season=52)


@pytest.fixture(scope="module")
def hospital(shared: Path) -> np.ndarray:
    """Read 767 monthly series of 84 months, shape (767, 84)."""
    with (shared / "monitor/forecast/hospital.csv").open() as stream:
        rows = list(csv.reader(stream))[1:]
    return np.array([[float(value) for value in row[1:]] for row in rows]).T


@pytest.mark.shared
def test_last_season_scores_what_is_published(hospital: np.ndarray) -> None:
    """The mean MASE of last season's value over all series is .9205."""
    scores = [
        mase(one[72:], SeasonalNaive().forecast(one[:72], 12, 12), one[:72], 12) for one in hospital
    ]
    assert np.mean(scores) == pytest.approx(0.9205, abs=5e-5)


@pytest.mark.shared
def test_the_choice_beats_last_season(hospital: np.ndarray) -> None:
    """On every fortieth series the chosen methods have a mean MASE below that of last season."""
    sample = hospital[::40]
    chosen = [
        mase(one[72:], forecast(weekly(one[:72], 12), 12).point, one[:72], 12) for one in sample
    ]
    naive = [
        mase(one[72:], SeasonalNaive().forecast(one[:72], 12, 12), one[:72], 12) for one in sample
    ]
    assert np.mean(chosen) < np.mean(naive)


@pytest.mark.shared
def test_florida_is_forecast_with_honest_bands(admissions: Series) -> None:
    """A model is chosen, its 80 % band held 7 to 9.5 in 10, and the path goes on from 103."""
    ahead = forecast(admissions, 4)
    assert ahead.backtest.best.mase_mean < 0.75 * ahead.backtest.scores[0].mase_mean
    assert 0.7 <= ahead.backtest.coverage(80) <= 0.95
    assert 60 < ahead.point[0] < 170
    assert ahead.bands[95].upper[-1] < 500


@pytest.mark.shared
@pytest.mark.parametrize("origin", [198, 200, 202])
def test_a_rising_winter_is_seen(admissions: Series, origin: int) -> None:
    """Before the peak of the last winter, the wide band holds the weeks that came."""
    past = weekly(admissions.values[:origin], season=52)
    band = forecast(past, 4).bands[95]
    came = admissions.values[origin : origin + 4]
    assert (band.lower <= came).all()
    assert (came <= band.upper).all()
