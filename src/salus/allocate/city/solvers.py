"""A city's programme that stays in the solver: level after level, limit after limit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.lp.engine import Engine
from salus.allocate.lp.run import Method
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.limit import Limit
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution


class Solvers:
    """The search and, where it is for whole numbers, the relaxation that proves; both warm.

    Parameters
    ----------
    program : LinearProgram
        What to solve first.
    by : Method
        How to solve it first; from then on each solve begins where the last one ended.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.programme import write
    >>> from salus.allocate.city.limit import Limit
    >>> from salus.allocate.lp.stop import Stop
    >>> from salus.core.clock import SystemClock
    >>> solvers, clock = Solvers(write(small_city(7)).program()), SystemClock()
    >>> found, duals = solvers.solve(Limit(Stop(), clock, clock.ticks()))
    >>> round(found.objective), duals.shape
    (6845, (81,))
    """

    def __init__(self, program: LinearProgram, by: Method = Method.SIMPLEX) -> None:
        self.program = program
        self._by = by
        self.whole = program.integral is not None
        self._search = Engine(program)
        self._proving = Engine(replace(program, integral=None)) if self.whole else self._search

    def go_on(self, program: LinearProgram) -> None:
        """Go on to a programme with another objective and one more row, the last.

        The offset of the objective stays that of the first programme in what is found.
        """
        last = program.row_upper.size - 1
        row = sparse.csr_array(program.matrix)[last:]
        for engine in self._engines():
            engine.add_rows(program.row_lower[last:], program.row_upper[last:], row)
            engine.change_cost(np.arange(program.c.size), program.c)
        self.program = program

    def limit(self, row: int, most: float) -> None:
        """Change the upper side of a row."""
        upper = self.program.row_upper.copy()
        upper[row] = most
        for engine in self._engines():
            engine.change_row_sides([row], self.program.row_lower[[row]], [most])
        self.program = replace(self.program, row_upper=upper)

    def solve(self, limit: Limit) -> tuple[LinearSolution, Floats | None]:
        """Return what the search finds within what is left, and the prices of the rows."""
        by, self._by = self._by, Method.SIMPLEX
        proof = self._proving.solve(limit.left(), by=by)
        if not self.whole:
            return proof, proof.row_duals
        if proof.status in (Status.INFEASIBLE, Status.TIME_LIMIT):
            return replace(proof, x=None), proof.row_duals
        return self._search.solve(limit.left(), by=by), proof.row_duals

    def _engines(self) -> tuple[Engine, ...]:
        return (self._search, self._proving) if self.whole else (self._search,)
