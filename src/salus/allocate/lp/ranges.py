"""How far a cost or a side may move before the answer changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.start import Place

if TYPE_CHECKING:
    import highspy

    from salus.allocate.lp.program import Floats, LinearProgram
    from salus.allocate.lp.solution import LinearSolution


@dataclass(frozen=True, slots=True, eq=False)
class Ranges:
    """The ranges in which one basis stays optimal, each while all else stays.

    Where the optimum is degenerate, another basis of the same optimum may have wider ranges.

    Parameters
    ----------
    cost_low, cost_high : ndarray, shape (n,)
        While the cost of a variable stays between them, x stays optimal.
    side_low, side_high : ndarray, shape (m,)
        While the binding side of a row stays between them, its dual stays what it is. Where a row
        does not bind, its dual is 0, and they are how far its one finite side may move; NaN where
        both sides are finite or none is.
    """

    cost_low: Floats
    cost_high: Floats
    side_low: Floats
    side_high: Floats


def read_ranges(
    highs: highspy.Highs, program: LinearProgram, solution: LinearSolution
) -> Ranges | None:
    """Read the ranges of an optimal basis.

    Parameters
    ----------
    highs : Highs
        The solver after its run.
    program : LinearProgram
        The programme as the solver has it.
    solution : LinearSolution
        What the run found.

    Returns
    -------
    Ranges or None
        ``None`` where the solver has none.
    """
    _, found = highs.getRanging()
    if not found.valid or solution.basis is None or solution.x is None:
        return None
    m, n = program.matrix.shape
    cost_low = np.array(found.col_cost_dn.value_)[:n]
    cost_high = np.array(found.col_cost_up.value_)[:n]
    activity = program.matrix @ solution.x
    only_upper = np.isinf(program.row_lower) & np.isfinite(program.row_upper)
    only_lower = np.isfinite(program.row_lower) & np.isinf(program.row_upper)
    loose = solution.basis.rows == Place.BASIC
    low = np.select([only_upper, only_lower], [activity, np.full(m, -np.inf)], np.nan)
    high = np.select([only_upper, only_lower], [np.full(m, np.inf), activity], np.nan)
    return Ranges(
        cost_low,
        cost_high,
        np.where(loose, low, np.array(found.row_bound_dn.value_)[:m]),
        np.where(loose, high, np.array(found.row_bound_up.value_)[:m]),
    )
