"""How far a value may go before it is an alarm, from the false alarms that people accept."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

CLIPPED = 4.0
"""Standardised values enter the moving average no larger than this, so that one jump ends soon."""

TAIL, WIDEST = 0.98, 1.5
"""The share of past residuals that tells how heavy tails are, and the most a limit is widened."""

STATES = 101
"""States of the Markov chain that stands for the moving average; odd, for one lies at zero."""


@dataclass(frozen=True, slots=True)
class AlarmRule:
    """Two charts of standardised values that share one budget of false alarms.

    A point alarms when it lies beyond :meth:`point_limit` (a jump), or when the exponentially
    weighted moving average ``e_t = (1 - w) e_(t-1) + w z_t`` lies beyond :meth:`average_limit` (a
    shift). Each of the two may use half of the budget. :meth:`limits` widens both for residuals
    that are not independent and normal.

    Parameters
    ----------
    false_per_year : float
        False alarms a year and series that are accepted if all values are independent and normal,
        0.01 to 50. Real residuals are neither, so it lies below what people are promised.
    weight : float
        Share ``w`` of the newest value in the moving average, 0.05 to 0.95.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> daily = AlarmRule(false_per_year=0.5)
    >>> round(daily.point_limit(365.25), 2), round(daily.average_limit(365.25), 2)
    (3.4, 1.69)

    References
    ----------
    S. W. Roberts (1959), Control chart tests based on geometric moving averages. Technometrics 1.
    J. M. Lucas, M. S. Saccucci (1990), Exponentially weighted moving average control schemes:
    properties and enhancements. Technometrics 32. W. Schmid (1997), On EWMA charts for time series.
    Frontiers in Statistical Quality Control 5.
    """

    false_per_year: float = 0.3
    weight: float = 0.4

    def __post_init__(self) -> None:
        """Refuse an impossible rule."""
        within("false_per_year", self.false_per_year, 0.01, 50, "alarms")
        within("weight", self.weight, 0.05, 0.95)

    def point_limit(self, points_per_year: float) -> float:
        """Derive how many sigma a single point may lie from its expectation.

        Parameters
        ----------
        points_per_year : float
            365.25 for daily values, 52.2 for weekly ones; 1 or more.

        Returns
        -------
        float
            In sigma of a point.
        """
        within("points_per_year", points_per_year, 1, unit="points")
        chance = min(self.false_per_year / (2 * points_per_year), 0.5)
        return float(-ndtri(chance / 2))

    def average_limit(self, points_per_year: float) -> float:
        """Derive how far the moving average may lie from zero.

        Parameters
        ----------
        points_per_year : float
            365.25 for daily values, 52.2 for weekly ones; 1 or more.

        Returns
        -------
        float
            In sigma of a point.
        """
        within("points_per_year", points_per_year, 1, unit="points")
        return _average_limit(self.weight, max(2 * points_per_year / self.false_per_year, 2.0))

    def limits(
        self, past: Values, points_per_year: float, *, normal: bool = False
    ) -> tuple[float, float]:
        """Derive both limits for residuals like these.

        The limit of a jump grows by the ratio of their outer quantile to that of the normal
        distribution; the limit of a shift by what a first-order autocorrelation adds to the
        variance of the moving average.

        Parameters
        ----------
        past : ndarray, shape (n,)
            Standardised values of the past, NaN for gaps; some known.
        points_per_year : float
            365.25 for daily values, 52.2 for weekly ones; 1 or more.
        normal : bool
            Whether the tails are normal by construction, so that they widen nothing.

        Returns
        -------
        tuple of float
            For a jump and for a shift, in sigma of a point.
        """
        jump = self.point_limit(points_per_year) * (1.0 if normal else _heaviness(past))
        carried = _carried(past) * (1 - self.weight)
        shift = self.average_limit(points_per_year) * math.sqrt((1 + carried) / (1 - carried))
        return jump, shift

    def average(self, before: float, value: float) -> float:
        """Move the average on by one value, clipped so that one jump does not stay for long.

        Examples
        --------
        >>> AlarmRule(weight=0.4).average(1.0, 100.0)
        2.2
        """
        clipped = min(max(value, -CLIPPED), CLIPPED)
        return (1 - self.weight) * before + self.weight * clipped


def _heaviness(past: Values) -> float:
    known = np.abs(past[np.isfinite(past)])
    return float(np.clip(np.quantile(known, TAIL) / -ndtri((1 - TAIL) / 2), 1, WIDEST))


def _carried(past: Values) -> float:
    clipped = np.clip(past, -CLIPPED, CLIPPED)
    now, before = clipped[1:], clipped[:-1]
    both = np.isfinite(now) & np.isfinite(before)
    power = float((before[both] ** 2).sum())
    return min(max(float(now[both] @ before[both]) / power, 0.0), 0.9) if power > 0 else 0.0


@lru_cache
def _average_limit(weight: float, run_length: float) -> float:
    sigma = math.sqrt(weight / (2 - weight))

    def short_of(limit: float) -> float:
        return math.log(_run_length(weight, limit) / run_length)

    return float(brentq(short_of, 0.1 * sigma, 8 * sigma, xtol=1e-6 * sigma))


def _run_length(weight: float, limit: float) -> float:
    """Mean points until a false alarm of the moving average (Brook and Evans 1972)."""
    edges = np.linspace(-limit, limit, STATES + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    reached = ndtr((edges[None, :] - (1 - weight) * middles[:, None]) / weight)
    moves = np.diff(reached, axis=1)
    lengths = np.linalg.solve(np.eye(STATES) - moves, np.ones(STATES))
    return float(lengths[STATES // 2])
