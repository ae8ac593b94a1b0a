"""What stands in for a value that is not known, so that not knowing can be learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

FAR = 10.0
"""Standard deviations beyond which a linear model treats values alike."""


@dataclass(frozen=True, slots=True, eq=False)
class BelowAll:
    """Puts unknown values below all known ones, where a tree can cut them off.

    Parameters
    ----------
    floor : ndarray, shape (n_features,)
        A value below the least known one of each column.
    """

    floor: Values

    @classmethod
    def of(cls, values: Values) -> BelowAll:
        """Find the floor of each column of training values.

        Examples
        --------
        >>> BelowAll.of(np.array([[1.0], [3.0], [np.nan]])).floor
        array([-1.])
        """
        known = np.isfinite(values)
        low = np.min(values, 0, initial=np.inf, where=known)
        high = np.max(values, 0, initial=-np.inf, where=known)
        some = known.any(0)
        span = np.where(some, np.maximum(high - low, 1.0), 0.0)
        return cls(np.where(some, low, 0.0) - span)

    def fill(self, values: Values) -> NDArray[np.float32]:
        """Put the floor where nothing is known, shape (n, n_features)."""
        return np.where(np.isfinite(values), values, self.floor).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Standard:
    """Centres and scales; unknown values lie at the median, and a flag says so.

    Parameters
    ----------
    middle, centre, spread : ndarray, shape (n_features,)
        Median of the known values; mean and standard deviation after filling.
    flagged : ndarray of int, shape (n_flags,)
        Columns with both known and unknown values in training; of those that are always known
        together only the first.
    """

    middle: Values
    centre: Values
    spread: Values
    flagged: NDArray[np.int64]

    @classmethod
    def of(cls, values: Values) -> Standard:
        """Learn centre and spread from training values, shape (n, n_features).

        Examples
        --------
        >>> Standard.of(np.array([[1.0], [3.0], [np.nan]])).rows(np.array([[np.nan]]))
        array([[0., 1.]])
        """
        known = np.isfinite(values)
        some = known.any(0)
        middle = np.zeros(values.shape[1])
        middle[some] = np.nanmedian(values[:, some], axis=0)
        filled = np.where(known, values, middle)
        spread = filled.std(0)
        partly = np.flatnonzero(some & ~known.all(0))
        _, first = np.unique(known[:, partly], axis=1, return_index=True)
        flagged = partly[np.sort(first)]
        return cls(middle, filled.mean(0), np.where(spread > 0, spread, 1.0), flagged)

    def rows(self, values: Values) -> Values:
        """Standardise rows; the flags of what is not known follow, shape (n, n_columns)."""
        known = np.isfinite(values)
        standard = (np.where(known, values, self.middle) - self.centre) / self.spread
        flags = ~known[:, self.flagged]
        return np.hstack([np.clip(standard, -FAR, FAR), flags.astype(np.float64)])
