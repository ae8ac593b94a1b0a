"""What a history of values holds: whether it is long enough, its gaps, its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.domain.indicator import Series

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

FEWEST_KNOWN = 4
"""Known values without which nothing is forecast."""


def fill_gaps(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fill gaps on the straight line between their known neighbours.

    Parameters
    ----------
    values : ndarray, shape (n,)
        NaN for gaps, at least one value known.

    Returns
    -------
    ndarray, shape (n_kept,)
        Gaps before the first known value are dropped; gaps after the last take its value, for
        what comes later may not be used.

    Raises
    ------
    ValueError
        If no value is known.

    Examples
    --------
    >>> fill_gaps(np.array([np.nan, 1.0, np.nan, 3.0, np.nan]))
    array([1., 2., 3., 3.])
    """
    places = np.flatnonzero(np.isfinite(values))
    if not places.size:
        message = f"values must hold a known one, but all {len(values)} are gaps"
        raise ValueError(message)
    return np.interp(np.arange(places[0], len(values)), places, values[places])


def short_history(series: Series) -> Fault | None:
    """Say what is wrong with a history too short for any forecast.

    Parameters
    ----------
    series : Series
        The history.

    Returns
    -------
    Fault or None
        ``None`` when at least ``FEWEST_KNOWN`` values are known.
    """
    known = int(series.known.sum())
    if known >= FEWEST_KNOWN:
        return None
    what = say("too few values are known for a forecast")
    remedy = say(
        "give at least {needed} known values, or leave the series out", needed=FEWEST_KNOWN
    )
    return Fault(what, Where(series.indicator.id), remedy, known)


def trim_gaps(series: Series) -> Series:
    """Drop the gaps before the first and after the last known value.

    Parameters
    ----------
    series : Series
        With at least one known value.

    Returns
    -------
    Series
        Begins and ends with a known value.
    """
    places = np.flatnonzero(series.known)
    kept = slice(int(places[0]), int(places[-1]) + 1)
    return Series(series.indicator, series.dates[kept], series.values[kept])


def record_week(series: Series) -> tuple[date, float]:
    """Find the highest known value of a history.

    Parameters
    ----------
    series : Series
        With at least one known value.

    Returns
    -------
    date
        Last day of the period; the earliest, when several share the record.
    float
        The record, in the unit of the indicator.

    Raises
    ------
    InputError
        If no value is known.

    Examples
    --------
    >>> from datetime import date
    >>> from salus.domain.indicator import Indicator, Series
    >>> flu = Indicator("flu", say("influenza"), say("admissions"))
    >>> weeks = (date(2025, 1, 4), date(2025, 1, 11), date(2025, 1, 18))
    >>> record_week(Series(flu, weeks, np.array([71.0, 80.0, np.nan])))
    (datetime.date(2025, 1, 11), 80.0)
    """
    if not series.known.any():
        what = say("no value is known, so there is no record")
        remedy = say("give at least one value, or leave the series out")
        raise InputError(Fault(what, Where(series.indicator.id), remedy))
    place = int(np.nanargmax(series.values))
    return series.dates[place], float(series.values[place])
