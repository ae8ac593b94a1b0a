"""How many rows one person has at most: the rest of them are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within

if TYPE_CHECKING:
    from numpy.typing import NDArray


def first_rows(people: NDArray[np.int64], rows: int) -> NDArray[np.bool_]:
    """Choose the first rows of each person.

    Which rows of a person are kept depends on no other person, so whoever comes or goes changes
    what is kept by ``rows`` at most.

    Parameters
    ----------
    people : numpy.ndarray
        Whose each row is, as numbers: (n,).
    rows : int
        How many rows of a person are kept, 1 or more.

    Returns
    -------
    numpy.ndarray
        Whether each row is kept: (n,).

    References
    ----------
    McSherry, F. (2009). Privacy integrated queries. SIGMOD 2009, 19-30.

    Examples
    --------
    >>> first_rows(np.array([7, 7, 3, 7, 3]), 2).tolist()
    [True, True, True, False, True]
    """
    within("rows", rows, 1)
    order = np.argsort(people, kind="stable")
    ordered = people[order]
    begins = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(people) else order
    lengths = np.diff(np.r_[begins, len(people)])
    place = np.arange(len(people)) - np.repeat(begins, lengths)
    kept = np.empty(len(people), dtype=np.bool_)
    kept[order] = place < rows
    return kept
