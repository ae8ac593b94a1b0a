"""Bands around a forecast, from the errors it made before."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import stdtrit

from salus.core.checks import within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Values = NDArray[np.float64]


def band_offsets(errors: Values, levels: Sequence[int]) -> Values:
    """Derive how far the bands of a forecast reach below and above its point path.

    Each tail is taken by itself from the signed errors of its step: with ``n`` errors, the
    ``ceil((n + 1) (1 - a / 2))``-th smallest bounds the upper tail of a band of level ``1 - a``.
    Where so extreme an order statistic does not exist, Student's t with ``n`` degrees of freedom
    around zero takes its place. A step without any error widens the last known one by the square
    root of time, as a random walk does. Bands hold the point, and grow with the step and the level.

    Parameters
    ----------
    errors : ndarray, shape (n_origins, horizon)
        Actual minus forecast of earlier origins; NaN where not known. The first step has at
        least one.
    levels : sequence of int
        Ascending, each from 1 to 99, in per cent.

    Returns
    -------
    ndarray, shape (n_levels, 2, horizon)
        Below and above, both 0 or more, in the unit of the errors.

    Raises
    ------
    ValueError
        If a level is out of range, or the first step has no error.

    Examples
    --------
    >>> errors = np.arange(-9.0, 10.0)[:, None]
    >>> band_offsets(errors, (50, 80))[:, :, 0]
    array([[5., 5.],
           [8., 8.]])

    References
    ----------
    J. Lei, M. G'Sell, A. Rinaldo, R. J. Tibshirani, L. Wasserman (2018), Distribution-free
    predictive inference for regression. Journal of the American Statistical Association 113.
    """
    for level in levels:
        within("level", level, 1, 99, "%")
    steps = [np.sort(column[np.isfinite(column)]) for column in errors.T]
    if not steps[0].size:
        message = f"errors must hold one at the first step, but all {len(errors)} are not known"
        raise ValueError(message)
    known = [index for index, step in enumerate(steps) if step.size]
    reach = np.array(
        [[(_tail(-steps[k][::-1], p), _tail(steps[k], p)) for k in known] for p in levels]
    ).transpose(0, 2, 1)
    wide = np.maximum.accumulate(np.maximum.accumulate(np.maximum(reach, 0.0), 0), 2)
    last = np.searchsorted(known, np.arange(len(steps)), side="right") - 1
    growth = np.sqrt((np.arange(len(steps)) + 1) / (np.array(known)[last] + 1))
    return np.maximum.accumulate(wide[:, :, last] * growth, 2)


def _tail(errors: Values, level: int) -> float:
    probability = 0.5 + level / 200
    rank = math.ceil((len(errors) + 1) * probability - 1e-9)
    if rank <= len(errors):
        return float(errors[rank - 1])
    spread = math.sqrt(float(np.mean(errors**2)) * (1 + 1 / len(errors)))
    return max(float(errors[-1]), float(stdtrit(len(errors), probability)) * spread)


def wilson_lower(hits: NDArray[np.int64], count: NDArray[np.int64], z: float = 1.96) -> Values:
    """Bound shares from below by Wilson's score interval.

    Parameters
    ----------
    hits, count : ndarray of int, same shape
        How many of how many, the count at least 1.
    z : float
        Standard normal quantile; 1.96 is that of a 95 % interval.

    Returns
    -------
    ndarray, same shape
        0 to 1.

    Examples
    --------
    >>> wilson_lower(np.array([9]), np.array([10])).round(3)
    array([0.596])

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference.
    Journal of the American Statistical Association 22.
    """
    share = hits / count
    centre = share + z**2 / (2 * count)
    reach = z * np.sqrt(share * (1 - share) / count + z**2 / (4 * count**2))
    return np.asarray((centre - reach) / (1 + z**2 / count))
