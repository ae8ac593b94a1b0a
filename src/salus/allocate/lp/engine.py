"""A programme that stays in the solver (stand-in until the engine of `lp` is merged)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np
from scipy import sparse

from salus.allocate.lp.solution import LinearSolution, Status
from salus.allocate.lp.solve import _model
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from salus.allocate.lp.program import LinearProgram

UNLIMITED = Stop()


class Engine:
    """A linear programme in HiGHS."""

    def __init__(self, program: LinearProgram) -> None:
        self._highs = highspy.Highs()
        self._highs.silent()
        self._highs.passModel(_model(program))

    def solve(self, stop: Stop = UNLIMITED, *, interior: bool = False) -> LinearSolution:
        """Solve the programme as it now stands."""
        highs = self._highs
        seconds = np.inf if stop.seconds is None else highs.getRunTime() + stop.seconds
        highs.setOptionValue("time_limit", float(seconds))
        highs.setOptionValue("solver", "ipm" if interior else "simplex")
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            highs.setOptionValue("presolve", "off")
            highs.run()
            highs.setOptionValue("presolve", "choose")
        status = {
            highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
            highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
            highspy.HighsModelStatus.kTimeLimit: Status.TIME_LIMIT,
        }.get(highs.getModelStatus(), Status.FAILED)
        if status is not Status.OPTIMAL:
            return LinearSolution(status)
        found = highs.getSolution()
        return LinearSolution(
            status,
            np.array(found.col_value),
            float(highs.getObjectiveValue()),
            np.array(found.row_dual),
        )

    def add_columns(
        self, cost: ArrayLike, lower: ArrayLike, upper: ArrayLike, matrix: sparse.csc_array
    ) -> None:
        """Add variables."""
        a = sparse.csc_array(matrix)
        self._highs.addCols(
            a.shape[1],
            np.asarray(cost),
            np.asarray(lower),
            np.asarray(upper),
            a.nnz,
            a.indptr.astype(np.int32),
            a.indices.astype(np.int32),
            a.data,
        )

    def change_cost(self, columns: ArrayLike, cost: ArrayLike) -> None:
        """Change the objective of some variables."""
        which = np.asarray(columns, np.int32)
        self._highs.changeColsCost(which.size, which, np.asarray(cost, np.float64))

    def change_bounds(self, columns: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> None:
        """Change both bounds of some variables."""
        which = np.asarray(columns, np.int32)
        self._highs.changeColsBounds(
            which.size, which, np.asarray(lower, np.float64), np.asarray(upper, np.float64)
        )
