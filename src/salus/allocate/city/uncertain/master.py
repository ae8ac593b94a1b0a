"""The first decision and what it is known to cost at least: the master of the L-shaped method."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.uncertain.stage import first_bounds
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.program import LinearProgram

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.uncertain.recourse import Response
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.stage import Stage
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop


class Master:
    """Minimise the judgement of the costs v_k of the scenarios over decisions x.

    The columns are x (f), v (K), and, where the tail counts, e (1) and u (K), as in
    :meth:`salus.allocate.city.uncertain.stack.Stack.judged`. Each cut says v_k >= constant +
    slope'x, or 0 >= constant + slope'x where a scenario was left without a plan. The programme
    stays in the solver, and each solve begins where the last one ended.

    Parameters
    ----------
    stages : tuple of Stage
        The scenarios.
    probability : ndarray, shape (K,)
        Of the scenarios.
    risk : Risk
        How their costs are judged.
    """

    def __init__(self, stages: tuple[Stage, ...], probability: Floats, risk: Risk) -> None:
        self.stages = stages
        self._probability, self._risk = probability, risk
        program = _without_cuts(stages, probability, risk)
        self._engine, self._columns = Engine(program), program.c.size
        self._cuts: list[tuple[int, Floats]] = []

    def learn(self, responses: tuple[Response, ...]) -> None:
        """Take the cuts that the scenarios answered with."""
        first, count = self.stages[0].first.size, len(self.stages)
        rows = np.zeros((count, self._columns))
        rows[:, :first] = [-found.slope for found in responses]
        rows[np.arange(count), first + np.arange(count)] = [found.feasible for found in responses]
        constants = np.array([found.constant for found in responses])
        self._engine.add_rows(constants, np.full(count, np.inf), sparse.csr_array(rows))
        self._cuts += [(k, found.prices) for k, found in enumerate(responses)]

    def hold_to_whole(self) -> None:
        """From now on, what is decided in whole numbers must be whole."""
        program = self._engine.program
        integral = np.zeros(program.c.size, dtype=bool)
        integral[: self.stages[0].first.size] = self.stages[0].whole_columns
        self._engine = Engine(replace(program, integral=integral))

    def solve(self, stop: Stop) -> LinearSolution:
        """Find the best decision as far as is known; its first f columns are the decision."""
        return self._engine.solve(stop)

    def proof(self, found: LinearSolution) -> tuple[Floats, tuple[Floats, ...]]:
        """Read what each scenario counts, and the prices of its rows, from the prices of the cuts.

        Returns
        -------
        counts : ndarray, shape (K,)
        prices : tuple of ndarray, shapes (m_k,)
        """
        prices = tuple(np.zeros(one.program.row_lower.size) for one in self.stages)
        if found.row_duals is None:
            return self._probability, prices
        tail = found.row_duals.size - len(self._cuts)
        for dual, (scenario, own) in zip(found.row_duals[tail:], self._cuts, strict=True):
            if dual > 0:
                prices[scenario][:] += dual * own
        counts = self._risk.least(self._probability)
        if tail:
            counts = counts + found.row_duals[:tail]
        return self._risk.fitted(counts, self._probability), prices


def _without_cuts(stages: tuple[Stage, ...], probability: Floats, risk: Risk) -> LinearProgram:
    least, most = risk.least(probability), risk.most(probability)
    lower, upper = first_bounds(stages)
    floor, count = np.array([_floor(one) for one in stages]), len(stages)
    columns = lower.size + count
    plain = LinearProgram(
        c=np.concatenate([np.zeros(lower.size), least]),
        matrix=sparse.csc_array((0, columns)),
        row_lower=np.zeros(0),
        row_upper=np.zeros(0),
        lower=np.concatenate([lower, floor]),
        upper=np.concatenate([upper, np.full(count, np.inf)]),
    )
    if risk.weight == 0:
        return plain
    own = sparse.eye_array(count, columns, k=lower.size)
    return LinearProgram(
        c=np.concatenate([plain.c, [risk.weight], most - least]),
        matrix=sparse.hstack([-own, np.ones((count, 1)), sparse.eye_array(count)], format="csc"),
        row_lower=np.zeros(count),
        row_upper=np.full(count, np.inf),
        lower=np.concatenate([plain.lower, [-np.inf], np.zeros(count)]),
        upper=np.concatenate([plain.upper, np.full(count + 1, np.inf)]),
    )


def _floor(one: Stage) -> float:
    program = one.program
    charged = program.c != 0
    end = np.where(program.c > 0, program.lower, program.upper)[charged]
    return float(program.c[charged] @ end) + program.offset
