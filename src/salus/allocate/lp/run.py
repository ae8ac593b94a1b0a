"""One run of HiGHS, and the further ones where the first does not tell how it ended."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import highspy
import numpy as np

from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.lp.program import Floats
    from salus.allocate.lp.stop import Stop

# Measured on the Netlib programmes: the plain simplex is done before presolve is where there are
# few entries or rows; rows of few entries each are what presolve is good at.
FEW_ENTRIES, FEW_ROWS, FULL_ROWS = 5000, 50, 6.5
# A run that ends before what presolve did is undone leaves no duals. With a limit of time, its last
# part therefore goes to the plain programme, which has some at any moment.
FIRST_PART = 0.5
NO_LIMIT = highspy.kHighsIInf
ENDS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kTimeLimit: Status.TIME_LIMIT,
    highspy.HighsModelStatus.kInterrupt: Status.TIME_LIMIT,
    highspy.HighsModelStatus.kSolutionLimit: Status.TIME_LIMIT,
}


class Method(StrEnum):
    """How a programme without whole numbers is solved; both end in a corner."""

    SIMPLEX = "simplex"
    INTERIOR = "ipm"


def run(highs: highspy.Highs, stop: Stop, *, whole: bool, by: Method = Method.SIMPLEX) -> Status:
    """Run the solver until it knows how the programme ends, or a limit is reached.

    Parameters
    ----------
    highs : Highs
        The solver, with its programme.
    stop : Stop
        Limits of this run.
    whole : bool
        Whether some variables must be whole numbers.
    by : Method
        How to solve where none must.

    Returns
    -------
    Status
    """
    begun = highs.getRunTime()
    highs.setOptionValue("solver", "choose" if whole else by.value)
    highs.setOptionValue("mip_rel_gap", 0.0 if stop.gap is None else float(stop.gap))
    highs.setOptionValue("mip_max_nodes", NO_LIMIT if stop.nodes is None else stop.nodes)
    part = 1.0 if _set_presolve(highs, whole=whole) or whole else FIRST_PART
    _limit(highs, begun, stop, part)
    highs.run()
    if part < 1 and highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
        _limit(highs, begun, stop)
        highs.setOptionValue("solver", Method.SIMPLEX.value)
        _run_plainly(highs)
    if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        _run_plainly(highs)
    status = ENDS.get(highs.getModelStatus(), Status.FAILED)
    if status is Status.FAILED:
        # Rarely, what presolve or scaling did cannot be undone; the plain programme still can.
        highs.clearSolver()
        _run_plainly(highs)
        status = ENDS.get(highs.getModelStatus(), Status.FAILED)
    return status


def _limit(highs: highspy.Highs, begun: float, stop: Stop, part: float = 1.0) -> None:
    # The clock of the solver goes on from run to run.
    seconds = np.inf if stop.seconds is None else begun + part * stop.seconds
    highs.setOptionValue("time_limit", float(seconds))


def _set_presolve(highs: highspy.Highs, *, whole: bool) -> bool:
    # Presolve is left out where it costs more than it saves; tells whether it is.
    entries, rows = highs.getNumNz(), highs.getNumRow()
    small = rows < FEW_ROWS or FULL_ROWS * rows < entries < FEW_ENTRIES
    highs.setOptionValue("presolve", "off" if small and not whole else "choose")
    return small


def _run_plainly(highs: highspy.Highs) -> None:
    # Presolve stops as soon as it knows that there is no optimum; the simplex tells which.
    highs.setOptionValue("presolve", "off")
    highs.run()


def ray(highs: highspy.Highs) -> Floats | None:
    """Read along which direction the programme of the last run improves for ever."""
    _, there, direction = highs.getPrimalRay()
    if not there:
        highs.clearSolver()
        _run_plainly(highs)
        _, there, direction = highs.getPrimalRay()
    return np.array(direction) if there else None


def proof(highs: highspy.Highs) -> Floats | None:
    """Read the weights of the rows that prove the programme of the last run infeasible."""
    _, there, weights = highs.getDualRay()
    if not there:
        highs.clearSolver()
        _run_plainly(highs)
        _, there, weights = highs.getDualRay()
    return np.array(weights) if there else None
