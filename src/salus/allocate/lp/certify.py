"""The proofs of programmes without an optimum: a ray, or weights of the rows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.engine import Engine
from salus.allocate.lp.solution import Status
from salus.allocate.lp.verify import cannot_be_met, improves_for_ever

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats, LinearProgram


def unbounded_ray(program: LinearProgram) -> Floats | None:
    """Find a direction along which a programme improves for ever.

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
    engine = Engine(_relaxed(program))
    if engine.solve().status is not Status.UNBOUNDED:
        return None
    direction = engine.ray()
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
    # Without an objective, no ray of the dual hides behind one of the primal.
    engine = Engine(replace(_relaxed(program), c=np.zeros_like(program.c), offset=0.0))
    if engine.solve().status is not Status.INFEASIBLE:
        return None
    weights = engine.proof()
    if weights is None:
        return None
    weights = weights / max(float(np.abs(weights).max(initial=0.0)), 1e-300)
    return next((each for each in (weights, -weights) if cannot_be_met(program, each)), None)


def _relaxed(program: LinearProgram) -> LinearProgram:
    return replace(program, integral=None)
