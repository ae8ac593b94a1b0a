"""Forecasts made again from earlier origins, and how wrong they were."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.monitor.scale import Scale
from salus.stats.intervals import band_offsets
from salus.stats.scores import mae, mase, mean_known, median_known
from salus.stats.splits import futures

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.domain.indicator import Series
    from salus.monitor.forecasters.base import Forecaster

    Values = NDArray[np.float64]

FEWEST_JUDGED = 10
"""Coverage is not stated from fewer origins than this."""


@dataclass(frozen=True, slots=True)
class Score:
    """How wrong one method was over all origins.

    Parameters
    ----------
    method : str
        Name of the method.
    label : Message
        Name of the method for people.
    mase_mean, mase_median : float
        Mean absolute scaled error, over the origins; NaN where the history never changes from
        season to season.
    mae_mean, mae_median : float
        Mean absolute error, in the unit of the indicator, over the origins.
    """

    method: str
    label: Message
    mase_mean: float
    mase_median: float
    mae_mean: float
    mae_median: float

    @property
    def rank(self) -> float:
        """What the choice goes by: the mean MASE; the mean MAE where there is none."""
        return self.mae_mean if math.isnan(self.mase_mean) else self.mase_mean


@dataclass(frozen=True, slots=True, eq=False)
class Backtest:
    """How all methods did, and the errors of the best.

    Parameters
    ----------
    origins : ndarray of int, shape (n_origins,)
        Values in the past of each origin, ascending.
    dates : tuple of date
        Date of the last of these values, for each origin.
    season : int
        Season the methods were told and the scores are scaled by; 1 where the history before the
        first origin does not hold two seasons of the indicator.
    scale : Scale
        The scale of the errors.
    scores : tuple of Score
        One for each method, in the order they were given.
    errors : ndarray, shape (n_origins, horizon)
        Actual minus forecast of the best method on that scale; NaN where the actual is not known.

    Raises
    ------
    ValueError
        If the shapes differ or there is no score.
    """

    origins: NDArray[np.int64]
    dates: tuple[date, ...]
    season: int
    scale: Scale
    scores: tuple[Score, ...]
    errors: Values

    def __post_init__(self) -> None:
        """Refuse origins, dates and errors that do not belong together."""
        within("scores", len(self.scores), 1, unit="methods")
        within("dates", len(self.dates), len(self.origins), len(self.origins), "origins")
        within("errors", len(self.errors), len(self.origins), len(self.origins), "origins")

    @property
    def best(self) -> Score:
        """The lowest mean MASE; the earlier listed method where two are equal."""
        return min(self.scores, key=lambda score: score.rank)

    @property
    def judged(self) -> range:
        """The later half of the origins: those that :meth:`coverage` is measured on."""
        return range(len(self.origins) // 2, len(self.origins))

    def coverage(self, level: int) -> float:
        """Measure how often the band held the actual value, had it been drawn at each origin.

        For each origin of the later half, a band is made from nothing but the errors of earlier
        origins whose whole horizon had passed by then; the share of actual values inside, over all
        steps, is the coverage. The method itself was chosen with all origins in view, which can
        make the figure a little too good.

        Parameters
        ----------
        level : int
            Nominal level of the band, 1 to 99 %.

        Returns
        -------
        float
            From 0 to 1; NaN where fewer than ``FEWEST_JUDGED`` origins could be judged.

        References
        ----------
        A. P. Dawid (1984), Present position and potential developments: the prequential approach.
        Journal of the Royal Statistical Society A 147.
        """
        horizon = self.errors.shape[1]
        hits = []
        for place in self.judged:
            passed = int(np.searchsorted(self.origins, self.origins[place] - horizon, "right"))
            if np.isfinite(self.errors[:passed, 0]).any():
                ((below, above),) = band_offsets(self.errors[:passed], (level,))
                error = self.errors[place]
                inside = (-below <= error) & (error <= above)
                hits.append(np.where(np.isfinite(error), inside, np.nan))
        return mean_known(np.array(hits)) if len(hits) >= FEWEST_JUDGED else math.nan


def backtest(
    series: Series,
    forecasters: Sequence[Forecaster],
    horizon: int,
    origins: NDArray[np.int64],
) -> Backtest:
    """Forecast again from each origin with each method, and score what came.

    Parameters
    ----------
    series : Series
        The history; a value is known before the first origin.
    forecasters : sequence of Forecaster
        The methods, the simplest first: it is taken where scores are equal.
    horizon : int
        Values to forecast from each origin, 1 or more.
    origins : ndarray of int, shape (n_origins,)
        As :func:`~salus.stats.splits.rolling_origins` lists them, at least one.

    Returns
    -------
    Backtest
        A method sees ``series.values[:origin]`` and nothing else.

    Raises
    ------
    ValueError
        If there is no method or no origin.

    References
    ----------
    L. J. Tashman (2000), Out-of-sample tests of forecasting accuracy. International Journal of
    Forecasting 16.
    """
    within("origins", len(origins), 1, unit="origins")
    within("forecasters", len(forecasters), 1, unit="methods")
    values = series.values
    season = series.indicator.season if 2 * series.indicator.season <= origins[0] else 1
    actual = futures(values, origins, horizon)
    pasts = [values[:origin] for origin in origins]
    paths = [
        np.array([method.forecast(past, horizon, season) for past in pasts])
        for method in forecasters
    ]
    scores = tuple(
        _score(method, actual, path, pasts, season)
        for method, path in zip(forecasters, paths, strict=True)
    )
    best = min(range(len(scores)), key=lambda place: scores[place].rank)
    scale = Scale.of(values)
    errors = scale.forward(actual) - scale.forward(paths[best])
    dates = tuple(series.dates[origin - 1] for origin in origins)
    return Backtest(origins, dates, season, scale, scores, errors)


def _score(
    method: Forecaster, actual: Values, path: Values, pasts: Sequence[Values], season: int
) -> Score:
    absolute = np.array([mae(*pair) for pair in zip(actual, path, strict=True)])
    scaled = np.array([mase(*cut, season) for cut in zip(actual, path, pasts, strict=True)])
    return Score(
        method.name,
        method.label,
        mase_mean=mean_known(scaled),
        mase_median=median_known(scaled),
        mae_mean=mean_known(absolute),
        mae_median=median_known(absolute),
    )
