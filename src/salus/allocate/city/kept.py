"""The city's programme with a few of its journeys, to which others are added."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.journeys import list_journeys
from salus.allocate.city.programme import write
from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.inner import inner
from salus.allocate.lp.run import Method
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.limit import Limit
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop

# What is broken by less, in all, is the rounding of a solver.
BROKEN = 1e-7


class Kept:
    """The journeys that are columns so far, in a programme that stays in the solver.

    Parameters
    ----------
    problem : CityProblem
        What is planned. Whole numbers are relaxed.

    Attributes
    ----------
    written : Written
        The city's programme without journeys.
    program : LinearProgram
        The same, finished.
    journeys : Journeys
        All journeys.
    columns : ndarray of int, shape (k,)
        Those that are kept, in the order in which they were added.
    """

    def __init__(self, problem: CityProblem) -> None:
        self.written = write(problem, np.zeros(0, dtype=np.int64))
        self.program = self.written.program()
        self.journeys = list_journeys(self.written)
        self.columns: Whole = np.zeros(0, dtype=np.int64)
        self._is_kept = np.zeros(self.journeys.size, dtype=bool)
        self._engine = Engine(replace(self.program, integral=None))
        self._solved = False
        self._places: Whole = np.zeros(0, dtype=np.int64)
        self._width = self.program.c.size
        self._share = 1.0

    def add(self, columns: Whole) -> None:
        """Add journeys that are not kept yet."""
        if columns.size:
            most = self.journeys.most[self.journeys.need(columns)]
            places = self._append(self._share * self._cost(columns), most, self._matrix(columns))
            self._is_kept[columns] = True
            self.columns = np.concatenate([self.columns, columns])
            self._places = np.concatenate([self._places, places])

    def solve(self, stop: Stop) -> LinearSolution:
        """Solve with the journeys that are kept, from where the last solve ended."""
        way = Method.SIMPLEX if self._solved else self.written.way
        self._solved = True
        return self._engine.solve(stop, by=way, basis=False)

    def fix(self, columns: Whole, values: Floats) -> None:
        """Hold other columns of the programme at values."""
        self._engine.change_bounds(columns, values, values)

    def cases(self, x: Floats) -> Floats:
        """Read the cases on the kept journeys from a solution, shape (k,)."""
        return x[self._places]

    def missing(self, duals: Floats, count: int, below: float) -> Whole:
        """Find the journeys that would pay at some prices and are not kept, best first per need.

        Parameters
        ----------
        duals : ndarray, shape (m,)
            Prices of the rows.
        count : int
            How many for each need at most.
        below : float
            Reduced costs below this pay.

        Returns
        -------
        ndarray of int
            Columns of the journeys.
        """
        reduced = self.journeys.reduced(duals, self._share)
        reduced[self._is_kept] = np.inf
        return self.journeys.cheapest(reduced, count, below)

    def prove(self, duals: Floats) -> tuple[float, Floats]:
        """Bound the cost of the whole problem, with all its journeys, at some prices.

        The prices of needs are lowered until no journey that is missing would pay: then it adds
        nothing to the bound, and the bound of the kept programme is one of the whole.

        Parameters
        ----------
        duals : ndarray, shape (m,)
            Prices of the rows.

        Returns
        -------
        tuple of float and ndarray, shape (m,)
            The bound, and the prices that prove it.
        """
        journeys, program = self.journeys, self.program
        # What rounding puts on the wrong side of a row proves nothing.
        proof = np.where(np.isinf(program.row_lower), np.minimum(duals, 0), duals)
        proof = np.where(np.isinf(program.row_upper), np.maximum(proof, 0), proof)
        reduced = journeys.reduced(proof)
        kept = reduced[self.columns]
        reduced[self._is_kept] = np.inf
        lowered = np.minimum(journeys.lowest(reduced), 0.0)
        proof[journeys.need_row] += lowered
        need = journeys.need(self.columns)
        gains = inner(np.minimum(kept - lowered[need], 0.0), journeys.most[need])
        return proved_bound(program, proof) + gains, proof

    def make_possible(self, limit: Limit, count: int) -> Status:
        """Add journeys until what is demanded can be kept.

        Each row may be broken for a while, and what is broken is made small: the first phase
        of the simplex method, by prices.

        Parameters
        ----------
        limit : Limit
            What is left for it.
        count : int
            Journeys to add for each need at most, each time.

        Returns
        -------
        Status
            ``OPTIMAL`` when it can be kept, ``INFEASIBLE`` when no journeys help,
            ``TIME_LIMIT`` when that was not found out.

        References
        ----------
        Dantzig (1963), Linear Programming and Extensions, chapter 5.
        """
        program, self._share = self.program, 0.0
        decided = np.concatenate([np.arange(program.c.size), self._places])
        self._engine.change_cost(decided, np.zeros(decided.size))
        above, below = np.isfinite(program.row_upper), np.isfinite(program.row_lower)
        signs = sparse.diags_array(np.ones(above.size), format="csc")
        breaks = sparse.hstack([signs[:, below], -signs[:, above]], "csc")
        free = np.full(breaks.shape[1], np.inf)
        artificial = self._append(np.ones(free.size), free, breaks)
        status = self._mend(limit, count)
        self._share = 1.0
        self._engine.change_bounds(artificial, 0 * artificial, 0 * artificial)
        cost = np.concatenate([program.c, self._cost(self.columns)])
        decided = np.concatenate([np.arange(program.c.size), self._places])
        self._engine.change_cost(decided, cost)
        return status

    def _mend(self, limit: Limit, count: int) -> Status:
        while True:
            solution = self._engine.solve(limit.left(), basis=False)
            if solution.status is not Status.OPTIMAL:
                return solution.status
            if solution.objective is None or solution.row_duals is None:
                return solution.status
            if solution.objective - self.program.offset <= BROKEN:
                return Status.OPTIMAL
            more = self.missing(solution.row_duals, count, -BROKEN)
            if not more.size:
                return Status.INFEASIBLE
            self.add(more)

    def _append(self, cost: Floats, upper: Floats, matrix: sparse.csc_array) -> Whole:
        self._engine.add_columns(cost, np.zeros(cost.size), upper, matrix)
        self._width += cost.size
        return np.arange(self._width - cost.size, self._width)

    def whole(self) -> LinearProgram:
        """Write the programme with the kept journeys, whole numbers and all."""
        program, columns = self.program, self.columns
        integral = np.zeros(program.c.size, bool) if program.integral is None else program.integral
        nothing = np.zeros(columns.size)
        most = self.journeys.most[self.journeys.need(columns)]
        return replace(
            program,
            c=np.concatenate([program.c, self._cost(columns)]),
            matrix=sparse.hstack([program.matrix, self._matrix(columns)], "csc"),
            lower=np.concatenate([program.lower, nothing]),
            upper=np.concatenate([program.upper, most]),
            integral=np.concatenate([integral, nothing.astype(bool)]),
        )

    def _cost(self, columns: Whole) -> Floats:
        return self.journeys.cost[columns % self.journeys.arc.size]

    def _matrix(self, columns: Whole) -> sparse.csc_array:
        rows, values = self.journeys.coefficients(columns)
        begin = np.arange(0, rows.size + 1, rows.shape[1])
        shape = (self.program.row_lower.size, columns.size)
        return sparse.csc_array((values.ravel(), rows.ravel(), begin), shape=shape)
