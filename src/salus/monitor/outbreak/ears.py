"""The early aberration reporting system (EARS): a count against the seven before it."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from scipy.special import ndtri

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

BASELINE = 7
"""Counts that a threshold rests on."""


class Ears(IntEnum):
    """How many counts lie between the baseline and the one that is judged."""

    C1 = 0
    C2 = 2


def threshold(counts: Values, method: Ears = Ears.C2, alpha: float = 0.01) -> Values:
    """Derive the highest count that is still usual, from the seven counts before.

    Mean plus ``z`` times the standard deviation of the baseline, ``z`` the upper ``alpha``
    quantile of the normal distribution. C2 leaves two counts out between them, so that the
    beginning of an outbreak does not raise its own threshold.

    Parameters
    ----------
    counts : ndarray, shape (n,)
        Cases in each period, 0 or more; a gap (NaN) in a baseline gives no threshold.
    method : Ears
        C1 or C2.
    alpha : float
        Chance of a false alarm at a point if counts were normal, 0.0001 to 0.5.

    Returns
    -------
    ndarray, shape (n,)
        In cases; NaN where there is no whole baseline. A count above it is an alarm.

    Raises
    ------
    ValueError
        If alpha is out of range.

    Examples
    --------
    >>> threshold(np.array([2.0, 4, 2, 4, 2, 4, 3, 9]), Ears.C1, alpha=0.05)[-1].round(2)
    np.float64(4.64)

    References
    ----------
    L. Hutwagner, W. Thompson, G. M. Seeman, T. Treadwell (2003), The bioterrorism preparedness and
    response early aberration reporting system (EARS). Journal of Urban Health 80.
    """
    within("alpha", alpha, 0.0001, 0.5)
    highest = np.full(len(counts), np.nan)
    first = BASELINE + method
    if len(counts) > first:
        windows = sliding_window_view(counts, BASELINE)[: len(counts) - first]
        highest[first:] = windows.mean(1) - ndtri(alpha) * windows.std(1, ddof=1)
    return highest
