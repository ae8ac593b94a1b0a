"""A relation that is no straight line, as a line that bends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]

QUANTILES = (0.1, 0.3, 0.5, 0.7, 0.9)
MANY = 10
"""A column of this many different values or fewer is a finding or a count, and does not bend."""


@dataclass(frozen=True, slots=True)
class Bends:
    """Where each measured column may bend: the truncated lines of a linear spline.

    ``max(x - k, 0)`` for each knot ``k``, at quantiles of the training rows.

    Parameters
    ----------
    places : tuple of (int, float)
        Column and knot of each truncated line.

    References
    ----------
    F. Harrell (2015), Regression modeling strategies, 2nd edition, section 2.4.3: linear splines.
    """

    places: tuple[tuple[int, float], ...]

    @classmethod
    def of(cls, values: Values) -> Bends:
        """Choose the knots from training rows, shape (n, n_features); NaN where nothing is known.

        Examples
        --------
        >>> len(Bends.of(np.arange(100.0)[:, None]).places)
        5
        """
        return cls(
            tuple((j, knot) for j in range(values.shape[1]) for knot in _knots(values[:, j]))
        )

    def rows(self, values: Values) -> Values:
        """Put the truncated lines beside the columns, shape (n, n_features + n_knots)."""
        columns = [column for column, _ in self.places]
        knots = [knot for _, knot in self.places]
        return np.hstack([values, np.maximum(values[:, columns] - knots, 0)])


def _knots(column: Values) -> list[float]:
    known = column[np.isfinite(column)]
    if len(np.unique(known)) <= MANY:
        return []
    return [float(knot) for knot in np.unique(np.quantile(known, QUANTILES))]
