"""Solving the whole city at once, where its parts touch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.assembly import FEWEST_CASES
from salus.allocate.city.ladder import level_value
from salus.allocate.city.level_check import check_aims
from salus.allocate.city.limit import Limit
from salus.allocate.city.plan import CityPlan
from salus.allocate.city.programme import prices, write
from salus.allocate.city.promises import blame_floors, blame_limits
from salus.allocate.city.quick import nobody, quick
from salus.allocate.city.tally import tally
from salus.allocate.city.withheld import Solved, blame, refuse_withheld
from salus.allocate.lp.bound import best_proof
from salus.allocate.lp.solution import Status
from salus.allocate.lp.solve import solve
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock
    from salus.core.messages import Message


def solve_whole(problem: CityProblem, method: str, clock: Clock, stop: Stop) -> CityPlan:
    """Write the city down as one programme, and solve it.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    method : str
        Name for the plan.
    clock : Clock
        Measures the time.
    stop : Stop
        When to end early, writing the programme included; the programme is always written.

    Returns
    -------
    CityPlan
        The best that was found, or a quick plan where a limit ended the search before that; what
        no such plan keeps is said in its ``unkept``.

    Raises
    ------
    InputError
        If no plan keeps all that is demanded.
    """
    limit = Limit(stop, clock, clock.ticks())
    written = write(problem)
    program = written.program()
    built = clock.ticks()
    # What proves comes first: a search over whole numbers would leave it no time.
    proof = solve(relaxed(program), stop=limit.left(), by=written.way, basis=False)
    if program.integral is None:
        solution = proof
    elif proof.status in (Status.INFEASIBLE, Status.TIME_LIMIT):
        solution = replace(proof, x=None)
    else:
        solution = solve(program, stop=limit.left(), by=written.way, basis=False)
    if solution.status is Status.INFEASIBLE:
        refuse(problem)
    ended = clock.ticks()
    return replace(
        plan_found(written, program, solution, proof.row_duals, method, limit=limit),
        build_seconds=built - limit.since + clock.ticks() - ended,
        solve_seconds=ended - built,
    )


def plan_found(
    written: Written,
    program: LinearProgram,
    solution: LinearSolution,
    duals: Floats | None,
    method: str,
    *,
    limit: Limit,
) -> CityPlan:
    """Make a plan of what a solver found, or a quick one where it found none as good in time.

    Parameters
    ----------
    written : Written
        What was written down.
    program : LinearProgram
        The finished programme.
    solution : LinearSolution
        How the solve ended; not infeasible.
    duals : ndarray, shape (m,), or None
        Prices of the rows.
    method : str
        Name for the plan.
    limit : Limit
        Within what is left of it, care that is withheld is looked for.

    Returns
    -------
    CityPlan

    Raises
    ------
    InputError
        If the plan keeps a bound on fairness only by withholding care.
    """
    ended = solution.status is Status.OPTIMAL
    x, unkept = (solution.x, ()) if ended else best_in_time(written, program, solution.x)
    if x is None:
        x = nobody(written)
    plan = plan_of(written, program, x, duals, method)
    if ended:
        solved = Solved(written, program, solution.basis)
        refuse_withheld(written.problem, plan, solved, limit.left())
    return replace(
        plan,
        # What only measures, such as fairness, may lie above what the decisions come to.
        cost=tally(written.problem, plan).cost,
        claim=None if program.integral is None else _claim(solution, plan),
        stopped=not ended,
        unkept=unkept,
    )


def _claim(solution: LinearSolution, plan: CityPlan) -> float | None:
    known = [bound for bound in (solution.bound, plan.bound) if bound is not None]
    return max(known, default=None)


def best_in_time(
    written: Written,
    program: LinearProgram,
    found: Floats | None,
    aims: tuple[Aim, ...] = tuple(Aim),
) -> tuple[Floats, tuple[Message, ...]]:
    """Take the best of what a search found before a limit ended it, and of quick plans.

    Parameters
    ----------
    written : Written
        What was written down.
    program : LinearProgram
        The finished programme.
    found : ndarray, shape (n,), or None
        A solution, if there is one.
    aims : tuple of Aim
        What is to be small.

    Returns
    -------
    x : ndarray, shape (n,)
        The cheapest that keeps all rules; nobody is served where none is known.
    unkept : tuple of Message
        The rules that are broken then, and where.
    """
    tried = () if found is None else (found,)
    best, least = nobody(written), np.inf
    broken: tuple[Message, ...] = ()
    for x in (*tried, *quick(written, program)):
        cost, unkept = _counted(written, program, x, aims)
        if not unkept and cost < least:
            best, least = x, cost
        broken = unkept
    # Serving nobody was tried last.
    return best, broken if np.isinf(least) else ()


def _counted(
    written: Written, program: LinearProgram, x: Floats, aims: tuple[Aim, ...]
) -> tuple[float, tuple[Message, ...]]:
    problem = replace(written.problem, aims=replace(written.problem.aims, order=()))
    plan = plan_of(written, program, x, None, "")
    counted = tally(problem, plan)
    violations = (*counted.violations, *check_aims(problem, plan, counted).violations)
    return level_value(problem, counted.charges, aims), tuple(
        say("{where}: {rule}", where=each.where, rule=each.constraint.sentence)
        for each in violations
    )


def relaxed(program: LinearProgram) -> LinearProgram:
    """Let the whole numbers of a programme be any numbers."""
    return replace(program, integral=None)


def plan_of(
    written: Written, program: LinearProgram, x: Floats, duals: Floats | None, method: str
) -> CityPlan:
    """Read a plan from a solution of the city's programme.

    Parameters
    ----------
    written : Written
        What was written down.
    program : LinearProgram
        The finished programme.
    x : ndarray, shape (n,)
        A solution.
    duals : ndarray, shape (m,), or None
        Prices of the rows; without them the plan proves nothing but that no cost is below 0.
    method : str
        Name for the plan.

    Returns
    -------
    CityPlan
        Rows in the order of period, service, district, facility.
    """
    draft = written.draft
    proof, bound = best_proof(program, duals)
    flows = x[draft.column.blocks["cases"].indices]
    column, period = np.nonzero(flows > FEWEST_CASES)
    cost = program.value(x)
    proven = Proven(x, cost, bound, proof)
    return read_plan(written, (written.arcs[column], period, flows[column, period]), proven, method)


@dataclass(frozen=True, slots=True, eq=False)
class Proven:
    """A solution and what proves it.

    Parameters
    ----------
    x : ndarray
        The solution; what the features decide is read from it.
    cost, bound : float
        What it costs, and what no plan can undercut, weighted minutes.
    proof : ndarray, shape (m,)
        Prices of the rows.
    """

    x: Floats
    cost: float
    bound: float
    proof: Floats


def read_plan(
    written: Written, rows: tuple[Whole, Whole, Floats], proven: Proven, method: str
) -> CityPlan:
    """Put a plan together from its journeys and what else was decided.

    Parameters
    ----------
    written : Written
        What was written down, with or without its journeys.
    rows : tuple of ndarray, shape (n,)
        Journeys as indices within the problem, their periods, and their cases.
    proven : Proven
        The solution that they belong to.
    method : str
        Name for the plan.

    Returns
    -------
    CityPlan
        Rows in the order of period, service, district, facility.
    """
    problem, (arc, period, cases) = written.problem, rows
    places = (problem.arc_service[arc], problem.arc_district[arc], problem.arc_facility[arc])
    order = np.lexsort((*places[::-1], period))
    return CityPlan(
        method=method,
        district=places[1][order],
        facility=places[2][order],
        service=places[0][order],
        period=period[order],
        cases=cases[order],
        price=prices(written, proven.proof),
        cost=proven.cost,
        bound=proven.bound,
        decisions=tuple(each.read(written.draft, proven.x, problem) for each in problem.features),
        proof=proven.proof,
    )


def refuse(problem: CityProblem) -> NoReturn:
    """Tell that nothing keeps all that is demanded, and which district or limit makes it so.

    Raises
    ------
    InputError
        Always.
    """
    found = blame(problem) or blame_floors(problem) or blame_limits(problem)
    raise InputError(*(found or (_nothing(problem),)))


def _nothing(problem: CityProblem) -> Fault:
    names = tuple(each.name for each in problem.features)
    loosen = say("loosen a rule of {features}", features=names)
    return Fault(
        say("no plan keeps all that is demanded of it"),
        Where("allocate.city"),
        loosen if names else say("loosen a limit of the aims"),
    )
