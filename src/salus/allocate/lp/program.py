"""The general linear programme, as the textbooks write it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Flags: TypeAlias = NDArray[np.bool_]
    Rows: TypeAlias = tuple[ArrayLike, ArrayLike]


# From these sizes on, the solver of double precision takes numbers for infinite.
INFINITE_COST = 1e20
INFINITE_COEFFICIENT = 1e15


class Sense(StrEnum):
    """Which way the objective improves."""

    MIN = "min"
    MAX = "max"


@dataclass(frozen=True, slots=True, eq=False)
class LinearProgram:
    """Minimise or maximise c'x subject to row_lower <= A x <= row_upper, lower <= x <= upper.

    Parameters
    ----------
    c : ndarray, shape (n,)
        Objective of each variable, finite; ``n`` is at least 1.
    matrix : scipy sparse array or ndarray, shape (m, n)
        The coefficients A, finite; kept by columns.
    row_lower, row_upper : ndarray, shape (m,)
        Sides of the rows; infinite where a row has no such side.
    lower, upper : ndarray, shape (n,)
        Bounds of the variables; infinite where a variable has no such bound.
    sense : Sense
        Which way the objective improves.
    columns, rows : tuple of str, optional
        Names of the variables and rows, each once.
    integral : ndarray of bool, shape (n,), optional
        Which variables must be whole numbers; without it, none.
    offset : float
        What is added to the objective, finite.

    Raises
    ------
    ValueError
        If a shape does not fit, a name comes twice, a number is NaN, a cost (1e20) or coefficient
        (1e15) is too large to be told from infinity, or a lower side lies above its upper side;
        everything that is wrong is named.

    Examples
    --------
    The textbook case: two products, three plants (Hillier and Lieberman 1967).

    >>> from salus.allocate.lp.solve import solve
    >>> program = LinearProgram.textbook(
    ...     c=[3, 5], at_most=([[1, 0], [0, 2], [3, 2]], [4, 12, 18]), sense=Sense.MAX
    ... )
    >>> solution = solve(program)
    >>> solution.objective, solution.x.tolist(), solution.row_duals.tolist()
    (36.0, [2.0, 6.0], [0.0, 1.5, 1.0])
    """

    c: Floats
    matrix: sparse.csc_array
    row_lower: Floats
    row_upper: Floats
    lower: Floats
    upper: Floats
    sense: Sense = Sense.MIN
    columns: tuple[str, ...] | None = None
    rows: tuple[str, ...] | None = None
    integral: Flags | None = None
    offset: float = 0.0

    def __post_init__(self) -> None:
        """Store plain columns and vectors, and refuse what is no programme."""
        object.__setattr__(self, "matrix", _tidy(self.matrix))
        for name in ("c", "row_lower", "row_upper", "lower", "upper"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=np.float64))
        if self.integral is not None:
            flags = np.asarray(self.integral, dtype=np.bool_)
            none = flags.shape == self.c.shape and not flags.any()
            object.__setattr__(self, "integral", None if none else flags)
        faults = [*_misfits(self), *_repeated(self)] or [*_impossible(self)]
        if faults:
            raise ValueError("; ".join(faults))

    @classmethod
    def textbook(
        cls,
        c: ArrayLike,
        *,
        at_most: Rows | None = None,
        equal: Rows | None = None,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        sense: Sense = Sense.MIN,
    ) -> LinearProgram:
        """Write a programme as A x <= b and A x = b.

        Parameters
        ----------
        c : array_like, shape (n,)
            Objective of each variable.
        at_most, equal : pair of A (k, n) and b (k,), optional
            Rows with A x <= b, and rows with A x = b; the former come first.
        lower, upper : float or array_like, shape (n,)
            Bounds of the variables.
        sense : Sense
            Which way the objective improves.

        Returns
        -------
        LinearProgram

        Raises
        ------
        ValueError
            If the parts do not fit together.
        """
        cost = np.atleast_1d(np.asarray(c, dtype=np.float64))
        empty = (sparse.csc_array((0, cost.size)), np.zeros(0))
        (a_most, b_most), (a_equal, b_equal) = at_most or empty, equal or empty
        most, same = np.asarray(b_most, np.float64), np.asarray(b_equal, np.float64)
        return cls(
            c=cost,
            matrix=sparse.vstack([_columns(a_most), _columns(a_equal)], "csc"),
            row_lower=np.concatenate([np.full(most.shape, -np.inf), same]),
            row_upper=np.concatenate([most, same]),
            lower=np.broadcast_to(np.asarray(lower, np.float64), cost.shape),
            upper=np.broadcast_to(np.asarray(upper, np.float64), cost.shape),
            sense=sense,
        )


def _columns(a: ArrayLike) -> sparse.csc_array:
    # Scipy would read a tuple of three rows as data, indices and pointers.
    return sparse.csc_array(a if sparse.issparse(a) else np.asarray(a, np.float64))


def _tidy(a: ArrayLike) -> sparse.csc_array:
    columns = _columns(a).astype(np.float64, copy=False)
    if not columns.has_canonical_format:
        # A coefficient written in parts is their sum, as in scipy.
        columns = columns.copy()
        columns.sum_duplicates()
    return columns


def _misfits(program: LinearProgram) -> list[str]:
    m, n = program.matrix.shape
    shapes = {"c": n, "lower": n, "upper": n, "row_lower": m, "row_upper": m, "integral": n}
    faults = [
        f"{name} must have shape ({size},) to fit the matrix, but has {part.shape}"
        for name, size in shapes.items()
        if (part := getattr(program, name)) is not None and part.shape != (size,)
    ]
    for name, size in (("columns", n), ("rows", m)):
        names = getattr(program, name)
        if names is not None and len(names) != size:
            faults.append(f"{name} must name {size}, but names {len(names)}")
    return faults if n else [*faults, "a programme needs at least one variable, but has 0"]


def _repeated(program: LinearProgram) -> list[str]:
    return [
        f"{kind} must have different names, but {name!r} comes {count} times"
        for kind, names in (("columns", program.columns), ("rows", program.rows))
        if names is not None and len(set(names)) != len(names)
        for name, count in Counter(names).most_common(1)
    ]


def _impossible(program: LinearProgram) -> list[str]:
    offset = np.array([program.offset])
    faults = [
        f"{name} must be finite and below {limit:g} in size, but holds {wrong[0]}"
        for name, values, limit in (
            ("c", program.c, INFINITE_COST),
            ("matrix", program.matrix.data, INFINITE_COEFFICIENT),
            ("offset", offset, INFINITE_COST),
        )
        if (wrong := values[~(np.abs(values) < limit)]).size
    ]
    for low, high in (("lower", "upper"), ("row_lower", "row_upper")):
        below, above = getattr(program, low), getattr(program, high)
        wrong = np.flatnonzero(~((below <= above) & (below < np.inf) & (above > -np.inf)))
        if wrong.size:
            first = wrong[0]
            pair = f"{below[first]} and {above[first]}"
            faults.append(f"{low} must not exceed {high}, but at {first} they are {pair}")
    return faults
