"""Bounds that rows imply where a variable has none of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats, LinearProgram

PASSES = 10
MARGIN = 1e-9
"""Share of what is added up by which a bound is widened, so that rounding cuts nothing off."""


def with_implied_bounds(program: LinearProgram) -> LinearProgram:
    """Give each variable without a bound the one that some row implies, if one does.

    In a row, what a variable may be is what its side leaves over the least, or below the most,
    that all others can come to. Every x within the programme stays within it.

    Parameters
    ----------
    program : LinearProgram
        The programme.

    Returns
    -------
    LinearProgram
        The same with fewer infinite bounds; what was finite stays.

    References
    ----------
    Brearley, Mitra and Williams (1975), Analysis of mathematical programming problems prior to
    applying the simplex algorithm.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> beds = LinearProgram([1, 1], [[1, 2]], [-np.inf], [8], [0, 0], [np.inf] * 2)
    >>> with_implied_bounds(beds).upper.round(6).tolist()
    [8.0, 4.0]
    """
    low, high = program.lower, program.upper
    entries = _Entries(program)
    for _ in range(PASSES):
        below, above = entries.bounds(low, high)
        # Only where there is none: a finite bound is exact, an implied one is not.
        below = np.where(np.isinf(low), np.minimum(below, high), low)
        above = np.where(np.isinf(high), np.maximum(above, low), high)
        same = np.array_equal(below, low) and np.array_equal(above, high)
        low, high = below, np.maximum(above, below)
        if same:
            break
    return replace(program, lower=low, upper=high)


class _Entries:
    """The coefficients of a programme, one by one, with the sides of their rows."""

    def __init__(self, program: LinearProgram) -> None:
        matrix = sparse.coo_array(program.matrix)
        matrix.eliminate_zeros()
        self.rows, self.columns = matrix.coords
        self.values, self.shape = matrix.data, program.matrix.shape
        self.least, self.most = program.row_lower[self.rows], program.row_upper[self.rows]

    def bounds(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Tell which bounds the rows imply; infinite where none does."""
        up = self.values > 0
        at_low, at_high = self.values * low[self.columns], self.values * high[self.columns]
        # What the row leaves for this entry, at most and at least.
        room = self._left(self.most, np.where(up, at_low, at_high), 1.0)
        need = self._left(self.least, np.where(up, at_high, at_low), -1.0)
        below, above = np.full(self.shape[1], -np.inf), np.full(self.shape[1], np.inf)
        np.minimum.at(above, self.columns, np.where(up, room, need) / self.values)
        np.maximum.at(below, self.columns, np.where(up, need, room) / self.values)
        return below, above

    def _left(self, side: Floats, parts: Floats, way: float) -> Floats:
        # The side less all other parts of the row, widened; no limit where one has none.
        endless = np.isinf(parts)
        finite = np.where(endless, 0.0, parts)
        others = self._sum(endless.astype(np.float64)) - endless
        rest = self._sum(finite) - finite
        known = (others == 0) & np.isfinite(side)
        size = self._sum(np.abs(finite)) + np.abs(np.where(known, side, 0.0))
        return (
            np.where(known, np.where(known, side, 0.0) - rest, way * np.inf) + way * MARGIN * size
        )

    def _sum(self, parts: Floats) -> Floats:
        return np.bincount(self.rows, parts, self.shape[0])[self.rows]
