"""What a linear programme says: its optimum and prices, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.conflict import Side
from salus.allocate.lp.program import Sense
from salus.allocate.lp.solution import Status
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.lp.conflict import Claim
    from salus.allocate.lp.program import Floats, LinearProgram
    from salus.service.solve_program import SolvedProgram

MOST = 10
"""Rows of a grid; the file that is asked for holds all."""
DIGITS = 6
DUST = 1e-12
"""What is smaller than this share of the largest figure beside it, or of 1, is shown as 0."""
ENDINGS = {
    Status.OPTIMAL: say("Solved to the optimum"),
    Status.INFEASIBLE: say("Nothing meets all constraints"),
    Status.UNBOUNDED: say("The objective improves for ever"),
    Status.TIME_LIMIT: say("Stopped at the limit of time"),
    Status.FAILED: say("The solver gave no answer"),
}


def program_sections(solved: SolvedProgram) -> tuple[Section, ...]:
    """Show a solved programme.

    Parameters
    ----------
    solved : SolvedProgram
        The programme and what is known of it.

    Returns
    -------
    tuple of Section
        One: the ending, the figures, and what is worth most, conflicts or improves.
    """
    grids = (*_prices(solved), *_variables(solved), *_claims(solved), *_ray(solved))
    within = say("Solved to the gap that was asked for")
    title = within if solved.solution.within_gap else ENDINGS[solved.solution.status]
    return (Section("program", title, say("Programme"), tuple(_sentences(solved)), grids),)


def _sentences(solved: SolvedProgram) -> Iterator[Message]:
    program, solution = solved.program, solved.solution
    m, n = program.matrix.shape
    kind = say("minimised") if program.sense is Sense.MIN else say("maximised")
    yield say(
        "Variables: {columns:,}; rows: {rows:,}; coefficients: {entries:,}; the objective is "
        "{kind}.",
        columns=n,
        rows=m,
        entries=program.matrix.nnz,
        kind=kind,
    )
    if program.integral is not None:
        count = int(np.count_nonzero(program.integral))
        yield say("Variables that must be whole numbers: {count:,}.", count=count)
    if solution.objective is not None:
        yield say("Objective: {value}.", value=_figure(solution.objective))
    if solution.bound is not None and np.isfinite(solution.bound):
        yield say("Nothing better than {bound} can be.", bound=_figure(solution.bound))
    elif solution.bound is not None:
        yield say("No bound is proved yet: the optimum may be far from here.")
    if solution.gap is not None and np.isfinite(solution.gap) and solution.gap > 0:
        yield say("Gap: {gap} of the objective.", gap=_figure(solution.gap))
    if solution.status is Status.TIME_LIMIT and solution.x is None:
        yield say("No feasible point was found in time.")
    yield from _checked(solved)


def _checked(solved: SolvedProgram) -> Iterator[Message]:
    verification = solved.verification
    for fault in verification.faults:
        yield say("The check finds: {fault}.", fault=fault)
    optimal = solved.solution.status is Status.OPTIMAL
    if verification.right and optimal and solved.solution.row_duals is not None:
        yield say("Recomputed without the solver: every constraint holds, and the gap is closed.")
    elif verification.right and solved.solution.x is not None:
        yield say("Recomputed without the solver: every constraint holds.")
    if solved.conflict:
        yield say("The constraints below cannot hold together; without any one of them, they can.")
    if solved.solution.ray is not None:
        yield say("Along the steps below the objective improves, and no constraint stops it.")
    if solved.solution.status is Status.INFEASIBLE and solved.conflict is None:
        yield say("The limit of time was met before the conflict was known.")


def _prices(solved: SolvedProgram) -> Iterator[Grid]:
    duals, ranges = solved.solution.row_duals, solved.ranges
    if duals is None or solved.solution.status is not Status.OPTIMAL:
        return
    worth = np.abs(_clean(duals))
    first = [int(i) for i in np.argsort(-worth, kind="stable")[:MOST] if worth[i] > 0]
    if not first:
        return
    at = _clean(solved.program.matrix @ solved.solution.x)
    rows = tuple(
        (
            Cell(solved.program.row_name(i)),
            Cell(_figure(float(duals[i]))),
            Cell(_figure(float(at[i]))),
            Cell(_figure(float(ranges.side_low[i])) if ranges else None),
            Cell(_figure(float(ranges.side_high[i])) if ranges else None),
        )
        for i in first
    )
    columns = (
        Column(say("row"), number=False),
        Column(say("worth of one more")),
        Column(say("now")),
        Column(say("holds from")),
        Column(say("holds to")),
    )
    yield Grid(say("Rows that are worth most"), columns, rows, short=MOST)


def _variables(solved: SolvedProgram) -> Iterator[Grid]:
    x, ranges, program = solved.solution.x, solved.ranges, solved.program
    if x is None:
        return
    x = _clean(x)
    share = np.abs(program.c * x)
    taken = [int(j) for j in np.argsort(-share, kind="stable")[:MOST] if x[j] != 0]
    if not taken:
        return
    rows = tuple(
        (
            Cell(program.column_name(j)),
            Cell(_figure(float(x[j]))),
            Cell(_figure(float(program.c[j]))),
            Cell(_figure(float(ranges.cost_low[j])) if ranges else None),
            Cell(_figure(float(ranges.cost_high[j])) if ranges else None),
        )
        for j in taken
    )
    columns = (
        Column(say("variable"), number=False),
        Column(say("value")),
        Column(say("cost now")),
        Column(say("stays from")),
        Column(say("stays to")),
    )
    yield Grid(say("Variables that weigh most"), columns, rows, short=MOST)


def _claims(solved: SolvedProgram) -> Iterator[Grid]:
    if not solved.conflict:
        return
    rows = tuple(
        (
            Cell(say("row") if claim.of_row else say("variable")),
            Cell(_claim(claim, solved.program)),
        )
        for claim in solved.conflict
    )
    columns = (Column(say("kind"), number=False), Column(say("constraint"), number=False))
    yield Grid(say("The conflict"), columns, rows, short=len(rows))


def _claim(claim: Claim, program: LinearProgram) -> Message | str:
    if claim.side is Side.WHOLE:
        return say("{name} is a whole number", name=claim.name(program))
    return claim.text(program)


def _ray(solved: SolvedProgram) -> Iterator[Grid]:
    ray = solved.solution.ray
    if ray is None:
        return
    ray = _clean(ray)
    moves = [int(j) for j in np.argsort(-np.abs(ray), kind="stable")[:MOST] if ray[j] != 0]
    rows = tuple((Cell(solved.program.column_name(j)), Cell(_figure(float(ray[j])))) for j in moves)
    columns = (Column(say("variable"), number=False), Column(say("step")))
    yield Grid(say("The ray"), columns, rows, short=MOST)


def _clean(values: Floats) -> Floats:
    finite = np.abs(values[np.isfinite(values)])
    return np.where(np.abs(values) <= DUST * finite.max(initial=1.0), 0.0, values)


def _figure(value: float) -> str:
    # Figures of any size: a fixed number of decimals would hide the small ones.
    shown = 0.0 if abs(value) <= DUST else value
    return f"{shown:,.{DIGITS}g}" if np.isfinite(value) else str(value).replace("inf", "∞")
