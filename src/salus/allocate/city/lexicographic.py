"""Planning in levels: what comes first is made as small as it can be before the rest counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.ladder import level_constant, level_value, step_program
from salus.allocate.city.level import Level
from salus.allocate.city.programme import write
from salus.allocate.city.solvers import Solvers
from salus.allocate.city.tally import tally
from salus.allocate.city.whole import nobody, plan_of, refuse
from salus.allocate.city.withheld import Solved, refuse_withheld
from salus.allocate.lp.bound import best_proof
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from salus.allocate.city.aims import Aim
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock


def solve_levels(problem: CityProblem, method: str, clock: Clock, stop: Stop) -> CityPlan:
    """Make one level of aims after the other as small as it can be.

    After each level a row keeps it: the sum of its charges stays within its best value and the
    tolerance of the aims. The last solution is the plan.

    Parameters
    ----------
    problem : CityProblem
        What is planned, with an order of its aims.
    method : str
        Name for the plan.
    clock : Clock
        Measures the time.
    stop : Stop
        When to end early; the limits hold for each level.

    Returns
    -------
    CityPlan
        With a value, a bound and a proof for each level. Its prices are those of the first
        level: what a resource-day does for what comes first.

    Raises
    ------
    InputError
        If no plan keeps all that is demanded.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.aims import Aim, Aims
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.lp.stop import Stop
    >>> from salus.core.clock import SystemClock
    >>> city = replace(small_city(7), aims=Aims(order=((Aim.UNMET,), (Aim.TRAVEL,))))
    >>> plan = solve_levels(city, "exact", SystemClock(), Stop())
    >>> [round(level.value) for level in plan.levels]
    [4419, 2453, 0]

    References
    ----------
    Isermann (1982), Linear lexicographic optimization.
    """
    start = clock.ticks()
    written = write(problem)
    base = written.program()
    built = clock.ticks()
    steps = _climb(written, base, stop)
    solved = clock.ticks()
    plan = plan_of(written, base, steps[-1].x, steps[0].level.proof, method)
    stopped = not all(each.ended for each in steps)
    if not stopped:
        refuse_withheld(problem, plan, Solved(written, base))
    counted = tally(problem, plan)
    levels = tuple(
        replace(each.level, value=level_value(problem, counted.charges, each.level.aims))
        for each in steps
    )
    return replace(
        plan,
        cost=counted.cost,
        bound=sum(level.bound for level in levels),
        proof=None,
        levels=levels,
        stopped=stopped,
        build_seconds=built - start + clock.ticks() - solved,
        solve_seconds=solved - built,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    level: Level
    x: Floats
    ended: bool


def _climb(written: Written, base: LinearProgram, stop: Stop) -> list[_Step]:
    steps: list[_Step] = []
    x = nobody(written)
    # Each level has an offset of its own, so that the solver is given none.
    solvers = Solvers(replace(step_program(base, written, ()), offset=0.0), written.way)
    for aims in written.problem.aims.levels:
        if steps:
            solvers.go_on(step_program(base, written, [step.level.limit for step in steps]))
        step = _step(written, aims, solvers, x, stop)
        x = step.x
        steps.append(step)
    return steps


def _step(
    written: Written, aims: tuple[Aim, ...], solvers: Solvers, x: Floats, stop: Stop
) -> _Step:
    """Make one level small; ``x`` keeps the levels before, for where a limit of time ends it."""
    program = replace(solvers.program, offset=level_constant(written, aims))
    rows, fixed = program.row_lower.shape, program.offset
    if rows[0] > written.draft.row.size and not program.c.any():
        return _Step(Level(aims, fixed, fixed, fixed, np.zeros(rows)), x, ended=True)
    found, duals = solvers.solve(stop)
    if found.status is Status.INFEASIBLE:
        refuse(written.problem)
    proof, bound = best_proof(program, duals)
    best = x if found.x is None else found.x
    # What only measures, such as fairness, is recounted where the solution is not the solver's.
    value = program.value(best) if found.x is not None else _counted(written, x, aims)
    level = Level(
        aims,
        value,
        value + written.problem.aims.tolerance * max(1.0, abs(value)),
        bound,
        proof,
        found.bound + fixed if solvers.whole and found.bound is not None else None,
    )
    return _Step(level, best, found.status is Status.OPTIMAL)


def _counted(written: Written, x: Floats, aims: tuple[Aim, ...]) -> float:
    plan = plan_of(written, written.program(), x, None, "")
    return level_value(written.problem, tally(written.problem, plan).charges, aims)
