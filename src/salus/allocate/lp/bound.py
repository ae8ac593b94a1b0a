"""What duals prove: a bound that no solution can beat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.implied import with_implied_bounds
from salus.allocate.lp.inner import inner
from salus.allocate.lp.program import Sense

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.lp.program import Floats, LinearProgram

# A reduced cost of this size, relative to its cost, is the rounding of a solver.
ROUNDING = 1e-7


def proved_bound(program: LinearProgram, duals: Floats) -> float:
    """Bound the objective by any weights of the rows, optimal or not.

    For min, with y the weights and d = c - A'y what they leave, every x within the programme has

        c'x = y'(A x) + d'x >= sum_i min(y_i lo_i, y_i up_i) + sum_j min(d_j l_j, d_j u_j)

    Parameters
    ----------
    program : LinearProgram
        The programme; that variables be whole numbers is not used.
    duals : ndarray, shape (m,)
        Weights of the rows.

    Returns
    -------
    float
        The bound, infinite where the weights prove nothing.

    References
    ----------
    Geoffrion (1974), Lagrangean relaxation for integer programming.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> program = LinearProgram([1], [[1]], [3], [np.inf], [0], [np.inf])
    >>> proved_bound(program, np.array([0.5]))
    1.5
    """
    sign = 1.0 if program.sense is Sense.MIN else -1.0
    y, c = sign * duals, sign * program.c
    pull = program.matrix.T @ y
    left = c - pull
    rows = _least(y, program.row_lower, program.row_upper, np.ones_like(y))
    columns = _least(left, program.lower, program.upper, 1 + np.abs(c))
    return sign * (rows + columns) + program.offset


def best_proof(program: LinearProgram, duals: Floats | None) -> tuple[Floats, float]:
    """Take weights of the rows for a proof, if they prove more than no weights at all.

    A solve that a limit ended may leave none, or some that prove nothing.

    Parameters
    ----------
    program : LinearProgram
        The programme, to be minimised.
    duals : ndarray, shape (m,), or None
        Weights of the rows, if there are any.

    Returns
    -------
    proof : ndarray, shape (m,)
        The weights, or zeros.
    bound : float
        What they prove.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> program = LinearProgram([1], [[1]], [3], [np.inf], [0], [np.inf])
    >>> [best_proof(program, np.array([dual]))[1] for dual in (0.5, -1.0)]
    [1.5, 0.0]
    """
    nothing = np.zeros(program.row_lower.shape)
    low = proved_bound(program, nothing)
    if duals is None or not np.isfinite(duals).all():
        return nothing, low
    bound = proved_bound(program, duals)
    return (duals, bound) if bound >= low else (nothing, low)


def bound_at_stop(
    program: LinearProgram, duals: Floats | None, known: Sequence[float] = ()
) -> float:
    """Bound the objective by what a solve that a limit ended has left.

    Duals of a simplex under way miss their signs by a little: those of rows are set right, and
    those of variables matter least where there are bounds, if need be such as rows imply.

    Parameters
    ----------
    program : LinearProgram
        The programme.
    duals : ndarray, shape (m,), or None
        Weights of the rows, if there are any.
    known : sequence of float
        Bounds that are known.

    Returns
    -------
    float
        The best bound, infinite where nothing is proved.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> program = LinearProgram([1], [[1]], [3], [np.inf], [0], [np.inf])
    >>> bound_at_stop(program, np.array([0.5])), bound_at_stop(program, None, [-9.0])
    (1.5, 0.0)
    """
    weights = [np.zeros(program.row_lower.shape)]
    if duals is not None and np.isfinite(duals).all():
        weights += [duals, _signed(program, duals)]
    best = max if program.sense is Sense.MIN else min
    bound = best([*known, *(proved_bound(program, y) for y in weights)])
    if np.isfinite(bound):
        return bound
    bounded = with_implied_bounds(program)
    return best([bound, *(proved_bound(bounded, y) for y in weights)])


def _signed(program: LinearProgram, duals: Floats) -> Floats:
    # A side that is not there has no weight.
    sign = 1.0 if program.sense is Sense.MIN else -1.0
    side = np.where(sign * duals > 0, program.row_lower, program.row_upper)
    return np.where(np.isfinite(side), duals, 0.0)


def _least(weight: Floats, low: Floats, high: Floats, scale: Floats) -> float:
    side = np.where(weight > 0, low, high)
    # Towards an infinite side, rounding noise must not undo the whole proof.
    noise = (weight == 0) | (~np.isfinite(side) & (np.abs(weight) <= ROUNDING * scale))
    return inner(np.where(noise, 0.0, weight), np.where(noise, 0.0, side))
