"""A length of time whose logarithm is normal."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST = 1e-6
"""Smallest standard deviation of a logarithm, so that a certain length has a distribution too."""


@dataclass(frozen=True, slots=True)
class Lognormal:
    """Minutes whose logarithm is normal.

    Parameters
    ----------
    middle : float
        Mean of the logarithm; its exponential is the median.
    width : float
        Standard deviation of the logarithm, 0 or more.

    Examples
    --------
    >>> hour = Lognormal.of(60, 0.4)
    >>> round(hour.mean, 6), round(hour.spread, 6)
    (60.0, 0.4)

    References
    ----------
    Strum, May and Vargas (2000), Modeling the uncertainty of surgical procedure times,
    Anesthesiology.
    """

    middle: float
    width: float

    @classmethod
    def of(cls, mean: float, spread: float) -> Lognormal:
        """Make a distribution from its mean and its spread.

        Parameters
        ----------
        mean : float
            Minutes, more than 0.
        spread : float
            Standard deviation as a share of the mean, 0 or more.

        Returns
        -------
        Lognormal
        """
        variance = math.log1p(spread**2)
        return cls(math.log(mean) - variance / 2, math.sqrt(variance))

    @property
    def mean(self) -> float:
        """Expected minutes."""
        return math.exp(self.middle + self.width**2 / 2)

    @property
    def spread(self) -> float:
        """Standard deviation as a share of the mean."""
        return math.sqrt(math.expm1(self.width**2))

    def longer(self, factor: float) -> Lognormal:
        """Return the distribution of so many times the length."""
        return Lognormal(self.middle + math.log(factor), self.width)

    def by_minute(self, most: int) -> NDArray[np.float64]:
        """Return the chance of each whole minute, rounded, up to the most.

        Parameters
        ----------
        most : int
            Last minute, 0 or more.

        Returns
        -------
        ndarray, shape (most + 1,)
            Adds up to less than 1 by the chance of longer ones.
        """
        edges = np.log(np.arange(most + 1) + 0.5)
        below = ndtr((edges - self.middle) / max(self.width, LEAST))
        return np.diff(below, prepend=0.0)
