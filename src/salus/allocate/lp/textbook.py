"""The door of the textbooks: min or max c'x, A_ub x <= b_ub, A_eq x = b_eq, bounds on x."""
# ruff: noqa: N803, PLR0917 - capitals and order are those of the textbooks.

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from salus.allocate.lp import solve as by_program
from salus.allocate.lp.arrays import Block, matrix_of, vector_of
from salus.allocate.lp.engine import UNLIMITED
from salus.allocate.lp.program import LinearProgram, Sense, crossed, repeated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.lp.program import Floats
    from salus.allocate.lp.solution import LinearSolution
    from salus.allocate.lp.start import Start
    from salus.allocate.lp.stop import Stop

    Given: TypeAlias = object
    """Numbers in any form: lists, numpy, scipy sparse, Arrow, or a data frame."""


def solve(
    c: Given,
    A_ub: Given | None = None,
    b_ub: Given | None = None,
    A_eq: Given | None = None,
    b_eq: Given | None = None,
    bounds: Given | None = None,
    integrality: Given | None = None,
    sense: Sense | str = Sense.MIN,
    *,
    columns: Sequence[str] | None = None,
    rows: Sequence[str] | None = None,
    stop: Stop = UNLIMITED,
    start: Start | None = None,
) -> LinearSolution:
    """State a programme as the textbooks do, and solve it.

    Parameters
    ----------
    c, A_ub, b_ub, A_eq, b_eq, bounds, integrality, sense, columns, rows
        As in :func:`program`.
    stop : Stop
        Limits of time and gap; by default, the optimum is proved.
    start : Start, optional
        An earlier basis or point to begin from.

    Returns
    -------
    LinearSolution
        The duals of the rows of A_ub come first, then those of A_eq.

    Raises
    ------
    ValueError
        As in :func:`program`.

    Examples
    --------
    Two products, three plants (Hillier and Lieberman 1967).

    >>> found = solve([3, 5], [[1, 0], [0, 2], [3, 2]], [4, 12, 18], sense="max")
    >>> found.objective, found.x.tolist(), found.row_duals.tolist()
    (36.0, [2.0, 6.0], [0.0, 1.5, 1.0])
    """
    stated = program(
        c, A_ub, b_ub, A_eq, b_eq, bounds, integrality, sense, columns=columns, rows=rows
    )
    return by_program.solve(stated, stop=stop, start=start)


def program(
    c: Given,
    A_ub: Given | None = None,
    b_ub: Given | None = None,
    A_eq: Given | None = None,
    b_eq: Given | None = None,
    bounds: Given | None = None,
    integrality: Given | None = None,
    sense: Sense | str = Sense.MIN,
    *,
    columns: Sequence[str] | None = None,
    rows: Sequence[str] | None = None,
) -> LinearProgram:
    """State a programme as the textbooks do.

    Parameters
    ----------
    c : array_like or Arrow array, shape (n,)
        Objective of each variable.
    A_ub, A_eq : array_like, scipy sparse, Arrow tensor or table, or data frame, shape (k, n)
        Coefficients of the rows A_ub x <= b_ub and A_eq x = b_eq; the former come first. The
        columns of a table are variables, and name them; two tables may order them differently.
    b_ub, b_eq : array_like or Arrow array, shape (k,)
        Right-hand sides; infinite in b_ub where a row has no limit.
    bounds : pair, or array_like of shape (n, 2), optional
        Lower and upper bound of all variables or of each; ``None`` is no bound. By default,
        variables are at least 0.
    integrality : array_like, shape (n,) or a single 0 or 1, optional
        1 or True where a variable must be a whole number.
    sense : Sense or {"min", "max"}
        Which way the objective improves.
    columns, rows : sequence of str, optional
        Names of the variables, and of the rows of A_ub and A_eq, each once.

    Returns
    -------
    LinearProgram

    Raises
    ------
    ValueError
        If parts do not fit together, a number is NaN or too large, a bound lies above its
        partner, or a name is unknown or comes twice; everything that is wrong is named.

    Examples
    --------
    >>> diet = program([2, 3], A_ub=[[-1, -2]], b_ub=[-4], columns=["rice", "beans"])
    >>> diet.columns, diet.row_upper.tolist()
    (('rice', 'beans'), [-4.0])
    """
    faults: list[str] = []
    cost = vector_of("c", c, faults)
    n = cost.size
    most = _rows("ub", A_ub, b_ub, n, faults)
    same = _rows("eq", A_eq, b_eq, n, faults)
    named = _aligned(most, same, columns, faults)
    lower, upper = _bounds(bounds, n, faults)
    whole = _whole(integrality, n, faults)
    faults.extend(repeated("columns", named))
    faults.extend(repeated("rows", rows))
    for kind, names, size in (
        ("columns", named, n),
        ("rows", rows, most.side.size + same.side.size),
    ):
        if names is not None and len(names) != size:
            faults.append(f"{kind} must name {size}, but names {len(names)}")
    if sense not in list(Sense):
        faults.append(f"sense must be min or max, but is {sense}")
    if faults:
        raise ValueError("; ".join(faults))
    return LinearProgram(
        c=cost,
        matrix=sparse.vstack([most.matrix, same.matrix], "csc"),
        row_lower=np.concatenate([np.full(most.side.shape, -np.inf), same.side]),
        row_upper=np.concatenate([most.side, same.side]),
        lower=lower,
        upper=upper,
        sense=Sense(sense),
        columns=named,
        rows=tuple(rows) if rows is not None else None,
        integral=whole,
    )


@dataclass(slots=True)
class _Rows:
    """Rows as they were given: coefficients, sides, and the names that a table gave."""

    matrix: sparse.csc_array
    side: Floats
    names: tuple[str, ...] | None = None


def _rows(kind: str, a: Given | None, b: Given | None, n: int, faults: list[str]) -> _Rows:
    nothing = _Rows(sparse.csc_array((0, n)), np.zeros(0))
    if a is None and b is None:
        return nothing
    if a is None or b is None:
        faults.append(f"A_{kind} and b_{kind} must be given together, but one is missing")
        return nothing
    block: Block = matrix_of(f"A_{kind}", a, faults)
    side = vector_of(f"b_{kind}", b, faults, infinite=kind == "ub")
    k, wide = block.matrix.shape
    a_matrix = wide > 0  # else, that is said already
    if n and a_matrix and wide != n:
        faults.append(f"A_{kind} must have {n} columns like c, but has {wide}")
    if a_matrix and side.size and side.size != k:
        faults.append(f"b_{kind} must have shape ({k},) like A_{kind}, but has {side.shape}")
    return _Rows(block.matrix, side, block.names)


def _aligned(
    most: _Rows, same: _Rows, columns: Sequence[str] | None, faults: list[str]
) -> tuple[str, ...] | None:
    # The first names that are given order the variables; tables follow by name.
    given = [each for each in (columns, most.names, same.names) if each is not None]
    if not given:
        return None
    order = tuple(given[0])
    for kind, rows in (("A_ub", most), ("A_eq", same)):
        if rows.names is None or rows.names == order:
            continue
        if unknown := sorted({*rows.names} ^ {*order}):
            faults.append(f"{kind} must name the same variables, but {unknown[0]!r} differs")
        elif len(rows.names) == len(order):
            rows.matrix = rows.matrix[:, [rows.names.index(name) for name in order]]
    return order


def _bounds(bounds: Given | None, n: int, faults: list[str]) -> tuple[Floats, Floats]:
    if bounds is None:
        return np.zeros(n), np.full(n, np.inf)
    try:
        pairs = np.atleast_1d(np.array(bounds, dtype=object))
        pairs = np.broadcast_to(pairs, (n, 2)) if pairs.shape == (2,) else pairs
        open_ended = np.frompyfunc(lambda end: end is None, 1, 1)(pairs).astype(np.bool_)
        numbers = np.where(open_ended, 0.0, pairs).astype(np.float64)
    except (TypeError, ValueError):
        faults.append("bounds must be pairs of numbers, or of None where there is no bound")
        return np.zeros(n), np.full(n, np.inf)
    if pairs.shape != (n, 2):
        faults.append(f"bounds must be one pair or have shape ({n}, 2), but have {pairs.shape}")
        return np.zeros(n), np.full(n, np.inf)
    ends = np.where(open_ended, [-np.inf, np.inf], numbers)
    faults.extend(crossed("lower bounds", "upper bounds", ends[:, 0], ends[:, 1]))
    return ends[:, 0], ends[:, 1]


def _whole(integrality: Given | None, n: int, faults: list[str]) -> np.ndarray | None:
    if integrality is None:
        return None
    marks = vector_of("integrality", integrality, faults)
    if wrong := sorted(set(np.unique(marks).tolist()) - {0.0, 1.0}):
        faults.append(f"integrality must be 0 or 1, but is {wrong[0]:g}")
    marks = np.broadcast_to(marks, n) if marks.size == 1 else marks
    if marks.shape != (n,):
        faults.append(f"integrality must have shape ({n},), but has {marks.shape}")
    return marks == 1
