"""The exact solution of a linear programme, by HiGHS."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.bound import bound_at_stop
from salus.allocate.lp.certify import infeasible_proof, unbounded_ray
from salus.allocate.lp.engine import FROM_THE_LAST, UNLIMITED, Engine
from salus.allocate.lp.run import Method
from salus.allocate.lp.solution import LinearSolution, Status
from salus.allocate.lp.start import Start

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.ranges import Ranges
    from salus.allocate.lp.stop import Stop


def solve(
    program: LinearProgram,
    *,
    stop: Stop = UNLIMITED,
    start: Start | None = None,
    by: Method = Method.SIMPLEX,
    basis: bool = True,
) -> LinearSolution:
    """Solve a linear programme exactly: by the simplex method, or branch and cut where whole.

    Parameters
    ----------
    program : LinearProgram
        What to solve.
    stop : Stop
        Limits of time and gap; by default, the optimum is proved.
    start : Start, optional
        An earlier basis or point to begin from.
    by : Method
        How to solve where no variable must be a whole number.
    basis : bool
        Whether the solution is to tell its basis, which takes its time where there are many
        variables.

    Returns
    -------
    LinearSolution
        Infeasible and unbounded programmes, and solves that a limit ended, are statuses, not
        errors.

    References
    ----------
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method.
    """
    solution = Engine(program).solve(stop, start or FROM_THE_LAST, by, basis=basis)
    if solution.status is Status.FAILED:
        solution = _undecided(program, stop)
    if solution.status is Status.OPTIMAL and program.integral is not None:
        return _bounded(program, solution)
    if solution.status is Status.UNBOUNDED:
        return replace(solution, ray=unbounded_ray(program))
    if solution.status is Status.INFEASIBLE:
        return _infeasible(program, solution)
    return solution


def _undecided(program: LinearProgram, stop: Stop) -> LinearSolution:
    # Branch and cut often gives up where the objective has no end. Without one it tells whether
    # any point is feasible; then a ray makes the programme unbounded.
    idle = Engine(replace(program, c=np.zeros_like(program.c), offset=0.0)).solve(stop)
    if idle.status is Status.INFEASIBLE:
        return LinearSolution(Status.INFEASIBLE)
    endless = idle.x is not None and unbounded_ray(program) is not None
    return LinearSolution(Status.UNBOUNDED if endless else Status.FAILED)


def _bounded(program: LinearProgram, solution: LinearSolution) -> LinearSolution:
    # Rarely, it calls a point of an unbounded programme the best. Where neither bounds nor rows
    # show an end, the ray is looked for.
    if np.isfinite(bound_at_stop(program, None)) or (ray := unbounded_ray(program)) is None:
        return solution
    return LinearSolution(Status.UNBOUNDED, ray=ray)


def _infeasible(program: LinearProgram, solution: LinearSolution) -> LinearSolution:
    proof = infeasible_proof(program)
    if proof is None and program.integral is None and (ray := unbounded_ray(program)) is not None:
        # Presolve calls some unbounded programmes infeasible; no proof is found for those.
        return replace(solution, status=Status.UNBOUNDED, ray=ray)
    return replace(solution, proof=proof)


def ranges(program: LinearProgram, solution: LinearSolution) -> Ranges | None:
    """Tell how far each cost and each side may move before a solution changes.

    Parameters
    ----------
    program : LinearProgram
        What was solved.
    solution : LinearSolution
        What was found; it is found again from its basis.

    Returns
    -------
    Ranges or None
        ``None`` unless the solution is ``OPTIMAL``; programmes with integers have none.

    Examples
    --------
    Wyndor: an hour of the third plant is worth 1 while it has 12 to 24 (Hillier and Lieberman).

    >>> import numpy as np
    >>> from salus.allocate.lp.program import LinearProgram, Sense
    >>> plants = ([[1, 0], [0, 2], [3, 2]], [-np.inf] * 3, [4, 12, 18])
    >>> program = LinearProgram([3, 5], *plants, [0, 0], [np.inf] * 2, sense=Sense.MAX)
    >>> found = ranges(program, solve(program))
    >>> float(found.side_low[2]), float(found.side_high[2])
    (12.0, 24.0)
    """
    if solution.basis is None:
        return None
    engine = Engine(program)
    return engine.ranges(engine.solve(start=Start(basis=solution.basis)))
