"""The proofs of programmes without an optimum: a ray, or weights of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.lp.engine import Engine
from salus.allocate.lp.program import LinearProgram
from salus.allocate.lp.solution import Status
from salus.allocate.lp.verify import cannot_be_met, improves_for_ever

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats


def unbounded_ray(program: LinearProgram) -> Floats | None:
    """Find a direction along which a programme improves for ever.

    Of all directions that stay within every row and bound, no part longer than 1, it is the one
    that improves most.

    Parameters
    ----------
    program : LinearProgram
        An unbounded programme; that variables be whole numbers is not used, for any rational
        direction may be taken in whole steps.

    Returns
    -------
    ndarray, shape (n,), or None
        The direction, its largest part 1 in size; ``None`` where none is found that
        :func:`~salus.allocate.lp.verify.improves_for_ever` accepts.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> up = LinearProgram([-1, -2], [[1, -1]], [-np.inf], [1], [0, 0], [np.inf] * 2)
    >>> improves_for_ever(up, unbounded_ray(up))
    True
    """
    low, high = program.row_lower, program.row_upper
    cone = replace(
        program,
        row_lower=np.where(np.isfinite(low), 0.0, -np.inf),
        row_upper=np.where(np.isfinite(high), 0.0, np.inf),
        lower=np.where(np.isfinite(program.lower), 0.0, -1.0),
        upper=np.where(np.isfinite(program.upper), 0.0, 1.0),
        integral=None,
        offset=0.0,
    )
    direction = Engine(cone).solve().x
    if direction is None or not improves_for_ever(program, direction):
        return None
    return direction / np.abs(direction).max()


def infeasible_proof(program: LinearProgram) -> Floats | None:
    """Find weights of the rows whose sum no x within its bounds can meet.

    Parameters
    ----------
    program : LinearProgram
        An infeasible programme; that variables be whole numbers is not used.

    Returns
    -------
    ndarray, shape (m,), or None
        The weights, the largest 1 in size; ``None`` where whole numbers alone make the programme
        infeasible, or none are found that :func:`~salus.allocate.lp.verify.cannot_be_met` accepts.

    References
    ----------
    Farkas (1902), Theorie der einfachen Ungleichungen.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> no = LinearProgram([1], [[1], [1]], [3, -np.inf], [np.inf, 2], [0], [np.inf])
    >>> infeasible_proof(no).tolist()
    [1.0, -1.0]
    """
    engine = Engine(replace(program, c=np.zeros_like(program.c), integral=None, offset=0.0))
    if engine.solve().status is not Status.INFEASIBLE:
        return None
    for weights in (engine.proof(), _elastic(program)):
        if weights is not None and (size := float(np.abs(weights).max(initial=0.0))) > 0:
            for each in (weights / size, -weights / size):
                if cannot_be_met(program, each):
                    return each
    return None


def _elastic(program: LinearProgram) -> Floats | None:
    # The least sum by which the rows are missed, above 0, has duals that prove it.
    m, n = program.matrix.shape
    return (
        Engine(
            LinearProgram(
                np.concatenate([np.zeros(n), np.ones(2 * m)]),
                sparse.hstack([program.matrix, sparse.eye_array(m), -sparse.eye_array(m)], "csc"),
                program.row_lower,
                program.row_upper,
                np.concatenate([program.lower, np.zeros(2 * m)]),
                np.concatenate([program.upper, np.full(2 * m, np.inf)]),
            )
        )
        .solve()
        .row_duals
    )
