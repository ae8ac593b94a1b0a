"""The scale on which forecasts are made and their errors compared."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


class Scale(StrEnum):
    """How values are laid out before a method sees them.

    Counts of admissions grow by factors, not by sums, so histories without a negative value are
    taken on ``log(1 + value)``, where an error of 0.1 is about 10 %, and come back 0 or more.

    Examples
    --------
    >>> Scale.LOG.back(Scale.LOG.forward(np.array([7.0]))).round(6)
    array([7.])
    """

    LOG = "log"
    PLAIN = "plain"

    @classmethod
    def of(cls, values: Values) -> Scale:
        """Choose the scale of a history: plain if any known value is negative.

        Examples
        --------
        >>> Scale.of(np.array([0.0, np.nan, 3.0]))
        <Scale.LOG: 'log'>
        """
        return cls.PLAIN if (values < 0).any() else cls.LOG

    def forward(self, values: Values) -> Values:
        """Bring values onto the scale; NaN stays NaN."""
        return np.log1p(values) if self is Scale.LOG else values

    def back(self, values: Values) -> Values:
        """Bring values back into their unit; on the log scale they are 0 or more."""
        return np.maximum(np.expm1(values), 0.0) if self is Scale.LOG else values
