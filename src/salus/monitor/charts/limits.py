"""The lines of a control chart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Limits:
    """Between which values common cause stays, at each point.

    Parameters
    ----------
    centre : ndarray, shape (n,)
        The expected value, in the unit of the chart.
    lower, upper : ndarray, shape (n,)
        Three sigma from the centre.
    near_lower, near_upper : ndarray, shape (n,)
        Two sigma from the centre.

    Raises
    ------
    ValueError
        If a line lies on the wrong side of its neighbour. NaN, for no limit, is allowed.
    """

    centre: Values
    lower: Values
    upper: Values
    near_lower: Values
    near_upper: Values

    def __post_init__(self) -> None:
        """Refuse lines out of order."""
        lines = np.stack([self.lower, self.near_lower, self.centre, self.near_upper, self.upper])
        if (np.diff(lines, axis=0) < 0).any():
            message = f"limits must rise from lower to upper, but the first are {lines[:, 0]}"
            raise ValueError(message)

    def part(self, span: slice) -> Limits:
        """Take the lines at some of the points."""
        return Limits(
            self.centre[span],
            self.lower[span],
            self.upper[span],
            self.near_lower[span],
            self.near_upper[span],
        )
