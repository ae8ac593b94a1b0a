"""The general linear programme, as the textbooks write it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from salus.allocate.lp.inner import inner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
    if isinstance(a, sparse.csc_array):
        return a
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


MOST_NAMED = 3


def at_places(places: Sequence[str]) -> str:
    """Tell places in a fault: the first few of them, and how many more there are.

    Parameters
    ----------
    places : sequence of str
        At least one.

    Examples
    --------
    >>> at_places(["ward", "icu", "burns", "stroke", "heart"])
    'ward, icu, burns and 2 more'
    """
    more = len(places) - MOST_NAMED
    return ", ".join(places[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def crossed(
    low: str, high: str, below: Floats, above: Floats, name: Callable[[int], str] = str
) -> list[str]:
    """Say where lower sides lie above their upper sides, or either is NaN, if any do.

    Parameters
    ----------
    low, high : str
        What the sides are called.
    below, above : ndarray, shape (k,)
        The sides.
    name : callable
        Names what has the sides, from its number.

    Returns
    -------
    list of str
        One sentence, or none.

    Examples
    --------
    >>> crossed("lower", "upper", np.array([0.0, 5.0]), np.array([1.0, 2.0]))
    ['lower must not exceed upper, but they are 5.0 and 2.0 at 1']
    """
    wrong = np.flatnonzero(~((below <= above) & (below < np.inf) & (above > -np.inf)))
    if not wrong.size:
        return []
    pair = f"{below[wrong[0]]} and {above[wrong[0]]}"
    places = at_places([name(index) for index in wrong.tolist()])
    return [f"{low} must not exceed {high}, but they are {pair} at {places}"]


def _impossible(program: LinearProgram) -> list[str]:
    faults = [
        f"{name} must be finite and below {limit:g} in size, but holds {values[wrong[0]]} at "
        + at_places([place(index) for index in wrong.tolist()])
        for name, values, limit, place in (
            ("c", program.c, INFINITE_COST, _called(program.columns, "x")),
            ("matrix", program.matrix.data, INFINITE_COEFFICIENT, partial(_cell, program)),
        )
        if (wrong := np.flatnonzero(~(np.abs(values) < limit))).size
    ]
    if not abs(program.offset) < INFINITE_COST:
        faults.append(
            f"offset must be finite and below {INFINITE_COST:g} in size, but is {program.offset}"
        )
    for low, high, place in (
        ("lower", "upper", _called(program.columns, "x")),
        ("row_lower", "row_upper", _called(program.rows, "row")),
    ):
        below, above = getattr(program, low), getattr(program, high)
        if below.shape == above.shape:
            faults += crossed(low, high, below, above, place)
    return faults


def _called(names: Sequence[str] | None, otherwise: str) -> Callable[[int], str]:
    # Names may be fewer than they must be: that is a fault of its own.
    known = names or ()
    return lambda index: known[index] if index < len(known) else f"{otherwise}{index}"


def _cell(program: LinearProgram, place: int) -> str:
    column = int(np.searchsorted(program.matrix.indptr, place, side="right")) - 1
    row = int(program.matrix.indices[place])
    name_row, name_column = _called(program.rows, "row"), _called(program.columns, "x")
    return f"{name_column(column)} in {name_row(row)}"
