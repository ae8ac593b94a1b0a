"""How good a forecast was. What is not known of the actual values is left out of every score."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


def mean_known(values: Values) -> float:
    """Average what is known; NaN when nothing is.

    Examples
    --------
    >>> mean_known(np.array([1.0, np.nan, 3.0]))
    2.0
    """
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else np.nan


def median_known(values: Values) -> float:
    """Take the median of what is known; NaN when nothing is.

    Examples
    --------
    >>> median_known(np.array([1.0, np.nan, 3.0, 9.0]))
    3.0
    """
    known = values[np.isfinite(values)]
    return float(np.median(known)) if known.size else np.nan


def mae(actual: Values, forecast: Values) -> float:
    """Measure the mean absolute error.

    Parameters
    ----------
    actual, forecast : ndarray, same shape
        In one unit; NaN where the actual value is not known.

    Returns
    -------
    float
        In the same unit, 0 or more; NaN when nothing is known.

    Examples
    --------
    >>> mae(np.array([10.0, np.nan, 14.0]), np.array([11.0, 12.0, 11.0]))
    2.0
    """
    return mean_known(np.abs(actual - forecast))


def seasonal_scale(history: Values, season: int) -> float:
    """Measure how far values lie from the value one season before, on average.

    Parameters
    ----------
    history : ndarray, shape (n,)
        The values a method was trained on, NaN for gaps.
    season : int
        Values in a season, 1 or more.

    Returns
    -------
    float
        In the unit of the values; NaN when no value has a known partner one season before.

    Raises
    ------
    ValueError
        If the season is out of range.

    Examples
    --------
    >>> seasonal_scale(np.array([1.0, 5.0, 2.0, 7.0]), season=2)
    1.5
    """
    within("season", season, 1, unit="values")
    return mean_known(np.abs(history[season:] - history[:-season]))


def mase(actual: Values, forecast: Values, history: Values, season: int) -> float:
    """Measure the mean absolute error against the seasonal naive error of the training part.

    ``mean |y - f| / mean |y_t - y_(t-season)|``, the second mean over the history.

    Parameters
    ----------
    actual, forecast : ndarray, same shape
        In one unit; NaN where the actual value is not known.
    history : ndarray, shape (n,)
        The values the method was trained on.
    season : int
        Values in a season, 1 or more.

    Returns
    -------
    float
        Below 1 is better than last season's value was; NaN when the history never changes from
        season to season, or nothing is known.

    Raises
    ------
    ValueError
        If the season is out of range.

    Examples
    --------
    >>> mase(np.array([4.0]), np.array([3.0]), np.array([1.0, 5.0, 2.0, 7.0]), season=2)
    0.6666666666666666

    References
    ----------
    R. J. Hyndman, A. B. Koehler (2006), Another look at measures of forecast accuracy.
    International Journal of Forecasting 22.
    """
    scale = seasonal_scale(history, season)
    return mae(actual, forecast) / scale if scale > 0 else np.nan


def pinball(actual: Values, quantile: Values, probability: float) -> float:
    """Measure the mean pinball loss of a forecast quantile.

    Parameters
    ----------
    actual, quantile : ndarray, same shape
        Actual values, and the quantile that was forecast for each.
    probability : float
        The probability the quantile stands for, from 0 to 1.

    Returns
    -------
    float
        In the unit of the values, 0 or more; NaN when nothing is known.

    Raises
    ------
    ValueError
        If the probability is out of range.

    Examples
    --------
    >>> pinball(np.array([10.0, 10.0]), np.array([8.0, 12.0]), 0.75)
    1.0

    References
    ----------
    R. Koenker, G. Bassett (1978), Regression quantiles. Econometrica 46.
    """
    within("probability", probability, 0, 1)
    error = actual - quantile
    return mean_known(np.maximum(probability * error, (probability - 1) * error))


def coverage(actual: Values, lower: Values, upper: Values) -> float:
    """Count the share of known values that lie inside their interval, bounds included.

    Parameters
    ----------
    actual, lower, upper : ndarray, same shape
        Values and their bounds; NaN where the actual value is not known.

    Returns
    -------
    float
        From 0 to 1; NaN when nothing is known.

    Examples
    --------
    >>> coverage(np.array([1.0, 5.0]), np.array([0.0, 0.0]), np.array([2.0, 2.0]))
    0.5

    References
    ----------
    T. Gneiting, F. Balabdaoui, A. E. Raftery (2007), Probabilistic forecasts, calibration and
    sharpness. Journal of the Royal Statistical Society B 69.
    """
    inside = (lower <= actual) & (actual <= upper)
    return mean_known(np.where(np.isfinite(actual), inside, np.nan))
