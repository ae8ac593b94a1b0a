"""Leximin: the lowest coverage as high as it goes, then the next lowest, and so on to the last."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aims
from salus.allocate.city.features.fairness.floors import CoverageFloors
from salus.allocate.city.features.fairness.maxmin import MaxMin
from salus.allocate.city.limit import Limit
from salus.allocate.city.programme import write
from salus.allocate.city.whole import refuse, relaxed, solve_whole
from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.run import Method
from salus.allocate.lp.solution import Status
from salus.allocate.lp.stop import Stop

if TYPE_CHECKING:
    from salus.allocate.city.features.fairness.groups import Groups
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

# A price of a group below this is rounding: all prices of a step add up to 1.
PRICED = 1e-7
# What later steps and the plan may take from a floor, for the rounding of the solver.
SLACK = 1e-8
METHOD = "exact"
UNLIMITED = Stop()


@dataclass(frozen=True, slots=True)
class Rung:
    """Groups that cannot be covered better without covering a worse one worse.

    Parameters
    ----------
    groups : tuple of int
        The groups.
    coverage : float
        Their coverage.
    bound : float
        No plan that keeps the rungs below covers all the others better, as prices prove.
    """

    groups: tuple[int, ...]
    coverage: float
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Leximin:
    """The fairest plan, and the rungs that lead to it.

    Parameters
    ----------
    problem : CityProblem
        The city with the coverage of the rungs as floors.
    plan : CityPlan
        Its best plan: verified against this problem.
    rungs : tuple of Rung
        From the worst covered groups to the best.
    """

    problem: CityProblem
    plan: CityPlan
    rungs: tuple[Rung, ...]


def leximin(
    problem: CityProblem,
    groups: Groups,
    clock: Clock,
    *,
    severity: bool = True,
    stop: Stop = UNLIMITED,
) -> Leximin:
    """Raise the lowest coverage as far as it goes, then the next lowest, and so on.

    Each step is a linear programme that begins where the last one ended. Groups with a price
    hold the step down: in every plan that reaches it they are covered exactly so much. They
    are fixed there, and the others rise on. There are at most as many steps as groups.

    Parameters
    ----------
    problem : CityProblem
        What is planned; parts of units may open in the steps where only whole ones do in the
        plan, so that such a plan may not exist.
    groups : Groups
        Between whom the plan is to be fair.
    clock : Clock
        Measures the time.
    severity : bool
        Whether a case counts as its penalty; otherwise each counts as one.
    stop : Stop
        When to end early: the steps that were not reached hold nothing, and the plan says that
        it was stopped.

    Returns
    -------
    Leximin

    Raises
    ------
    InputError
        If no plan keeps all that is demanded.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.features.fairness.groups import Groups
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> found = leximin(city, Groups.districts(city), SystemClock())
    >>> [(rung.groups, round(rung.coverage, 3)) for rung in found.rungs]
    [((0, 1, 2, 3), 0.804)]

    References
    ----------
    Sen (1970), Collective choice and social welfare; Behringer (1981), A simplex based algorithm
    for the lexicographically extended linear maxmin problem.
    """
    limit = Limit(stop, clock, clock.ticks())
    rungs, ended = _climb(problem, groups, limit, severity=severity)
    least = np.zeros(groups.count)
    for rung in rungs:
        least[list(rung.groups)] = max(0.0, rung.coverage - SLACK)
    floors = CoverageFloors(groups, least, severity=severity)
    city = replace(problem, features=(floors, *problem.features))
    plan = solve_whole(city, METHOD, clock, limit.left())
    if plan.stopped and any(floors.recount(city, plan).violations):
        # There was no time for a plan that keeps the steps; what is left keeps the rest.
        floors = replace(floors, least=np.zeros(groups.count))
        city = replace(problem, features=(floors, *problem.features))
        plan = solve_whole(city, METHOD, clock, limit.left())
    return Leximin(city, replace(plan, stopped=plan.stopped or not ended), rungs)


def _climb(
    problem: CityProblem, groups: Groups, limit: Limit, *, severity: bool
) -> tuple[tuple[Rung, ...], bool]:
    ends = MaxMin(groups, 1.0, severity=severity)
    city = replace(
        problem, features=(ends, *problem.features), aims=Aims(limits=problem.aims.limits)
    )
    written = write(city)
    draft = written.draft
    short = draft.column.blocks["maxmin.shortfall"].indices
    worst = int(draft.column.blocks["maxmin.worst"].indices[0])
    rows = draft.row.blocks["maxmin.worst"].indices
    program = replace(relaxed(draft.program({"unfairness": 1.0})), offset=0.0)
    known = np.flatnonzero(ends.seen(city, city.need).need > 0)
    engine, free, rungs = Engine(program), np.ones(short.size, dtype=bool), list[Rung]()
    by = written.way
    while free.any():
        found, by = engine.solve(limit.left(), by=by), Method.SIMPLEX
        if found.status is Status.TIME_LIMIT:
            break
        if found.x is None or found.row_duals is None:
            refuse(problem)
        level = float(found.x[worst])
        held = free & (np.abs(found.row_duals[rows]) > PRICED)
        # Nobody is held down where nothing is missed.
        held = held if held.any() else free
        bound = proved_bound(engine.program, found.row_duals)
        rungs.append(Rung(tuple(known[held].tolist()), 1 - level, 1 - bound))
        free = free & ~held
        count = np.count_nonzero(held)
        engine.change_bounds(short[held], np.zeros(count), np.full(count, min(1.0, level + SLACK)))
        engine.change_row_sides(rows[held], np.full(count, -1.0), np.full(count, 1.0))
    return tuple(rungs), not free.any()
