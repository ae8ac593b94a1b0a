"""The exact plan by linear programming."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy import sparse

from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.greedy import better
from salus.allocate.city.lexicographic import solve_levels
from salus.allocate.city.limit import Limit
from salus.allocate.city.whole import solve_whole
from salus.allocate.lp.program import LinearProgram, Sense
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.allocate.lp.stop import Stop
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.solution import LinearSolution
    from salus.core.clock import Clock


class Exact:
    """Plans by the simplex method; the duals of the capacities are the prices.

    With x the cases on each journey, what staying unmet would cost is saved for each of them:

        maximise   sum_a (penalty_s - minutes_a) x_a
        subject to sum over the journeys of a district and service of x <= need,
                   sum over the journeys to a facility of uses x       <= capacity,  x >= 0

    Only journeys are variables: unmet need is the slack of the first rows. Where periods touch
    or features are given, the whole city is one programme instead, see
    :mod:`salus.allocate.city.programme`.

    Parameters
    ----------
    stop : Stop, optional
        When to end early, with the best plan so far and its gap.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Exact().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (6845, False)

    References
    ----------
    Dantzig (1963), Linear Programming and Extensions, chapter 14.
    """

    name: ClassVar[str] = "exact"
    proves: ClassVar[bool] = True

    def __init__(self, stop: Stop | None = None) -> None:
        self.stop = stop or Stop()

    def fits(self, problem: CityProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Tell that every problem can be solved."""
        return True

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        InputError
            If no plan keeps all that is demanded.
        """
        if problem.aims.order:
            return solve_levels(problem, self.name, clock, self.stop)
        if not problem.apart:
            return solve_whole(problem, self.name, clock, self.stop)
        limit = Limit(self.stop, clock, clock.ticks())
        return solve_apart(problem, self.name, partial(solve_part, limit=limit), clock, proves=True)


def _plainly(program: LinearProgram, stop: Stop) -> LinearSolution:
    return solve(program, stop=stop, basis=False)


def solve_part(
    part: Part,
    limit: Limit,
    by: Callable[[LinearProgram, Stop], LinearSolution] = _plainly,
) -> Answer:
    """Plan one part by its linear programme.

    Parameters
    ----------
    part : Part
        Services that share resources, in one period or several equal ones.
    limit : Limit
        How long that may take.
    by : callable
        Solves the programme within what is left; its rows are the need, then the capacity.

    Returns
    -------
    Answer
    """
    worth = part.worthwhile
    cases, price = np.zeros(part.minutes.size), np.zeros_like(part.capacity)
    if worth.size == 0:
        return Answer(cases, price, 0.0)
    program = _program(part, worth)
    start = limit.clock.ticks()
    found = by(program, limit.left())
    seconds = limit.clock.ticks() - start
    stopped = found.status is Status.TIME_LIMIT
    if not stopped:
        _refuse_none(found)
    if found.x is not None:
        cases[worth] = np.maximum(found.x, 0)
    if stopped:
        cases = better(part, cases)
    if found.row_duals is not None:
        price = np.maximum(found.row_duals[part.need.size :], 0).reshape(part.capacity.shape)
    return Answer(cases, price, seconds, stopped=stopped)


def _program(part: Part, worth: Whole) -> LinearProgram:
    district, facility, service = part.district[worth], part.facility[worth], part.service[worth]
    needing = district * part.need.shape[1] + service
    taking = part.need.size + facility * part.capacity.shape[1]
    # Row numbers and coefficients of all journeys side by side: the need, then each resource.
    kinds = part.uses.shape[1]
    rows = np.column_stack([needing, *(taking + r for r in range(kinds))])
    values = np.column_stack([np.ones(worth.size), part.uses[service]])
    filled = values > 0
    ends = np.concatenate([[0], np.cumsum(filled.sum(axis=1))])
    limits = np.concatenate([part.need.ravel(), part.capacity.ravel()])
    return LinearProgram(
        c=part.gain[worth],
        matrix=sparse.csc_array(
            (values[filled], rows[filled], ends), shape=(limits.size, worth.size)
        ),
        row_lower=np.full(limits.size, -np.inf),
        row_upper=limits,
        lower=np.zeros(worth.size),
        upper=np.full(worth.size, np.inf),
        sense=Sense.MAX,
    )


def _refuse_none(solution: LinearSolution) -> None:
    if solution.x is None or solution.row_duals is None:
        # Serving nobody is feasible and no gain is unbounded, so an optimum always exists.
        raise DefectError(
            Fault(
                say("the solver found no best plan"),
                Where("allocate.city.exact"),
                say("report this problem with its input"),
                solution.status.value,
            )
        )
