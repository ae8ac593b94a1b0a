"""When people come: seasons of the year, the week and the day, and holidays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

CLASSES = ("IMP", "EMER", "AMB")
INPATIENT, EMERGENCY, AMBULATORY = range(3)
HOLIDAYS = ((1, 1), (5, 1), (12, 25), (12, 26))
"""Month and day of the holidays of a city that keeps few."""
ON_HOLIDAYS = (0.8, 1.1, 0.05)
WEEK = (
    (1.15, 1.1, 1.06, 1.04, 1.03, 0.82, 0.8),
    (1.1, 1.0, 0.98, 0.97, 0.98, 0.97, 1.0),
    (1.4, 1.4, 1.35, 1.35, 1.2, 0.2, 0.1),
)
"""Monday to Sunday, for each class; the shape, not the size, is meant: our own choice."""
HOURS = (
    (1, 1, 1, 1, 1, 1, 2, 4, 6, 7, 7, 7, 6, 6, 6, 5, 5, 4, 4, 3, 3, 2, 2, 1),
    (3, 2, 2, 2, 2, 2, 3, 4, 6, 7, 8, 8, 8, 7, 7, 7, 7, 7, 7, 7, 6, 6, 5, 4),
    (0, 0, 0, 0, 0, 0, 0, 2, 9, 10, 10, 9, 5, 8, 9, 8, 6, 2, 0, 0, 0, 0, 0, 0),
)
"""Midnight to midnight, for each class, in local time, which is UTC here: our own choice."""
PEAK_DAY = 15
"""The middle of January."""


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """The days of the records.

    Parameters
    ----------
    days : ndarray of datetime64[D], shape (n_days,)
        Ascending, without gaps.
    """

    days: NDArray[np.datetime64]

    def weights(self, winter: float, class_: int) -> NDArray[np.float64]:
        """Return how busy each day is.

        Parameters
        ----------
        winter : float
            Amplitude of the year, -1 to 1.
        class_ : int
            Place in ``CLASSES``.

        Returns
        -------
        ndarray, shape (n_days,)
            1 on an average day of the year.
        """
        into = (self.days - self.days.astype("datetime64[Y]")).astype(np.int64)
        year = 1 + winter * np.cos(2 * np.pi * (into - PEAK_DAY) / 365.25)
        weekday = (self.days.astype(np.int64) + 3) % 7
        week = np.array(WEEK[class_])
        return year * (week / week.mean())[weekday] * self._free(class_)

    def draw(
        self, n: int, winter: float, class_: int, rng: np.random.Generator
    ) -> NDArray[np.int64]:
        """Draw moments, in seconds since 1970 began.

        Parameters
        ----------
        n : int
            How many.
        winter, class_
            As in :meth:`weights`.
        rng : numpy.random.Generator
            Where from.

        Returns
        -------
        ndarray of int, shape (n,)
        """
        day = inverse(self.weights(winter, class_), rng.random(n))
        hour = inverse(np.array(HOURS[class_], float), rng.random(n))
        midnight = self.days[day].astype(np.int64) * 86_400
        return midnight + hour * 3600 + rng.integers(0, 3600, n)

    def _free(self, class_: int) -> NDArray[np.float64]:
        month = self.days.astype("datetime64[M]")
        of_month = (self.days - month.astype("datetime64[D]")).astype(np.int64) + 1
        of_year = month.astype(np.int64) % 12 + 1
        free = np.logical_or.reduce([(of_year == m) & (of_month == d) for m, d in HOLIDAYS])
        return np.where(free, ON_HOLIDAYS[class_], 1.0)


def calendar(first: date, last: date) -> Calendar:
    """Return the days from one to another, both included.

    Examples
    --------
    >>> from datetime import date
    >>> len(calendar(date(2026, 1, 1), date(2026, 1, 31)).days)
    31
    """
    return Calendar(np.arange(np.datetime64(first), np.datetime64(last) + 1))


def inverse(weights: NDArray[np.float64], uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Turn uniform numbers into places, each as likely as its weight.

    Examples
    --------
    >>> inverse(np.array([1.0, 0.0, 3.0]), np.array([0.1, 0.3, 0.9])).tolist()
    [0, 2, 2]
    """
    edges = np.cumsum(weights)
    return np.searchsorted(edges / edges[-1], uniform, side="right").clip(max=len(weights) - 1)
