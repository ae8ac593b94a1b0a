"""Where a solve may begin: a basis, or a point."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.lp.program import Floats

    Places: TypeAlias = NDArray[np.int8]


class Place(IntEnum):
    """Where a basis puts a variable, or the activity of a row."""

    LOWER = 0
    BASIC = 1
    UPPER = 2
    ZERO = 3
    """A free variable that rests at zero."""
    RESTING = 4
    """Not basic; the solver chooses the side."""


# Comparing numbers with members of an enum takes longer than all else about a small basis.
BASIC, FIRST, LAST = int(Place.BASIC), int(min(Place)), int(max(Place))


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """Which variables and rows are basic, and where the others rest.

    Parameters
    ----------
    columns : ndarray of int8, shape (n,)
        The ``Place`` of each variable.
    rows : ndarray of int8, shape (m,)
        The ``Place`` of the activity of each row.

    Raises
    ------
    ValueError
        If a number is no ``Place``, or the number of the basic ones is not the number of rows.

    Examples
    --------
    >>> Basis(np.array([Place.BASIC, Place.LOWER]), np.array([Place.UPPER])).columns.tolist()
    [1, 0]
    """

    columns: Places
    rows: Places

    def __post_init__(self) -> None:
        """Store small integers, and refuse what is no basis."""
        faults, basic = [], 0
        for name in ("columns", "rows"):
            places = np.asarray(getattr(self, name))
            if places.size and not (places.min() >= FIRST and places.max() <= LAST):
                reach = f"{places.min()} to {places.max()}"
                faults.append(f"{name} must be places from 0 to 4, but are from {reach}")
            object.__setattr__(self, name, places.astype(np.int8))
            basic += int(np.count_nonzero(places == BASIC))
        if not faults and basic != self.rows.size:
            faults.append(f"{self.rows.size} must be basic, one for each row, but {basic} are")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True, eq=False)
class Start:
    """What a solve may begin from, so that it need not begin from nothing.

    Parameters
    ----------
    basis : Basis, optional
        The basis of an earlier solution of a programme with the same rows and columns.
    x : ndarray, shape (n,), optional
        A point, best a feasible one. A programme with integers takes the point and leaves the
        basis; one without takes the basis where there is one.
    """

    basis: Basis | None = None
    x: Floats | None = None
