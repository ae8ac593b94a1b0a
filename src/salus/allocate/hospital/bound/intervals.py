"""All stretches of days, and what must happen within them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.bound.choices import Choices, Whole


def intervals(days: int) -> tuple[Whole, Whole]:
    """List the first and last day of each stretch of days, the shortest first.

    Parameters
    ----------
    days : int
        Length of the horizon.

    Returns
    -------
    first, last : ndarray of int, shape (days * (days + 1) / 2,)

    Examples
    --------
    >>> [each.tolist() for each in intervals(2)]
    [[0, 1, 0], [0, 1, 1]]
    """
    first, last = np.triu_indices(days)
    order = np.argsort(last - first, kind="stable")
    return first[order], last[order]


def within(amounts: NDArray[np.int64], first: Whole, last: Whole) -> Whole:
    """Add up amounts of days over intervals.

    Parameters
    ----------
    amounts : ndarray of int, shape (..., days)
    first, last : ndarray of int, shape (n,)

    Returns
    -------
    ndarray of int, shape (..., n)

    Examples
    --------
    >>> within(np.array([1, 2, 4]), np.array([0, 1]), np.array([0, 2])).tolist()
    [1, 6]
    """
    nothing = np.zeros((*amounts.shape[:-1], 1), np.int64)
    total = np.concatenate([nothing, amounts.cumsum(axis=-1)], axis=-1)
    return np.asarray(total[..., last + 1] - total[..., first])


def least_days(admissible: Choices, patients: int, first: Whole, last: Whole) -> Whole:
    """Count the days that a patient spends in the house within intervals at the least.

    Parameters
    ----------
    admissible : Choices
        When each could be admitted.
    patients : int
        How many there are.
    first, last : ndarray of int, shape (n,)
        Of the intervals.

    Returns
    -------
    ndarray of int, shape (patients, n)
        0 for a patient without a choice.
    """
    begin = admissible.day[:, None]
    end = begin + admissible.days[:, None] - 1
    days = np.maximum(0, np.minimum(end, last) - np.maximum(begin, first) + 1)
    found = np.zeros((patients, first.size), np.int64)
    who, at = np.unique(admissible.patient, return_index=True)
    if at.size:
        found[who] = np.minimum.reduceat(days, at, axis=0)
    return found


def needed(amounts: Whole, there: int) -> Whole:
    """Take as few of some amounts as exceed what is there, the largest first.

    Parameters
    ----------
    amounts : ndarray of int, shape (n,)
        Their sum exceeds what is there.
    there : int

    Returns
    -------
    ndarray of int
        Which of them, in ascending order.

    Examples
    --------
    >>> needed(np.array([60, 200, 90]), 250).tolist()
    [1, 2]
    """
    order = np.argsort(-amounts, kind="stable")
    count = int(np.searchsorted(amounts[order].cumsum(), there, side="right")) + 1
    return np.sort(order[:count])
