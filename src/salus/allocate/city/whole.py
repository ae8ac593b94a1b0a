"""Solving the whole city at once, where its parts touch."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from salus.allocate.city.assembly import FEWEST_CASES
from salus.allocate.city.plan import CityPlan
from salus.allocate.city.programme import prices, write
from salus.allocate.city.promises import blame_floors
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
        When to end early.

    Returns
    -------
    CityPlan
        The best that was found; where a limit ended the search before anything was, nobody is
        served, also where a rule demands care: ``verify`` then names the rule.

    Raises
    ------
    InputError
        If no plan keeps all that is demanded.
    """
    start = clock.ticks()
    written = write(problem)
    program = written.program()
    built = clock.ticks()
    solution = solve(program, stop=stop, by=written.way, basis=False)
    if solution.status is Status.INFEASIBLE:
        refuse(problem)
    whole = program.integral is not None
    proof = solve(relaxed(program), stop=stop, by=written.way, basis=False) if whole else solution
    ended = clock.ticks()
    return replace(
        plan_found(written, program, solution, proof.row_duals, method),
        build_seconds=built - start + clock.ticks() - ended,
        solve_seconds=ended - built,
    )


def plan_found(
    written: Written,
    program: LinearProgram,
    solution: LinearSolution,
    duals: Floats | None,
    method: str,
) -> CityPlan:
    """Make a plan of what a solver found, or serve nobody where it found nothing in time.

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

    Returns
    -------
    CityPlan

    Raises
    ------
    InputError
        If the plan keeps a bound on fairness only by withholding care.
    """
    x = nobody(written) if solution.x is None else solution.x
    plan = plan_of(written, program, x, duals, method)
    ended = solution.status is Status.OPTIMAL
    if ended:
        refuse_withheld(written.problem, plan, Solved(written, program, solution.basis))
    return replace(
        plan,
        # What only measures, such as fairness, may lie above what the decisions come to.
        cost=tally(written.problem, plan).cost,
        claim=None if program.integral is None else solution.bound,
        stopped=not ended,
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
    """Tell that nothing keeps all that is demanded, and which district makes it so.

    Raises
    ------
    InputError
        Always.
    """
    whole = Fault(
        say("no plan keeps all that is demanded of it"),
        Where("allocate.city"),
        say("loosen a bound on fairness, or a rule that must be kept"),
    )
    raise InputError(*(blame(problem) or blame_floors(problem) or (whole,)))


def nobody(written: Written) -> Floats:
    """Return the solution in which nobody is served and nothing is decided, shape (n,)."""
    x = np.zeros(written.draft.column.size)
    x[written.draft.column.blocks["unmet"].indices] = written.problem.need
    return x
