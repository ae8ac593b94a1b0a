"""The first decision and what it is known to cost at least: the master of the L-shaped method."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.uncertain.stage import first_bounds
from salus.allocate.lp.program import LinearProgram
from salus.allocate.lp.solve import solve

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.uncertain.recourse import Response
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.stage import Stage
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """A row of the master: slope'x - cost of the scenario <= -constant, and whose prices gave it."""

    scenario: int
    costed: bool
    constant: float
    slope: Floats
    prices: Floats


@dataclass(slots=True)
class Master:
    """Minimise the judgement of the costs v_k of the scenarios over decisions x.

    The columns are x (f), v (K), and, where the tail counts, e (1) and u (K), as in
    :meth:`salus.allocate.city.uncertain.stack.Stack.judged`. Each cut says v_k >= constant +
    slope'x, or 0 >= constant + slope'x where a scenario was left without a plan.

    Parameters
    ----------
    stages : tuple of Stage
        The scenarios.
    probability : ndarray, shape (K,)
        Of the scenarios.
    risk : Risk
        How their costs are judged.
    """

    stages: tuple[Stage, ...]
    probability: Floats
    risk: Risk
    _cuts: list[_Cut] = field(default_factory=list)

    def learn(self, responses: tuple[Response, ...]) -> None:
        """Keep the cuts that the scenarios answered with."""
        self._cuts += [
            _Cut(k, found.feasible, found.constant, found.slope, found.prices)
            for k, found in enumerate(responses)
        ]

    def solve(self, stop: Stop, *, whole: bool) -> LinearSolution:
        """Find the best decision as far as is known; its first f columns are the decision."""
        program = self._program()
        if whole:
            integral = np.zeros(program.c.size, dtype=bool)
            integral[: self.stages[0].first.size] = self.stages[0].whole_columns
            program = replace(program, integral=integral)
        return solve(program, stop=stop)

    def proof(self, found: LinearSolution) -> tuple[Floats, tuple[Floats, ...]]:
        """Read what each scenario counts, and the prices of its rows, from the prices of the cuts.

        Returns
        -------
        counts : ndarray, shape (K,)
        prices : tuple of ndarray, shapes (m_k,)
        """
        prices = [np.zeros(one.program.row_lower.size) for one in self.stages]
        duals = np.zeros(len(self._cuts)) if found.row_duals is None else found.row_duals
        for dual, one in zip(duals, self._cuts, strict=False):
            if dual > 0:
                prices[one.scenario] += dual * one.prices
        counts = self.risk.least(self.probability)
        if self.risk.weight > 0:
            counts = counts + duals[len(self._cuts) :]
        return self.risk.fitted(counts, self.probability), tuple(prices)

    def _program(self) -> LinearProgram:
        least, most = self.risk.least(self.probability), self.risk.most(self.probability)
        lower, upper = first_bounds(self.stages)
        floor, count = np.array([_floor(one) for one in self.stages]), len(self.stages)
        program = LinearProgram(
            c=np.concatenate([np.zeros(lower.size), least]),
            matrix=self._matrix(),
            row_lower=np.array([one.constant for one in self._cuts]),
            row_upper=np.full(len(self._cuts), np.inf),
            lower=np.concatenate([lower, floor]),
            upper=np.concatenate([upper, np.full(count, np.inf)]),
        )
        return _with_tail(program, self.risk.weight, most - least) if self.risk.weight else program

    def _matrix(self) -> sparse.csc_array:
        scenario = np.array([one.scenario for one in self._cuts])
        costed = np.array([one.costed for one in self._cuts], dtype=np.float64)
        shape = (len(self._cuts), len(self.stages))
        own = sparse.coo_array((costed, (np.arange(shape[0]), scenario)), shape=shape)
        slopes = np.array([-one.slope for one in self._cuts])
        return sparse.hstack([sparse.csc_array(slopes), own], format="csc")


def _with_tail(program: LinearProgram, weight: float, beyond: Floats) -> LinearProgram:
    cuts, count = program.row_lower.size, beyond.size
    own = np.eye(count, program.c.size, program.c.size - count)
    tail = sparse.hstack([np.ones((count, 1)), sparse.eye_array(count)])
    corner = sparse.coo_array((cuts, count + 1))
    return LinearProgram(
        c=np.concatenate([program.c, [weight], beyond]),
        matrix=sparse.block_array([[program.matrix, corner], [-own, tail]], format="csc"),
        row_lower=np.concatenate([program.row_lower, np.zeros(count)]),
        row_upper=np.full(cuts + count, np.inf),
        lower=np.concatenate([program.lower, [-np.inf], np.zeros(count)]),
        upper=np.concatenate([program.upper, np.full(count + 1, np.inf)]),
    )


def _floor(one: Stage) -> float:
    program = one.program
    charged = program.c != 0
    end = np.where(program.c > 0, program.lower, program.upper)[charged]
    return float(program.c[charged] @ end) + one.written.constant
