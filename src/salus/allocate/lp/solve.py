"""The exact solution of a linear programme, by HiGHS."""

from __future__ import annotations

from typing import TYPE_CHECKING

import highspy
import numpy as np

from salus.allocate.lp.program import Sense
from salus.allocate.lp.solution import LinearSolution, Status

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.stop import Stop


def solve(program: LinearProgram, *, stop: Stop | None = None) -> LinearSolution:
    """Solve a linear programme exactly, by the simplex method of HiGHS.

    Parameters
    ----------
    program : LinearProgram
        What to solve.
    stop : Stop, optional
        When to end early, with ``Status.TIME_LIMIT``.

    Returns
    -------
    LinearSolution
        Infeasible and unbounded programmes are statuses, not errors.

    References
    ----------
    Huangfu and Hall (2018), Parallelizing the dual revised simplex method.
    """
    engine = highspy.Highs()
    engine.silent()
    engine.setOptionValue("solver", "simplex")
    if stop is not None and stop.seconds is not None:
        engine.setOptionValue("time_limit", float(stop.seconds))
    engine.passModel(_model(program))
    status = _run(engine)
    if status is not Status.OPTIMAL:
        return LinearSolution(status)
    found = engine.getSolution()
    return LinearSolution(
        status,
        np.array(found.col_value),
        float(engine.getObjectiveValue()),
        np.array(found.row_dual),
        np.array(found.col_dual),
        engine.getInfo().mip_dual_bound,
    )


def _run(engine: highspy.Highs) -> Status:
    engine.run()
    if engine.getModelStatus() == highspy.HighsModelStatus.kUnboundedOrInfeasible:
        # Presolve stops as soon as it knows that there is no optimum; the simplex tells which.
        engine.setOptionValue("presolve", "off")
        engine.run()
    return {
        highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
        highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
        highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
        highspy.HighsModelStatus.kTimeLimit: Status.TIME_LIMIT,
    }.get(engine.getModelStatus(), Status.FAILED)


def _model(program: LinearProgram) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = program.matrix.shape
    model.sense_ = (
        highspy.ObjSense.kMinimize if program.sense is Sense.MIN else highspy.ObjSense.kMaximize
    )
    model.col_cost_, model.col_lower_, model.col_upper_ = program.c, program.lower, program.upper
    model.row_lower_, model.row_upper_ = program.row_lower, program.row_upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = program.matrix.indptr.astype(np.int32)
    model.a_matrix_.index_ = program.matrix.indices.astype(np.int32)
    model.a_matrix_.value_ = program.matrix.data
    if program.integral is not None:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in program.integral.tolist()]
    return model
