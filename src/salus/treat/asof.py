"""What was known when: rows sorted so that the latest before a moment is found by bisection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """Dated rows, sorted by what they are of, whose they are, when, and value.

    Build it with :meth:`sort`, which makes an order that no shuffling of the rows changes.

    Parameters
    ----------
    key : ndarray of int, shape (n,)
        What, whose and the rank of the time in one number, ascending.
    value : ndarray, shape (n,)
        Of two values at one time the larger stands last.
    when : ndarray of int, shape (n,)
        Time of each row, microseconds.
    ticks : ndarray of int, shape (n_times,)
        All different times, ascending.
    people : int
        How many persons there are.
    """

    key: Whole
    value: Values
    when: Whole
    ticks: Whole
    people: int

    @classmethod
    def sort(cls, what: Whole, whose: Whole, when: Whole, value: Values, people: int) -> Events:
        """Sort rows for bisection.

        Parameters
        ----------
        what, whose, when : ndarray of int, shape (n,)
            Number of the kind of row, number of the person, time in microseconds.
        value : ndarray, shape (n,)
            What the row says.
        people : int
            How many persons there are; ``whose`` is below.

        Returns
        -------
        Events

        Examples
        --------
        >>> rows = Events.sort(*np.array([[0, 0], [0, 0], [20, 10]]), np.array([5.0, 4.0]), 1)
        >>> rows.value[rows.latest(0, np.array([0]), np.array([15]))]
        array([4.])
        """
        ticks, rank = np.unique(when, return_inverse=True)
        key = (what * people + whose) * (len(ticks) + 1) + rank
        order = np.lexsort((value, key))
        return cls(key[order], value[order], when[order], ticks, people)

    def latest(self, what: int, whose: Whole, at: Whole) -> Whole:
        """Find the last row of a kind at or before each moment; -1 where there is none."""
        last = self._upto(what, whose, at) - 1
        first = np.searchsorted(self.key, self._base(what, whose))
        return np.where(last >= first, last, -1)

    def count(self, what: int, whose: Whole, since: Whole, at: Whole) -> Whole:
        """Count rows of a kind after ``since`` and not after ``at``, for each moment."""
        return self._upto(what, whose, at) - self._upto(what, whose, since)

    def _upto(self, what: int, whose: Whole, at: Whole) -> Whole:
        ticks = np.searchsorted(self.ticks, at, "right")
        return np.searchsorted(self.key, self._base(what, whose) + ticks)

    def _base(self, what: int, whose: Whole) -> Whole:
        return (what * self.people + whose) * (len(self.ticks) + 1)

    def first(self, what: int, whose: Whole, since: Whole, until: Whole) -> Whole:
        """Find the first row of a kind after ``since`` and not after ``until``; -1 for none."""
        low = self._upto(what, whose, since)
        return np.where(low < self._upto(what, whose, until), low, -1)
