"""The programmes of a lexicographic plan, one above the other, and what their prices prove."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.aims import Aim
from salus.allocate.city.programme import write
from salus.allocate.lp.bound import proved_bound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.programme import Written
    from salus.allocate.lp.program import LinearProgram


def step_program(base: LinearProgram, written: Written, limits: Sequence[float]) -> LinearProgram:
    """Write the programme of a level: its aims alone, with a row for each level before.

    Parameters
    ----------
    base : LinearProgram
        The city's programme; its objective is not used.
    written : Written
        Where it came from.
    limits : sequence of float
        Limits of the levels before; how many there are tells the level.

    Returns
    -------
    LinearProgram
        Constants of the levels before are taken off their limits.
    """
    levels = written.problem.aims.levels
    before = levels[: len(limits)]
    rows = [level_cost(written, aims) for aims in before]
    most = [
        limit - level_constant(written, aims) for limit, aims in zip(limits, before, strict=True)
    ]
    aims = levels[len(limits)]
    return replace(
        base,
        c=level_cost(written, aims),
        offset=level_constant(written, aims),
        matrix=sparse.vstack([base.matrix, *(sparse.csr_array(row[None]) for row in rows)], "csc"),
        row_lower=np.concatenate([base.row_lower, np.full(len(rows), -np.inf)]),
        row_upper=np.concatenate([base.row_upper, most]),
    )


def level_cost(written: Written, aims: tuple[Aim, ...]) -> Floats:
    """Return what one unit of each column adds to a level, weighted, shape (n,)."""
    cost = np.zeros(written.draft.column.size)
    for aim in aims:
        cost += written.problem.aims.weight(aim) * written.draft.cost(aim)
    return cost


def level_constant(written: Written, aims: tuple[Aim, ...]) -> float:
    """Return what a level adds up to whatever is decided, weighted."""
    constants = written.draft.constants
    return sum(written.problem.aims.weight(aim) * constants.get(aim, 0.0) for aim in aims)


def level_value(problem: CityProblem, charges: Mapping[Aim, float], aims: tuple[Aim, ...]) -> float:
    """Add up the weighted charges of a level."""
    return sum(problem.aims.weight(aim) * charges.get(aim, 0.0) for aim in aims)


def dearest(problem: CityProblem) -> dict[Aim, float]:
    """Return the most that one unit of any column adds to each aim, before weights.

    A solver leaves columns off by its rounding, so that this is what rounding is worth.
    """
    draft = write(problem).draft
    return {aim: float(np.abs(draft.cost(aim)).max(initial=0.0)) for aim in Aim}


def proven_levels(problem: CityProblem, plan: CityPlan) -> tuple[float, ...]:
    """Bound each level of a plan by its prices, whatever the plan claims.

    Parameters
    ----------
    problem : CityProblem
        What was planned, in levels.
    plan : CityPlan
        A plan with as many levels, right or wrong.

    Returns
    -------
    tuple of float
        No plan within the limits of the levels before has less of each level.

    Raises
    ------
    ValueError
        If the plan has other levels than the problem, or a proof does not fit.
    """
    levels = problem.aims.levels
    if tuple(level.aims for level in plan.levels) != levels:
        message = f"levels must be {_named(levels)}, but the plan has "
        raise ValueError(message + _named(tuple(level.aims for level in plan.levels)))
    written = write(problem)
    base = written.program()
    found: list[float] = []
    for place, level in enumerate(plan.levels):
        program = step_program(base, written, [each.limit for each in plan.levels[:place]])
        if level.proof.shape != program.row_lower.shape:
            message = f"proof of level {place + 1} must have shape {program.row_lower.shape}, "
            raise ValueError(message + f"but has {level.proof.shape}")
        found.append(proved_bound(program, level.proof))
    return tuple(found)


def _named(levels: tuple[tuple[Aim, ...], ...]) -> str:
    return " > ".join(" + ".join(level) for level in levels) or "none"
