"""Which of many journeys to look at first: the few that are likely to be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Whole


def first_few(
    source: Whole, cost: NDArray[np.int64] | NDArray[np.float64], sources: int, few: int
) -> Whole:
    """Find the cheapest journeys of each source.

    Parameters
    ----------
    source : ndarray of int, shape (a,)
        Where each journey starts, from 0 to ``sources`` - 1.
    cost : ndarray, shape (a,)
        What a unit costs on each, in any unit.
    sources : int
        How many sources there are.
    few : int
        Journeys of each source, 1 or more.

    Returns
    -------
    ndarray of int, shape (b,)
        Indices of the journeys, ascending: ``few`` of each source that has as many; more where
        the last of them costs as much as others do, up to rounding.

    Examples
    --------
    >>> first_few(np.array([0, 0, 0, 1]), np.array([9.0, 5.0, 7.0, 8.0]), 2, few=2).tolist()
    [1, 2, 3]
    """
    if source.size == 0:
        return np.zeros(0, dtype=np.int64)
    if in_order(source, cost):
        ends = np.searchsorted(source, np.arange(sources + 1))
        spots = ends[:-1, None] + np.arange(few)
        return spots[spots < ends[1:, None]]
    # Sorted are values, not places: the same on every machine, and several times as quick.
    low = cost.min()
    width = float(cost.max() - low) + 1
    key = source * width + (cost - low)
    ends = np.searchsorted(ordered := np.sort(key), np.arange(sources + 1) * width)
    last = np.minimum(ends[:-1] + few, ends[1:]) - 1
    return np.flatnonzero(key <= ordered[np.maximum(last, 0)][source])


def in_order(source: Whole, cost: NDArray[np.int64] | NDArray[np.float64]) -> bool:
    """Tell whether journeys are listed by source, and those of a source by cost.

    Parameters
    ----------
    source : ndarray of int, shape (a,)
        Where each journey starts.
    cost : ndarray, shape (a,)
        What a unit costs on each.

    Returns
    -------
    bool

    Examples
    --------
    >>> in_order(np.array([0, 0, 1]), np.array([5.0, 5.0, 4.0]))
    True
    """
    follows = source[1:] > source[:-1]
    follows |= (source[1:] == source[:-1]) & (cost[1:] >= cost[:-1])
    return bool(follows.all())
