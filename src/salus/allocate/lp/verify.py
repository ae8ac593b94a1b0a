"""The check of a solution that knows no solver: every figure recomputed from the programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.inner import inner
from salus.allocate.lp.program import Sense
from salus.allocate.lp.solution import Status
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from salus.allocate.lp.program import Flags, Floats, LinearProgram
    from salus.allocate.lp.solution import LinearSolution
    from salus.core.messages import Message

    Figure: TypeAlias = tuple[str, float]

TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check found; every figure is relative to the size of what it is compared with.

    Parameters
    ----------
    rows, bounds : float
        Most by which a row misses its sides, and a variable its bounds, at least 0.
    whole : float
        Most by which a variable that must be a whole number misses one.
    reduced_costs : float
        Most by which the reduced costs differ from c - A'y.
    dual : float
        Most by which a dual or reduced cost points the wrong way: towards a side that is not there.
    slackness : float
        Most by which a dual or reduced cost prices a side that is not reached.
    objective : float
        What the objective differs by from c'x + offset.
    bound : float or None
        What the duals prove, recomputed; for programmes with integers, what the solver claims.
    gap : float or None
        |c'x + offset - bound| / max(1, |c'x + offset|).
    faults : tuple of Message
        What is wrong; empty for a right solution.
    """

    rows: float = 0.0
    bounds: float = 0.0
    whole: float = 0.0
    reduced_costs: float = 0.0
    dual: float = 0.0
    slackness: float = 0.0
    objective: float = 0.0
    bound: float | None = None
    gap: float | None = None
    faults: tuple[Message, ...] = ()

    @property
    def right(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.faults


def verify(
    program: LinearProgram, solution: LinearSolution, tolerance: float = TOLERANCE
) -> Verification:
    """Recompute what a solution claims, whoever found it.

    Parameters
    ----------
    program : LinearProgram
        What was solved.
    solution : LinearSolution
        What was found.
    tolerance : float
        Largest relative error that is rounding, above 0.

    Returns
    -------
    Verification
        An ``OPTIMAL`` programme without integers must close its gap by its duals alone; an
        ``UNBOUNDED`` one must have a ray, and an ``INFEASIBLE`` one is checked where it has a
        proof.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.lp.program import LinearProgram
    >>> from salus.allocate.lp.solve import solve
    >>> one = np.ones(1)
    >>> program = LinearProgram(one, one[:, None], 3 * one, np.inf * one, 0 * one, np.inf * one)
    >>> solution = solve(program)
    >>> verify(program, solution).right
    True
    >>> str(verify(program, replace(solution, x=2 * one)).faults[0])
    'a row misses its side by 0.333 of its size'
    """
    figures: dict[str, Any] = {}
    if solution.x is not None and solution.objective is not None:
        figures = dict(_figures_of(program, solution, solution.x, solution.objective))
    bound = _bound(program, solution)
    found = replace(Verification(bound=bound, gap=_gap(program, solution, bound)), **figures)
    return replace(found, faults=tuple(_wrong(program, solution, found, tolerance)))


def meets(program: LinearProgram, x: Floats, tolerance: float = TOLERANCE) -> bool:
    """Tell whether a point meets every row and bound, and is whole where it must be.

    Parameters
    ----------
    program : LinearProgram
        The programme.
    x : ndarray, shape (n,)
        The point.
    tolerance : float
        Largest relative error that is rounding.
    """
    at = program.matrix @ x
    misses = (
        _missed(at, program.row_lower, program.row_upper),
        _missed(x, program.lower, program.upper),
        _fraction(program, x),
    )
    return max(misses) <= tolerance


def improves_for_ever(program: LinearProgram, ray: Floats, tolerance: float = TOLERANCE) -> bool:
    """Tell whether a direction stays within the programme and improves it without end.

    Parameters
    ----------
    program : LinearProgram
        The programme.
    ray : ndarray, shape (n,)
        The direction.
    tolerance : float
        Largest error, relative to the largest part of the ray, that is rounding.
    """
    size = float(np.abs(ray).max(initial=0.0))
    if not 0 < size < np.inf:
        return False
    way = ray / size
    slack = tolerance * (1 + abs(program.matrix) @ np.abs(way))
    move = program.matrix @ way
    stays = (
        _never(way < -tolerance, program.lower)
        and _never(way > tolerance, program.upper)
        and _never(move < -slack, program.row_lower)
        and _never(move > slack, program.row_upper)
    )
    gain = inner(program.c, way) * (1 if program.sense is Sense.MAX else -1)
    return stays and gain > tolerance * inner(np.abs(program.c), np.abs(way))


def cannot_be_met(program: LinearProgram, proof: Floats) -> bool:
    """Tell whether weights of the rows prove that no x meets them (Farkas 1902).

    Parameters
    ----------
    program : LinearProgram
        The programme; that variables be whole numbers is not used.
    proof : ndarray, shape (m,)
        The weights.
    """
    nothing = replace(program, c=np.zeros_like(program.c), sense=Sense.MIN, offset=0.0)
    size = float(np.abs(proof).max(initial=0.0))
    return size > 0 and proved_bound(nothing, proof / size) > 0


def _never(moves: Flags, side: Floats) -> bool:
    return not (moves & np.isfinite(side)).any()


def _figures_of(
    program: LinearProgram, solution: LinearSolution, x: Floats, objective: float
) -> Iterator[Figure]:
    at = program.matrix @ x
    value = program.value(x)
    yield "rows", _missed(at, program.row_lower, program.row_upper)
    yield "bounds", _missed(x, program.lower, program.upper)
    yield "whole", _fraction(program, x)
    yield "objective", abs(value - objective) / max(1.0, abs(value))
    y, d = solution.row_duals, solution.reduced_costs
    if y is not None and d is not None:
        scale = 1 + np.abs(program.c) + abs(program.matrix).T @ np.abs(y)
        left = program.c - program.matrix.T @ y
        yield "reduced_costs", float((np.abs(left - d) / scale).max(initial=0.0))
        if solution.status is Status.OPTIMAL:
            rows, columns = _prices(program, at, x, y, d)
            yield "dual", max(rows.wrong(1 + np.abs(y)), columns.wrong(scale))
            yield "slackness", max(rows.idle(), columns.idle())


@dataclass(frozen=True, slots=True, eq=False)
class _Prices:
    """What the duals say: each priced side, and where x is."""

    weight: Floats
    at: Floats
    side: Floats

    def wrong(self, scale: Floats) -> float:
        return float((np.abs(self.weight) / scale)[np.isinf(self.side)].max(initial=0.0))

    def idle(self) -> float:
        there = np.isfinite(self.side)
        side = self.side[there]
        far = np.abs(self.at[there] - side) / (1 + np.abs(side))
        return float(np.minimum(np.abs(self.weight[there]), far).max(initial=0.0))


def _prices(
    program: LinearProgram, at: Floats, x: Floats, y: Floats, d: Floats
) -> tuple[_Prices, _Prices]:
    sign = 1 if program.sense is Sense.MIN else -1
    row_side = np.where(sign * y > 0, program.row_lower, program.row_upper)
    side = np.where(sign * d > 0, program.lower, program.upper)
    # Without a weight, no side is priced.
    return (
        _Prices(y, at, np.where(y == 0, at, row_side)),
        _Prices(d, x, np.where(d == 0, x, side)),
    )


def _missed(at: Floats, low: Floats, high: Floats) -> float:
    over = np.where(np.isfinite(high), at - high, 0.0) / (1 + np.abs(at))
    under = np.where(np.isfinite(low), low - at, 0.0) / (1 + np.abs(at))
    return float(max(over.max(initial=0.0), under.max(initial=0.0)))


def _fraction(program: LinearProgram, x: Floats) -> float:
    if program.integral is None:
        return 0.0
    whole = x[program.integral]
    return float(np.abs(whole - np.round(whole)).max(initial=0.0))


def _bound(program: LinearProgram, solution: LinearSolution) -> float | None:
    if solution.status is Status.OPTIMAL and solution.row_duals is not None:
        return proved_bound(program, solution.row_duals)
    return solution.bound


def _gap(program: LinearProgram, solution: LinearSolution, bound: float | None) -> float | None:
    if solution.x is None or bound is None:
        return None
    value = program.value(solution.x)
    return abs(value - bound) / max(1.0, abs(value))


def _wrong(
    program: LinearProgram, solution: LinearSolution, found: Verification, tolerance: float
) -> Iterator[Message]:
    said = {
        "rows": say("a row misses its side by {amount:.3g} of its size", amount=found.rows),
        "bounds": say("a variable misses its bound by {amount:.3g} of it", amount=found.bounds),
        "whole": say("a variable misses a whole number by {amount:.3g}", amount=found.whole),
        "objective": say("the objective is not that of x, by {amount:.3g}", amount=found.objective),
        "reduced_costs": say(
            "the reduced costs are not what the duals leave, by {amount:.3g}",
            amount=found.reduced_costs,
        ),
        "dual": say("a dual prices a side that is not there, by {amount:.3g}", amount=found.dual),
        "slackness": say(
            "a dual prices a side that is not reached, by {amount:.3g}", amount=found.slackness
        ),
    }
    yield from (each for name, each in said.items() if not getattr(found, name) <= tolerance)
    whole = program.integral is not None
    if solution.status is Status.OPTIMAL and solution.x is None:
        yield say("an optimal solution has no x")
    elif solution.status is Status.OPTIMAL and not whole and not (found.gap or 0.0) <= tolerance:
        yield say("the duals leave a gap of {gap:.3g} of the objective", gap=found.gap or 0.0)
    if solution.bound is not None and solution.objective is not None:
        sign = 1 if program.sense is Sense.MIN else -1
        beyond = sign * (solution.bound - solution.objective)
        if not beyond <= tolerance * max(1.0, abs(solution.objective)):
            yield say(
                "the objective is better than the bound allows, by {amount:.3g}", amount=beyond
            )
    if solution.ray is not None and not improves_for_ever(program, solution.ray, tolerance):
        yield say("the ray leaves the programme or does not improve it")
    if solution.proof is not None and not cannot_be_met(program, solution.proof):
        yield say("the weights of the rows do not prove that the programme is infeasible")
