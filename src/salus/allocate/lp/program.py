"""The general linear programme, as the textbooks write it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Flags: TypeAlias = NDArray[np.bool_]


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
    >>> plants = ([[1, 0], [0, 2], [3, 2]], [-np.inf] * 3, [4, 12, 18])
    >>> program = LinearProgram([3, 5], *plants, [0, 0], [np.inf] * 2, sense=Sense.MAX)
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
        faults = [*_misfits(self), *_impossible(self)]
        if faults:
            raise ValueError("; ".join(faults))

    def value(self, x: Floats) -> float:
        """Return what the objective comes to at x, shape (n,), with its offset."""
        return inner(self.c, x) + self.offset

    def column_name(self, index: int) -> str:
        """Name a variable; by its number where there are no names."""
        return self.columns[index] if self.columns else f"x{index}"

    def row_name(self, index: int) -> str:
        """Name a row; by its number where there are no names."""
        return self.rows[index] if self.rows else f"row{index}"


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
        faults += repeated(name, names)
    return faults if n else [*faults, "a programme needs at least one variable, but has 0"]


def repeated(kind: str, names: Sequence[str] | None) -> list[str]:
    """Say which of some names comes twice, if one does.

    Parameters
    ----------
    kind : str
        What is named.
    names : sequence of str or None
        The names.
    """
    if names is None or len(set(names)) == len(names):
        return []
    name, count = Counter(names).most_common(1)[0]
    return [f"{kind} must have different names, but {name!r} comes {count} times"]


def crossed(low: str, high: str, below: Floats, above: Floats) -> list[str]:
    """Say where a lower side lies above its upper side, or either is NaN, if one does.

    Parameters
    ----------
    low, high : str
        What the sides are called.
    below, above : ndarray, shape (k,)
        The sides.

    Returns
    -------
    list of str
        One sentence, or none.
    """
    wrong = np.flatnonzero(~((below <= above) & (below < np.inf) & (above > -np.inf)))
    if not wrong.size:
        return []
    first = wrong[0]
    pair = f"{below[first]} and {above[first]}"
    return [f"{low} must not exceed {high}, but at {first} they are {pair}"]


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
        if below.shape == above.shape:
            faults += crossed(low, high, below, above)
    return faults
