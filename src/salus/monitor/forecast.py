"""What an indicator will be next: the best method of a rolling test, with honest bands."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.errors import InputError
from salus.core.messages import Message, say
from salus.domain.indicator import Indicator, Series
from salus.monitor.backtest import Backtest, backtest
from salus.monitor.forecasters.linear import LinearRegression
from salus.monitor.forecasters.seasonal_naive import SeasonalNaive
from salus.monitor.forecasters.smoothing import ExponentialSmoothing
from salus.monitor.forecasters.support_vectors import SupportVectors
from salus.monitor.history import short_history, trim_gaps
from salus.monitor.scale import Scale
from salus.stats.intervals import band_offsets
from salus.stats.splits import rolling_origins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.monitor.forecasters.base import Forecaster

    Values = NDArray[np.float64]

LEVELS = (50, 80, 95)
"""Per cent of the actual values that each band is meant to hold."""

METHODS: tuple[Forecaster, ...] = (
    SeasonalNaive(),
    ExponentialSmoothing(),
    LinearRegression(),
    SupportVectors(),
)
"""What is compared, the simplest first."""

FEWEST_COMPARED = 24
"""Known values without which methods are not compared: the first one is taken."""

FEWEST_ORIGINS = 20
"""Known values that must follow two whole seasons for the test to begin after them."""

MOST_ORIGINS = 156
"""Origins of the rolling test: the latest three years of weeks."""


@dataclass(frozen=True, slots=True, eq=False)
class Band:
    """Between which values an indicator is expected.

    Parameters
    ----------
    lower, upper : ndarray, shape (horizon,)
        In the unit of the indicator.
    """

    lower: Values
    upper: Values


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What an indicator will be, how sure that is, and why this method was taken.

    Parameters
    ----------
    indicator : Indicator
        What is forecast.
    origin : date
        Date of the last known value; the first forecast is one period later.
    point : ndarray, shape (horizon,)
        The expected path, in the unit of the indicator.
    backtest : Backtest
        How all methods did at earlier origins; the best made the path.

    Raises
    ------
    ValueError
        If the path does not have the horizon of the backtest.
    """

    indicator: Indicator
    origin: date
    point: Values
    backtest: Backtest

    def __post_init__(self) -> None:
        """Refuse a path of another horizon."""
        horizon = self.backtest.errors.shape[1]
        within("horizon", len(self.point), horizon, horizon, "values")

    @property
    def dates(self) -> tuple[date, ...]:
        """Last day of each forecast period."""
        period = timedelta(days=self.indicator.period_days)
        return tuple(self.origin + step * period for step in range(1, len(self.point) + 1))

    @property
    def method(self) -> str:
        """Name of the method that made the path."""
        return self.backtest.best.method

    @property
    def bands(self) -> dict[int, Band]:
        """A band for each of ``LEVELS``, from the errors at earlier origins; nested."""
        scale = self.backtest.scale
        centre = scale.forward(self.point)
        offsets = band_offsets(self.backtest.errors, LEVELS)
        return {
            level: Band(
                np.minimum(scale.back(centre - below), self.point),
                np.maximum(scale.back(centre + above), self.point),
            )
            for level, (below, above) in zip(LEVELS, offsets, strict=True)
        }

    @property
    def residuals(self) -> Series:
        """One-step errors of the method at earlier origins: what the I chart draws.

        Where no value of the history is negative, an error is ``100 log((1 + y) / (1 + f))``: a
        value of 10 is about 10 % above the forecast, in winter as in summer. Otherwise it is
        ``y - f`` in the unit of the indicator.
        """
        log = self.backtest.scale is Scale.LOG
        step = timedelta(days=self.indicator.period_days)
        return Series(
            Indicator(
                f"{self.indicator.id}_residual",
                say("forecast error of {indicator}", indicator=self.indicator.name),
                say("% of the forecast (log scale)") if log else self.indicator.unit,
                period_days=self.indicator.period_days,
                season=1,
            ),
            tuple(day + step for day in self.backtest.dates),
            self.backtest.errors[:, 0] * (100 if log else 1),
        )

    @property
    def reason(self) -> Message:
        """Why this method was taken."""
        best = self.backtest.best
        if len(self.backtest.scores) == 1:
            return say(
                "{method} was the only method tried; comparing methods needs {needed} known values",
                method=best.label,
                needed=FEWEST_COMPARED,
            )
        if math.isnan(best.mase_mean):
            return say(
                "{method} had the lowest mean error ({error:,.2f}) in a history that never changes "
                "from season to season",
                method=best.label,
                error=best.mae_mean,
            )
        return say(
            "{method} had the lowest mean scaled error (MASE {mase:.2f}) from {origins} earlier "
            "origins; {simplest} had {simplest_mase:.2f}",
            method=best.label,
            mase=best.mase_mean,
            origins=len(self.backtest.origins),
            simplest=self.backtest.scores[0].label,
            simplest_mase=self.backtest.scores[0].mase_mean,
        )


def forecast(series: Series, horizon: int, methods: Sequence[Forecaster] = METHODS) -> Forecast:
    """Forecast an indicator with the method that did best at earlier origins.

    Gaps before the first and after the last known value are dropped. Every later part of the
    history is forecast from what came before it, by each method; the lowest mean MASE wins. The
    first origin lies after two whole seasons if ``FEWEST_ORIGINS`` known values follow them, and
    after half of the known values otherwise; a season that does not fit twice before it is not
    believed. Below ``FEWEST_COMPARED`` known values the first method is taken without a contest
    (last season's value, or the last value without a season), with bands that are wide because
    they rest on few errors. A constant history is carried forward with bands of no width.

    Parameters
    ----------
    series : Series
        The history, gaps as NaN; at least ``history.FEWEST_KNOWN`` known values.
    horizon : int
        Periods to forecast, 1 to 366.
    methods : sequence of Forecaster
        What is compared, the simplest first.

    Returns
    -------
    Forecast
        From the last known value on.

    Raises
    ------
    InputError
        If too few values are known.
    ValueError
        If the horizon is out of range.

    Examples
    --------
    >>> flu = Indicator("flu", say("influenza"), say("admissions"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(6))
    >>> ahead = forecast(Series(flu, weeks, np.array([70.0, 75, 80, 78, 74, 71])), horizon=2)
    >>> ahead.point, ahead.method
    (array([71., 71.]), 'seasonal_naive')
    >>> bool((ahead.bands[95].lower < ahead.bands[50].lower).all())
    True

    References
    ----------
    R. J. Hyndman, G. Athanasopoulos (2021), Forecasting: principles and practice, 3rd edition.
    """
    within("horizon", horizon, 1, 366, "periods")
    if fault := short_history(series):
        raise InputError(fault)
    history = trim_gaps(series)
    known = int(history.known.sum())
    contest = methods if known >= FEWEST_COMPARED else methods[:1]
    test = backtest(history, contest, horizon, _origins(history, known))
    best = next(method for method in contest if method.name == test.best.method)
    point = best.forecast(history.values, horizon, test.season)
    return Forecast(series.indicator, history.dates[-1], point, test)


def _origins(history: Series, known: int) -> NDArray[np.int64]:
    season = history.indicator.season
    believed = season > 1 and known >= 2 * season + FEWEST_ORIGINS
    before = 2 * season if believed else known // 2
    first = int(np.flatnonzero(history.known)[before - 1]) + 1
    return rolling_origins(len(history.dates), first)[-MOST_ORIGINS:]
