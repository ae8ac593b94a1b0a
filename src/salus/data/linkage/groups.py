"""Groups of registrations that are of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


def grouped(n: int, pairs: Iterable[tuple[int, int, float]], sure: float) -> NDArray[np.int64]:
    """Join registrations along their pairs, the most probable first.

    The groups are the connected components of the pairs, but for one exception: a pair that is
    less than sure joins no two groups that both hold several registrations, since one weak link
    would then make one person of two.

    Parameters
    ----------
    n : int
        Number of registrations.
    pairs : iterable of (int, int, float)
        Rows of two registrations and the probability that they are of one person.
    sure : float
        Probability from which a pair joins any two groups.

    Returns
    -------
    ndarray of int, shape (n,)
        For each registration the first one of its group.

    Examples
    --------
    >>> grouped(5, [(0, 1, 0.999), (3, 4, 0.999), (1, 3, 0.99)], sure=0.9999).tolist()
    [0, 0, 2, 3, 3]
    >>> grouped(5, [(0, 1, 0.999), (1, 3, 0.99)], sure=0.9999).tolist()
    [0, 0, 2, 0, 4]
    """
    first, size = list(range(n)), [1] * n
    for left, right, probability in sorted(pairs, key=lambda each: (-each[2], each[0], each[1])):
        low, high = sorted((_first(first, left), _first(first, right)))
        weak = probability < sure and min(size[low], size[high]) > 1
        if low != high and not weak:
            first[high] = low
            size[low] += size[high]
    return np.array([_first(first, each) for each in range(n)], dtype=np.int64)


def _first(first: list[int], each: int) -> int:
    while first[each] != each:
        first[each] = first[first[each]]
        each = first[each]
    return each
