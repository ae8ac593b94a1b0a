"""Planning in levels: what comes first is made as small as it can be before the rest counts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.ladder import level_constant, level_value, step_program
from salus.allocate.city.level import Level
from salus.allocate.city.limit import Limit
from salus.allocate.city.programme import write
from salus.allocate.city.solvers import Solvers
from salus.allocate.city.tally import tally
from salus.allocate.city.whole import best_in_time, plan_of, refuse
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
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock
    from salus.core.messages import Message


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
        When to end early; the seconds hold for all levels together, the gap for each.

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
    limit = Limit(stop, clock, clock.ticks())
    written = write(problem)
    base = written.program()
    built = clock.ticks()
    steps = _climb(written, base, limit)
    solved = clock.ticks()
    plan = plan_of(written, base, steps[-1].x, steps[0].level.proof, method)
    stopped = not all(each.ended for each in steps)
    if not stopped:
        refuse_withheld(problem, plan, Solved(written, base), limit.left())
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
        unkept=steps[-1].unkept,
        build_seconds=built - limit.since + clock.ticks() - solved,
        solve_seconds=solved - built,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    level: Level
    x: Floats
    ended: bool
    unkept: tuple[Message, ...] = ()


def _climb(written: Written, base: LinearProgram, limit: Limit) -> list[_Step]:
    steps: list[_Step] = []
    # Each level has an offset of its own, so that the solver is given none.
    solvers = Solvers(replace(step_program(base, written, ()), offset=0.0), written.way)
    for aims in written.problem.aims.levels:
        if steps:
            solvers.go_on(step_program(base, written, [step.level.limit for step in steps]))
        steps.append(_step(written, aims, solvers, steps[-1] if steps else None, limit))
    return steps


def _step(
    written: Written, aims: tuple[Aim, ...], solvers: Solvers, before: _Step | None, limit: Limit
) -> _Step:
    """Make one level small; what keeps the levels before stays where a limit of time ends it."""
    program = replace(solvers.program, offset=level_constant(written, aims))
    rows, fixed = program.row_lower.shape, program.offset
    if before is not None and not program.c.any():
        nothing = Level(aims, fixed, fixed, fixed, np.zeros(rows))
        return _Step(nothing, before.x, ended=True, unkept=before.unkept)
    if before is not None and limit.left().seconds == 0:
        value, (proof, bound) = _counted(written, before.x, aims), best_proof(program, None)
        level = _level(written, aims, value, bound, proof)
        return _Step(level, before.x, ended=False, unkept=before.unkept)
    found, duals = solvers.solve(limit)
    if found.status is Status.INFEASIBLE:
        refuse(written.problem)
    proof, bound = best_proof(program, duals)
    best, unkept = _best(written, found, before, aims)
    # What only measures, such as fairness, is recounted where the solution is not the solver's.
    value = program.value(best) if best is found.x else _counted(written, best, aims)
    level = _level(written, aims, value, bound, proof)
    if solvers.whole and found.bound is not None:
        level = replace(level, claim=max(bound, found.bound + fixed))
    return _Step(level, best, found.status is Status.OPTIMAL, unkept)


def _level(
    written: Written, aims: tuple[Aim, ...], value: float, bound: float, proof: Floats
) -> Level:
    slack = written.problem.aims.tolerance * max(1.0, abs(value))
    return Level(aims, value, value + slack, bound, proof)


def _best(
    written: Written, found: LinearSolution, before: _Step | None, aims: tuple[Aim, ...]
) -> tuple[Floats, tuple[Message, ...]]:
    if found.x is not None and (before is not None or found.status is Status.OPTIMAL):
        return found.x, ()
    if before is not None:
        return before.x, before.unkept
    return best_in_time(written, written.program(), found.x, aims)


def _counted(written: Written, x: Floats, aims: tuple[Aim, ...]) -> float:
    plan = plan_of(written, written.program(), x, None, "")
    return level_value(written.problem, tally(written.problem, plan).charges, aims)
