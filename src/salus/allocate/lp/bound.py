"""What no solution can undercut, from row prices alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.program import Sense

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats, LinearProgram

# A reduced cost below this share of the largest cost is the rounding of a solver.
ROUNDING = 1e-9


def dual_bound(program: LinearProgram, duals: Floats) -> float:
    """Bound the objective by Lagrangian duality, whatever the prices.

    Whoever pays the prices y no longer minds the rows and takes for each column the bound that
    is better for them; for a minimum:

        L(y) = sum_i (y_i > 0 ? y_i row_lower_i : y_i row_upper_i)
               + sum_j min over lower_j <= x_j <= upper_j of (c - A'y)_j x_j

    Parameters
    ----------
    program : LinearProgram
        Whole numbers are relaxed.
    duals : ndarray, shape (m,)
        Any prices.

    Returns
    -------
    float
        A lower bound of a minimum, an upper bound of a maximum; infinite where the prices
        prove nothing.

    Examples
    --------
    >>> import numpy as np
    >>> from salus.allocate.lp.draft import Draft
    >>> draft = Draft()
    >>> served = draft.columns("served", (2,), upper=[8, 8])
    >>> draft.put(draft.rows("nurses", (1,), upper=10), served, 1.0)
    >>> draft.charge("unmet", served, [-5, -3])
    >>> dual_bound(draft.program({"unmet": 1.0}), np.array([-3.0]))
    -46.0

    References
    ----------
    Geoffrion (1974), Lagrangean relaxation for integer programming.
    """
    sign = 1.0 if program.sense is Sense.MIN else -1.0
    prices = sign * np.asarray(duals, np.float64)
    # A price against a side that is not there is the rounding of a solver; without it the rest
    # still prove a bound.
    prices = np.where(
        np.isinf(np.where(prices > 0, program.row_lower, program.row_upper)), 0, prices
    )
    reduced = sign * program.c - program.matrix.T @ prices
    scale = max(1.0, float(np.abs(program.c).max(initial=0.0)))
    reduced[np.abs(reduced) <= ROUNDING * scale] = 0.0
    rows = _least(prices, program.row_lower, program.row_upper)
    return sign * (rows + _least(reduced, program.lower, program.upper))


def _least(price: Floats, lower: Floats, upper: Floats) -> float:
    paid = price != 0
    end = np.where(price > 0, lower, upper)[paid]
    return float(price[paid] @ end)
