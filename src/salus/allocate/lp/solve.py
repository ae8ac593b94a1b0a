"""The exact solution of a linear programme, by HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.lp.engine import FROM_THE_LAST, UNLIMITED, Engine
from salus.allocate.lp.run import Method

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.start import Start
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
    return Engine(program).solve(stop, start or FROM_THE_LAST, by, basis=basis)
