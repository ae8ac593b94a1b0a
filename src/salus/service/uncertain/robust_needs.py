"""The needs that a robust plan is held against, read from scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.uncertain.needs import NeedSet

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.uncertain.scenarios import Scenarios


def robust_needs(
    middle: NDArray[np.float64],
    drawn: Scenarios,
    weight: NDArray[np.float64],
    level: float,
) -> NeedSet:
    """Say how far each district may be off, and how many at once.

    A district may need more than expected by as much as its total of all days, by weight, exceeds
    what is expected in the share ``level`` of the scenarios, spread over services and days as
    expected. The budget is what the shares by which districts are off add up to in the same share
    of the scenarios, rounded up.

    Parameters
    ----------
    middle : ndarray, shape (I, S, T)
        Need that is expected, cases.
    drawn : Scenarios
        What it may be, equally likely.
    weight : ndarray, shape (S,)
        What a case of each service counts.
    level : float
        Share of the scenarios, from 0 to 1.

    Returns
    -------
    NeedSet

    Examples
    --------
    >>> from salus.allocate.city.uncertain.scenarios import equally_likely
    >>> middle = np.full((2, 1, 1), 10.0)
    >>> drawn = equally_likely(np.array([[8.0, 9], [9, 12], [15, 9], [10, 9]])[:, :, None, None])
    >>> found = robust_needs(middle, drawn, np.ones(1), 1.0)
    >>> found.deviation.ravel().tolist(), found.budget
    ([5.0, 2.0], 1)
    """
    expected = weight @ middle.sum(axis=2).T
    total = drawn.need.sum(axis=3) @ weight
    more = np.maximum(np.quantile(total, level, axis=0) - expected, 0.0)
    off = np.divide(total - expected, more, out=np.zeros_like(total), where=more > 0)
    at_once = np.quantile(np.clip(off, 0.0, 1.0).sum(axis=1), level)
    share = np.divide(more, expected, out=np.zeros_like(more), where=expected > 0)
    return NeedSet(middle, share[:, None, None] * middle, int(np.ceil(at_once)))
