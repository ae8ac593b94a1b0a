"""A city that stays in the solver, so that each question begins at the last answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from salus.allocate.city.assembly import solve_apart
from salus.allocate.city.exact import solve_part
from salus.allocate.city.limit import Limit
from salus.allocate.city.programme import write
from salus.allocate.city.whole import plan_of
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.assembly import Answer
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.core.clock import Clock

_Place: TypeAlias = tuple[tuple[str, ...], bytes]
"""The services and periods of a part."""

NAME = "warm"
"""Name of the plans: they cost what those of an exact method cost."""


class Warm:
    """Plans changed problems from the last plan on, where only limits and costs change.

    The changed problem is written anew; where it has the same coefficients, the solver is told
    what differs, and begins at the basis of the last answer. Plans are the best ones, but may be
    others than those of a method that begins afresh, where several cost the same.

    Parameters
    ----------
    problem : CityProblem
        What was planned; see :meth:`fits`.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import featured_city
    >>> city = featured_city(7)
    >>> warm = Warm(city)
    >>> now, more = warm.plan(city), warm.plan(replace(city, capacity=1.2 * city.capacity))
    >>> more.cost < now.cost
    True
    """

    def __init__(self, problem: CityProblem) -> None:
        self._kept = _Kept(write(problem).program())

    @staticmethod
    def fits(problem: CityProblem) -> bool:
        """Tell whether the city is one programme without whole numbers, with one objective."""
        if problem.plain or problem.aims.order:
            return False
        return write(problem).program().integral is None

    def plan(self, changed: CityProblem) -> CityPlan | None:
        """Plan a changed problem.

        Parameters
        ----------
        changed : CityProblem
            The problem, changed.

        Returns
        -------
        CityPlan or None
            ``None`` where it has other coefficients, or no best plan: begin afresh then.
        """
        written = write(changed)
        program = written.program()
        solution = self._kept.solve(program)
        if solution is None or solution.status is not Status.OPTIMAL or solution.x is None:
            return None
        return plan_of(written, program, solution.x, solution.row_duals, NAME)


class WarmParts:
    """Plans changed problems whose parts do not touch, each part from its last answer on.

    Parameters
    ----------
    clock : Clock
        Measures the time.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> city, warm = small_city(7, coupled=True), WarmParts(SystemClock())
    >>> more = replace(city, capacity=1.2 * city.capacity)
    >>> round(warm.plan(city).cost), round(warm.plan(more).cost)
    (5947, 3620)
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[_Place, _Kept] = {}

    def plan(self, changed: CityProblem) -> CityPlan:
        """Plan a problem; the sooner, the less it differs from the last one.

        Parameters
        ----------
        changed : CityProblem
            The problem, apart.

        Returns
        -------
        CityPlan
            One of the best.
        """
        plan_part = partial(self._solve, changed.services)
        return solve_apart(changed, NAME, plan_part, self._clock, proves=True)

    def _solve(self, names: tuple[str, ...], part: Part) -> Answer:
        place = (tuple(names[s] for s in part.services), part.periods.tobytes())
        return solve_part(part, Limit(Stop(), self._clock, 0.0), partial(self._again, place))

    def _again(self, place: _Place, program: LinearProgram, _stop: Stop) -> LinearSolution:
        kept = self._kept.get(place)
        solution = None if kept is None else kept.solve(program)
        if solution is None or solution.status is not Status.OPTIMAL:
            kept = self._kept[place] = _Kept(program)
            solution = kept.engine.solve(basis=False)
        return solution


class _Kept:
    """A programme that stays in the solver."""

    def __init__(self, program: LinearProgram) -> None:
        self.program = program
        self.engine = Engine(program)

    def solve(self, program: LinearProgram) -> LinearSolution | None:
        """Solve from the last answer on; ``None`` where the coefficients are others."""
        if not _same_coefficients(self.program, program):
            return None
        self._tell(program)
        self.program = program
        return self.engine.solve(basis=False)

    def _tell(self, program: LinearProgram) -> None:
        old, engine = self.program, self.engine
        rows = _differ((old.row_lower, program.row_lower), (old.row_upper, program.row_upper))
        engine.change_row_sides(rows, program.row_lower[rows], program.row_upper[rows])
        columns = _differ((old.lower, program.lower), (old.upper, program.upper))
        engine.change_bounds(columns, program.lower[columns], program.upper[columns])
        costs = _differ((old.c, program.c))
        engine.change_cost(costs, program.c[costs])


def _differ(*pairs: tuple[Floats, Floats]) -> Whole:
    return np.flatnonzero(np.logical_or.reduce([old != new for old, new in pairs]))


def _same_coefficients(old: LinearProgram, new: LinearProgram) -> bool:
    a, b = old.matrix, new.matrix
    return a.shape == b.shape and all(
        np.array_equal(getattr(a, part), getattr(b, part)) for part in ("indptr", "indices", "data")
    )
