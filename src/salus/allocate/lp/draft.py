"""A programme while it is written: blocks of rows and columns, filled by arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

from salus.allocate.lp.program import LinearProgram

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import ArrayLike, NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Whole: TypeAlias = NDArray[np.int64]
    Numbers: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows or columns that belong together.

    Parameters
    ----------
    name : str
        Key, used once among the rows and once among the columns.
    indices : ndarray of int
        Their numbers in the programme, in the shape of the block.
    """

    name: str
    indices: Whole


@dataclass(slots=True)
class _Side:
    """All rows, or all columns, so far."""

    blocks: dict[str, Block] = field(default_factory=dict)
    lower: list[Floats] = field(default_factory=list)
    upper: list[Floats] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, shape: tuple[int, ...], lower: ArrayLike, upper: ArrayLike) -> Whole:
        if name in self.blocks:
            message = f"a block needs a name of its own, but {name!r} is taken"
            raise ValueError(message)
        count = int(np.prod(shape))
        found = np.arange(self.size, self.size + count).reshape(shape)
        self.blocks[name] = Block(name, found)
        for kept, bound in ((self.lower, lower), (self.upper, upper)):
            kept.append(np.broadcast_to(np.asarray(bound, np.float64), shape).ravel())
        self.size += count
        return found


@dataclass(slots=True)
class Draft:
    """Minimise weighted terms over columns that rows hold together.

    A new draft is empty; what it holds is added by its methods.

    Parameters
    ----------
    row, column : _Side
        Blocks and bounds of the rows, and of the columns, so far.
    constants : dict of str to float
        What is added to each term of the objective whatever is decided.

    Examples
    --------
    Two wards share ten nurses; a case unserved costs 5 in the first and 3 in the second:

    >>> from salus.allocate.lp.solve import solve
    >>> draft = Draft()
    >>> served = draft.columns("served", (2,), upper=[8, 8])
    >>> draft.put(draft.rows("nurses", (1,), upper=10), served, 1.0)
    >>> draft.charge("unmet", served, [-5, -3])
    >>> draft.constant("unmet", 8 * 5 + 8 * 3)
    >>> found = solve(draft.program({"unmet": 1.0}))
    >>> found.x.tolist(), found.objective
    ([8.0, 2.0], 18.0)
    """

    row: _Side = field(default_factory=_Side)
    column: _Side = field(default_factory=_Side)
    constants: dict[str, float] = field(default_factory=dict)
    _entries: list[tuple[Numbers, Numbers, Floats]] = field(default_factory=list)
    _charges: dict[str, list[tuple[Whole, Floats]]] = field(default_factory=dict)
    _integral: list[Whole] = field(default_factory=list)

    def rows(
        self,
        name: str,
        shape: tuple[int, ...],
        *,
        lower: ArrayLike = -np.inf,
        upper: ArrayLike = np.inf,
    ) -> Whole:
        """Add rows, and return their numbers in the shape asked for.

        Parameters
        ----------
        name : str
            Key of the block.
        shape : tuple of int
            Of the block.
        lower, upper : float or array_like, broadcast to ``shape``
            Sides of the rows.

        Returns
        -------
        ndarray of int, in ``shape``

        Raises
        ------
        ValueError
            If the name is taken.
        """
        return self.row.add(name, shape, lower, upper)

    def columns(
        self,
        name: str,
        shape: tuple[int, ...],
        *,
        lower: ArrayLike = 0.0,
        upper: ArrayLike = np.inf,
        integral: bool = False,
    ) -> Whole:
        """Add columns, and return their numbers in the shape asked for.

        Parameters
        ----------
        name : str
            Key of the block.
        shape : tuple of int
            Of the block.
        lower, upper : float or array_like, broadcast to ``shape``
            Bounds. Give a finite one wherever there is one: then rounding cannot spoil a proof.
        integral : bool
            Whether they take whole numbers only.

        Returns
        -------
        ndarray of int, in ``shape``

        Raises
        ------
        ValueError
            If the name is taken.
        """
        found = self.column.add(name, shape, lower, upper)
        if integral:
            self._integral.append(found.ravel())
        return found

    def put(self, rows: ArrayLike, columns: ArrayLike, values: ArrayLike) -> None:
        """Add coefficients; the three are broadcast together, and what meets twice adds up."""
        given = np.asarray(values, np.float64)
        r, c, v = np.broadcast_arrays(rows, columns, given)
        kept = slice(None) if (given != 0).all() else np.flatnonzero(v)
        # The solver counts in 32 bits.
        self._entries.append(
            (
                r.ravel()[kept].astype(np.int32),
                c.ravel()[kept].astype(np.int32),
                v.flatten()[kept],
            )
        )

    def charge(self, term: str, columns: ArrayLike, amounts: ArrayLike) -> None:
        """Let each unit of columns add an amount to a term of the objective."""
        c, a = np.broadcast_arrays(columns, np.asarray(amounts, np.float64))
        self._charges.setdefault(term, []).append((c.ravel(), a.ravel()))

    def constant(self, term: str, amount: float) -> None:
        """Add an amount to a term of the objective, whatever is decided."""
        self.constants[term] = self.constants.get(term, 0.0) + amount

    @property
    def terms(self) -> tuple[str, ...]:
        """Terms of the objective, in the order of their first charge."""
        return tuple(dict.fromkeys((*self._charges, *self.constants)))

    def cost(self, term: str) -> Floats:
        """Return what one unit of each column adds to a term, shape (n,)."""
        found = np.zeros(self.column.size)
        for columns, amounts in self._charges.get(term, []):
            found += np.bincount(columns, amounts, minlength=found.size)
        return found

    def matrix(self) -> sparse.csc_array:
        """Return the coefficients by columns, shape (m, n)."""
        shape = (self.row.size, self.column.size)
        if not self._entries:
            return sparse.csc_array(shape)
        rows, columns, values = (
            np.concatenate([entry[place] for entry in self._entries]) for place in range(3)
        )
        return sparse.csc_array(sparse.coo_array((values, (rows, columns)), shape=shape))

    def program(self, weights: Mapping[str, float]) -> LinearProgram:
        """Finish the programme.

        Parameters
        ----------
        weights : mapping of str to float
            What one unit of each term counts; a term that is not named counts nothing.

        Returns
        -------
        LinearProgram
            To be minimised; constants are its offset.
        """
        cost = np.zeros(self.column.size)
        for term in self.terms:
            cost += weights.get(term, 0.0) * self.cost(term)
        integral = np.zeros(self.column.size, dtype=bool)
        for columns in self._integral:
            integral[columns] = True
        return LinearProgram(
            c=cost,
            matrix=self.matrix(),
            row_lower=_joined(self.row.lower),
            row_upper=_joined(self.row.upper),
            lower=_joined(self.column.lower),
            upper=_joined(self.column.upper),
            integral=integral,
            offset=sum(weights.get(term, 0.0) * fixed for term, fixed in self.constants.items()),
        )

    def row_place(self, number: int) -> tuple[str, tuple[int, ...]]:
        """Tell the block of a row and its place within it, to name it for people."""
        return _place(self.row, number)

    def column_place(self, number: int) -> tuple[str, tuple[int, ...]]:
        """Tell the block of a column and its place within it, to name it for people."""
        return _place(self.column, number)


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros(0)


def _place(side: _Side, number: int) -> tuple[str, tuple[int, ...]]:
    for block in side.blocks.values():
        if block.indices.size and block.indices.flat[0] <= number <= block.indices.flat[-1]:
            where = np.unravel_index(number - block.indices.flat[0], block.indices.shape)
            return block.name, tuple(int(place) for place in where)
    message = f"number must be from 0 to {side.size - 1}, but is {number}"
    raise ValueError(message)
