"""Which constraints cannot hold together: an irreducible set, by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from salus.allocate.lp.certify import infeasible_proof
from salus.allocate.lp.engine import Engine
from salus.allocate.lp.solution import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from salus.allocate.lp.program import LinearProgram
    from salus.allocate.lp.stop import Stop


Item = TypeVar("Item")


class Side(StrEnum):
    """Which constraint of a row or a variable is meant."""

    ROW_LOWER = "row lower"
    ROW_UPPER = "row upper"
    LOWER = "lower"
    UPPER = "upper"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True, order=True)
class Claim:
    """One side of a row, one bound of a variable, or that a variable be a whole number.

    Parameters
    ----------
    side : Side
        Which one.
    index : int
        Number of the row or variable.
    """

    side: Side
    index: int

    @property
    def of_row(self) -> bool:
        """Tell whether it is the side of a row."""
        return self.side in {Side.ROW_LOWER, Side.ROW_UPPER}

    def name(self, program: LinearProgram) -> str:
        """Name the row or variable; by its number where the programme has no names."""
        named = program.row_name if self.of_row else program.column_name
        return named(self.index)

    def value(self, program: LinearProgram) -> float:
        """Read the side or bound itself; NaN where a variable must be a whole number."""
        if self.side is Side.WHOLE:
            return float("nan")
        return float(getattr(program, self.side.replace(" ", "_"))[self.index])

    def text(self, program: LinearProgram) -> str:
        """Write the claim as ``name >= value``, ``name <= value`` or ``name is whole``."""
        if self.side is Side.WHOLE:
            return f"{self.name(program)} is whole"
        at_least = self.side in {Side.ROW_LOWER, Side.LOWER}
        return f"{self.name(program)} {'>=' if at_least else '<='} {self.value(program):g}"


def conflict(program: LinearProgram, stop: Stop | None = None) -> tuple[Claim, ...] | None:
    """Find constraints that cannot hold together, although without any one of them they can.

    First the weights of a proof tell which constraints take part at all (Gleeson and Ryan 1990);
    then parts that are not needed fall away by halves (Junker 2004), each answer solved anew.
    That a variable be a whole number is a constraint as well.

    Parameters
    ----------
    program : LinearProgram
        An infeasible programme.
    stop : Stop, optional
        Limit of each of the solves. A part whose solve meets its limit is kept, so that the set
        is infeasible in any case, but may then be more than is needed.

    Returns
    -------
    tuple of Claim or None
        Sides of rows first, then what is asked of variables; ``None`` if the programme is
        feasible, or the limit was met before it was known.

    References
    ----------
    Gleeson and Ryan (1990), Identifying minimally infeasible subsystems of inequalities.
    Junker (2004), QuickXplain: preferred explanations and relaxations for over-constrained
    problems.

    Examples
    --------
    >>> from salus.allocate.lp.program import LinearProgram
    >>> rows = ([[1, 1], [1, 0], [0, 1]], [5, -np.inf, -np.inf], [np.inf, 2, 2])
    >>> named = ("need", "ward", "icu")
    >>> no = LinearProgram([1, 1], *rows, [0, 0], [np.inf] * 2, rows=named)
    >>> [claim.text(no) for claim in conflict(no)]
    ['need >= 5', 'ward <= 2', 'icu <= 2']
    """
    trial = _Trial(program, stop)
    claims = _weighted(program) or _all_claims(program)
    if trial.feasible(claims) is not False:
        claims = _all_claims(program)
        if trial.feasible(claims) is not False:
            return None
    return tuple(sorted(irreducible(trial.feasible, claims), key=_place))


def _place(claim: Claim) -> tuple[bool, int, str]:
    return (not claim.of_row, claim.index, claim.side.value)


def irreducible(feasible: Callable[[list[Item]], bool | None], items: Sequence[Item]) -> list[Item]:
    """Leave out of things that cannot hold together all that are not needed for it.

    Parameters
    ----------
    feasible : callable
        Tells whether some of them can hold together; ``None`` where it does not know. The more
        there are, the less they can.
    items : sequence
        All of them cannot.

    Returns
    -------
    list
        Without any one of them, the others can hold together, or it is not known.

    References
    ----------
    Junker (2004), QuickXplain: preferred explanations and relaxations for over-constrained
    problems.

    Examples
    --------
    >>> irreducible(lambda bags: sum(bags) <= 10, [1, 8, 2, 3])
    [1, 8, 2]
    """
    return _needed(feasible, [], list(items), changed=False)


def _needed(
    feasible: Callable[[list[Item]], bool | None],
    kept: list[Item],
    items: list[Item],
    *,
    changed: bool,
) -> list[Item]:
    # What of the items is needed beside those that are kept.
    if changed and feasible(kept) is False:
        return []
    if len(items) <= 1:
        return items
    half = len(items) // 2
    first, second = items[:half], items[half:]
    of_second = _needed(feasible, [*kept, *first], second, changed=True)
    of_first = _needed(feasible, [*kept, *of_second], first, changed=bool(of_second))
    return [*of_first, *of_second]


class _Trial:
    """Tells whether some of the claims of a programme can hold together."""

    def __init__(self, program: LinearProgram, stop: Stop | None) -> None:
        self.program, self.stop = program, stop
        self.engine = Engine(replace(program, c=np.zeros_like(program.c), offset=0.0))

    def feasible(self, claims: Sequence[Claim]) -> bool | None:
        m, n = self.program.matrix.shape
        sides = {
            Side.ROW_LOWER: np.full(m, -np.inf),
            Side.ROW_UPPER: np.full(m, np.inf),
            Side.LOWER: np.full(n, -np.inf),
            Side.UPPER: np.full(n, np.inf),
        }
        whole = np.zeros(n, np.bool_)
        for claim in claims:
            if claim.side is Side.WHOLE:
                whole[claim.index] = True
            else:
                sides[claim.side][claim.index] = claim.value(self.program)
        self.engine.change_row_sides(np.arange(m), sides[Side.ROW_LOWER], sides[Side.ROW_UPPER])
        self.engine.change_bounds(np.arange(n), sides[Side.LOWER], sides[Side.UPPER])
        self.engine.change_integrality(whole)
        found = self.engine.solve(self.stop) if self.stop else self.engine.solve()
        if found.status is Status.INFEASIBLE:
            return False
        return True if found.x is not None else None


def _all_claims(program: LinearProgram) -> list[Claim]:
    # Bounds first: what is tried last is rather kept, and rows say more to a reader.
    claims = [
        Claim(side, int(index))
        for side in (Side.LOWER, Side.UPPER, Side.ROW_LOWER, Side.ROW_UPPER)
        for index in np.flatnonzero(np.isfinite(getattr(program, side.replace(" ", "_"))))
    ]
    whole = [] if program.integral is None else np.flatnonzero(program.integral).tolist()
    return [*claims, *(Claim(Side.WHOLE, index) for index in whole)]


def _weighted(program: LinearProgram) -> list[Claim]:
    proof = infeasible_proof(program)
    if proof is None:
        return []
    left = -(program.matrix.T @ proof)
    noise = 1e-9
    kinds = (
        (Side.LOWER, left > noise, program.lower),
        (Side.UPPER, left < -noise, program.upper),
        (Side.ROW_LOWER, proof > noise, program.row_lower),
        (Side.ROW_UPPER, proof < -noise, program.row_upper),
    )
    return [
        Claim(side, int(index))
        for side, taken, values in kinds
        for index in np.flatnonzero(taken & np.isfinite(values))
    ]
