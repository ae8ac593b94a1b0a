"""How the answers of HiGHS are read, and its starts written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import highspy
import numpy as np

from salus.allocate.lp.bound import bound_at_stop
from salus.allocate.lp.program import Sense
from salus.allocate.lp.solution import LinearSolution, Status
from salus.allocate.lp.start import Basis, Place
from salus.allocate.lp.verify import meets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from salus.allocate.lp.program import Floats, LinearProgram

STATUSES = [highspy.HighsBasisStatus(place.value) for place in Place]
FEASIBLE = 2  # kSolutionStatusFeasible: the binding names it only as a number.


def read_answer(
    highs: highspy.Highs,
    status: Status,
    program: Callable[[], LinearProgram],
    *,
    whole: bool,
    basis: bool = True,
) -> LinearSolution:
    """Read what the last run found.

    Parameters
    ----------
    highs : Highs
        The solver after its run.
    status : Status
        How the run ended.
    program : callable
        Writes the programme as the solver has it; called only when a limit ended the run.
    whole : bool
        Whether some variables must be whole numbers.
    basis : bool
        Whether to read the basis, which takes its time where there are many variables.

    Returns
    -------
    LinearSolution
    """
    if status not in {Status.OPTIMAL, Status.TIME_LIMIT}:
        return LinearSolution(status)
    found = highs.getSolution()
    duals = np.array(found.row_dual) if found.dual_valid and not whole else None
    bound = highs.getInfo().mip_dual_bound if whole else highs.getObjectiveValue()
    if status is Status.TIME_LIMIT:
        bound = bound_at_stop(program(), duals, [bound] if whole else [])
    x, objective = _point(highs, status)
    if whole:
        return LinearSolution(status, x, objective, bound=bound, gap=_gap(objective, bound))
    return LinearSolution(
        status,
        x,
        objective,
        duals,
        np.array(found.col_dual) if found.dual_valid else None,
        float(bound),
        _gap(objective, bound),
        read_basis(highs) if basis else None,
    )


def _point(highs: highspy.Highs, status: Status) -> tuple[Floats | None, float | None]:
    if status is not Status.OPTIMAL and highs.getInfo().primal_solution_status != FEASIBLE:
        return None, None
    return np.array(highs.getSolution().col_value), float(highs.getObjectiveValue())


def _gap(objective: float | None, bound: float) -> float | None:
    if objective is None:
        return None
    if objective == bound:
        return 0.0
    return abs(objective - bound) / abs(objective) if objective else float("inf")


def with_known_point(
    solution: LinearSolution, program: LinearProgram, known: Iterable[Floats | None]
) -> LinearSolution:
    """Give a solve that a limit ended before it had a point the best one that is known.

    Parameters
    ----------
    solution : LinearSolution
        What the solve found: a bound.
    program : LinearProgram
        What was solved.
    known : iterable of ndarray, shape (n,), or None
        Points from before. The one nearest to zero is tried as well: it does nothing.

    Returns
    -------
    LinearSolution
    """
    nothing = np.clip(np.zeros_like(program.c), program.lower, program.upper)
    points = [x for x in (*known, nothing) if x is not None and x.size == nothing.size]
    feasible = [x for x in points if meets(program, x)]
    if not feasible:
        return solution
    sign = 1 if program.sense is Sense.MIN else -1
    best = min(feasible, key=lambda x: sign * program.value(x))
    objective = program.value(best)
    bound = solution.bound
    gap = None if bound is None else _gap(objective, bound)
    return replace(solution, x=best, objective=objective, gap=gap)


def read_basis(highs: highspy.Highs) -> Basis | None:
    """Read the basis of the solver, if it has one."""
    found = highs.getBasis()
    if not found.valid:
        return None
    return Basis(
        *(
            np.fromiter(map(highspy.HighsBasisStatus.__int__, side), np.int8, len(side))
            for side in (found.col_status, found.row_status)
        )
    )


def write_basis(basis: Basis) -> highspy.HighsBasis:
    """Write a basis as the solver takes it."""
    written = highspy.HighsBasis()
    written.col_status = [STATUSES[place] for place in basis.columns.tolist()]
    written.row_status = [STATUSES[place] for place in basis.rows.tolist()]
    written.valid = True
    return written
