"""What each scenario costs once the first decision stands, here or on a cluster."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from scipy import sparse

from salus.allocate.city.quick import nobody as served_nobody
from salus.allocate.city.quick import quick
from salus.allocate.city.uncertain.stage import cut, stage, usable
from salus.allocate.city.whole import relaxed
from salus.allocate.lp.engine import FROM_THE_LAST, UNLIMITED, Engine
from salus.allocate.lp.program import LinearProgram
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.start import Start
from salus.allocate.lp.stop import Stop
from salus.core.groupmap import groupmap

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.uncertain.scenarios import Scenarios
    from salus.allocate.city.uncertain.stage import Mask, Stage
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.start import Basis
    from salus.core.groupmap import Runner

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Response:
    """How a scenario answers a decision.

    Parameters
    ----------
    feasible : bool
        Whether the decision leaves it a plan.
    cost : float
        What its best plan costs; infinite where it has none.
    x : ndarray, shape (n,)
        Its best plan, as columns of its programme; zeros where it has none.
    prices : ndarray, shape (m,)
        Prices of its rows that prove the cost, or that it has no plan.
    constant : float
        Of the cut that these prices give: no decision x costs less than constant + slope'x; or,
        where there is no plan, only decisions with constant + slope'x <= 0 leave one.
    slope : ndarray, shape (f,)
        Of the cut.
    """

    feasible: bool
    cost: float
    x: Floats
    prices: Floats
    constant: float
    slope: Floats


class Recourse:
    """Answers a decision in one scenario after the other; the programmes stay warm where they are.

    It takes and returns tables, so that a grouped map can send it to where there is room; what
    stays warm is left behind on the way.

    Parameters
    ----------
    problem : CityProblem
        The city.
    stages : tuple of Stage
        The scenarios' programmes where they are written down already; they are written where
        they are needed otherwise.
    """

    def __init__(self, problem: CityProblem, stages: tuple[Stage, ...] = ()) -> None:
        self._problem = problem
        self._kept = {k: Warm(one) for k, one in enumerate(stages)}
        self._basis: Basis | None = None

    def __getstate__(self) -> dict[str, object]:
        """Travel light."""
        return {"_problem": self._problem, "_kept": {}, "_basis": None}

    def __call__(self, group: pa.Table) -> pa.Table:
        """Answer in the scenario of a group, which has one row."""
        row = group.slice(0, 1)
        scenario, first = row["scenario"][0].as_py(), row["first"][0]
        if scenario not in self._kept:
            need = _numbers(row["need"][0]).reshape(self._problem.need.shape)
            self._kept[scenario] = Warm(stage(replace(self._problem, need=need)))
        warm = self._kept[scenario]
        stop = Stop(row["seconds"][0].as_py())
        found = warm.respond(_numbers(first) if first.is_valid else None, self._basis, stop)
        self._basis = warm.basis
        lists = {name: _list(getattr(found, name)) for name in ("x", "prices", "slope")}
        plain = {name: [getattr(found, name)] for name in ("feasible", "cost", "constant")}
        return pa.table({"scenario": [scenario], **plain, **lists})


def ask(
    recourse: Recourse,
    scenarios: Scenarios,
    first: Floats | None,
    runner: Runner | None = None,
    stop: Stop = UNLIMITED,
) -> tuple[Response, ...]:
    """Ask all scenarios for their answer to a decision.

    Parameters
    ----------
    recourse : Recourse
        Of the city.
    scenarios : Scenarios
        All.
    first : ndarray, shape (f,), or None
        The decision; with none, each scenario decides for itself, as if it were known.
    runner : Runner, optional
        Where the work is done; here, when not given.
    stop : Stop
        How long it may take; each scenario gets an equal part of the seconds.

    Returns
    -------
    tuple of Response
        In the order of the scenarios.
    """
    count = len(scenarios)
    seconds = None if stop.seconds is None else stop.seconds / count
    need = pa.FixedSizeListArray.from_arrays(scenarios.need.ravel(), scenarios.need[0].size)
    decision = pa.array([first] * count, pa.list_(pa.float64()))
    share = pa.array([seconds] * count, pa.float64())
    columns = {"scenario": np.arange(count), "need": need, "first": decision, "seconds": share}
    table = pa.table(columns)
    found = groupmap(table, ["scenario"], recourse, runner)
    return tuple(
        Response(
            feasible=found["feasible"][k].as_py(),
            cost=found["cost"][k].as_py(),
            x=_numbers(found["x"][k]),
            prices=_numbers(found["prices"][k]),
            constant=found["constant"][k].as_py(),
            slope=_numbers(found["slope"][k]),
        )
        for k in range(count)
    )


class Warm:
    """One scenario that stays in the solver, and begins where it last ended.

    Parameters
    ----------
    one : Stage
        The scenario.
    """

    def __init__(self, one: Stage) -> None:
        self._stage = one
        self._engine: Engine | None = None
        self.basis: Basis | None = None

    def respond(
        self, first: Floats | None, basis: Basis | None = None, stop: Stop = UNLIMITED
    ) -> Response:
        """Find the best plan of the scenario.

        Parameters
        ----------
        first : ndarray, shape (f,), or None
            What was decided; with none, it is decided here, too.
        basis : Basis, optional
            Where another scenario ended; the first solve begins there, if it fits.
        stop : Stop
            When to answer with a quick plan, whose prices prove nothing.

        Returns
        -------
        Response
            Where whole numbers are left to decide, the cut is that of the relaxed programme.
        """
        one = self._stage
        program = relaxed(one.program) if first is None else one.decided(first)
        start = FROM_THE_LAST
        if self._engine is None:
            self._engine = Engine(program)
            start = Start(basis=basis) if _fits(basis, program) else FROM_THE_LAST
        else:
            bounds = program.lower[one.first], program.upper[one.first]
            self._engine.change_bounds(one.first, *bounds)
        found = self._engine.solve(stop, start=start)
        self.basis = found.basis
        if found.status is Status.TIME_LIMIT:
            hurried = _hurried(one, program, first)
            if hurried is not None:
                return hurried
            found = self._engine.solve()
        if found.status is Status.INFEASIBLE:
            return _without_plan(one, program)
        x, prices = _known(found.x, found), usable(program, _known(found.row_duals, found))
        searched = one.whole_later or (first is None and one.whole_first)
        if searched and not _whole(x, one.program.integral):
            best = solve(replace(program, integral=one.program.integral))
            if best.status is Status.INFEASIBLE:
                return _without_plan(one, program)
            x = _known(best.x, best)
        cost = program.value(x)
        constant, slope = cut(one, prices)
        return Response(
            feasible=True, cost=cost, x=x, prices=prices, constant=constant, slope=slope
        )


def _hurried(one: Stage, program: LinearProgram, first: Floats | None) -> Response | None:
    """Answer with a quick plan that keeps all rows; ``None`` where none is known."""
    start = served_nobody(one.written)
    if first is not None:
        start[one.first] = first
    plans = [x for x in quick(one.written, program, start) if _holds(program, x)]
    if not plans:
        return None
    x, prices = min(plans, key=program.value), np.zeros(program.row_lower.size)
    constant, slope = cut(one, prices)
    cost = program.value(x)
    return Response(feasible=True, cost=cost, x=x, prices=prices, constant=constant, slope=slope)


def _holds(program: LinearProgram, x: Floats) -> bool:
    rows = program.matrix @ x
    sides = (
        (program.row_lower, rows),
        (rows, program.row_upper),
        (program.lower, x),
        (x, program.upper),
    )
    return all(bool((a <= b + ROUNDING * (1 + np.abs(x).max(initial=0.0))).all()) for a, b in sides)


def _whole(x: Floats, integral: Mask | None) -> bool:
    """Tell whether a best plan in any numbers is one in whole numbers already."""
    found = x[integral]
    return bool((np.abs(found - np.rint(found)) <= ROUNDING).all())


def _fits(basis: Basis | None, program: LinearProgram) -> bool:
    shape = program.matrix.shape
    return basis is not None and (basis.rows.size, basis.columns.size) == shape


def _known(values: Floats | None, found: LinearSolution) -> Floats:
    if values is None:
        message = f"a scenario must have a best plan, but its programme ended {found.status}"
        raise ValueError(message)
    return values


def _without_plan(one: Stage, program: LinearProgram) -> Response:
    # The least that the rows must give way by; its prices are what tells such decisions apart.
    rows, columns = program.matrix.shape
    give = sparse.eye_array(rows, format="csc")
    soft = LinearProgram(
        c=np.concatenate([np.zeros(columns), np.ones(2 * rows)]),
        matrix=sparse.hstack([program.matrix, give, -give], format="csc"),
        row_lower=program.row_lower,
        row_upper=program.row_upper,
        lower=np.concatenate([program.lower, np.zeros(2 * rows)]),
        upper=np.concatenate([program.upper, np.full(2 * rows, np.inf)]),
    )
    found = solve(soft)
    prices = usable(program, _known(found.row_duals, found))
    constant, slope = cut(one, prices, costed=False)
    return Response(
        feasible=False,
        cost=float("inf"),
        x=nobody(one, program.lower),
        prices=prices,
        constant=constant,
        slope=slope,
    )


def nobody(one: Stage, lower: Floats) -> Floats:
    """Serve nobody, with what is decided at its least."""
    x = np.maximum(lower, 0.0)
    x[one.written.draft.column.blocks["unmet"].indices] = one.written.problem.need
    return x


def _list(values: Floats) -> pa.ListArray:
    return pa.ListArray.from_arrays(pa.array([0, values.size], pa.int32()), pa.array(values))


def _numbers(value: pa.Scalar) -> Floats:
    found: Floats = value.values.to_numpy(zero_copy_only=False)
    return found
