"""The work of staff, and what is there to do it, in terms of the columns of a programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.transfers import BLOCK as TRANSFERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy import sparse

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A sum of columns for each facility and period.

    Parameters
    ----------
    facility, period, column : ndarray of int, shape (n,)
        Where each term belongs, and the column that it counts.
    value : ndarray, shape (n,)
        How much it counts.
    """

    facility: Whole
    period: Whole
    column: Whole
    value: Floats

    def times(self, factor: float) -> Terms:
        """Let every term count so much more."""
        return Terms(self.facility, self.period, self.column, factor * self.value)

    @classmethod
    def joined(cls, parts: Sequence[Terms]) -> Terms:
        """Add sums up, at least one."""
        return cls(
            np.concatenate([part.facility for part in parts]),
            np.concatenate([part.period for part in parts]),
            np.concatenate([part.column for part in parts]),
            np.concatenate([part.value for part in parts]),
        )

    def put(self, draft: Draft, rows: Whole, window: int) -> None:
        """Add the terms to rows of shape (J, T - W + 1), each over the W periods from its own."""
        for offset in range(window):
            start = self.period - offset
            kept = (start >= 0) & (start < rows.shape[1])
            draft.put(rows[self.facility[kept], start[kept]], self.column[kept], self.value[kept])


@dataclass(frozen=True, slots=True, eq=False)
class Written:
    """What the other features and the journeys have written of the capacities.

    Parameters
    ----------
    draft : Draft
        The programme.
    matrix : sparse array, shape (m, n)
        Its coefficients, by rows.
    occupying : ndarray of bool, shape (n,)
        Whether a column is that of people who use capacity; the others add to it.
    """

    draft: Draft
    matrix: sparse.csr_array
    occupying: NDArray[np.bool_]

    @classmethod
    def of(cls, draft: Draft) -> Written:
        """Look at a programme in which all other features have been written."""
        occupying = np.zeros(draft.column.size, dtype=bool)
        for name, block in draft.column.blocks.items():
            if name == "admitted" or name.startswith(TRANSFERS):
                occupying[block.indices] = True
        return cls(draft, draft.matrix().tocsr(), occupying)

    def occupied(self, resource: int) -> Terms:
        """Tell what people use of a resource."""
        return self._terms(resource, self.occupying)

    def added(self, resource: int) -> Terms:
        """Tell what is added to a resource, as below 0, and given away, as above 0."""
        return self._terms(resource, ~self.occupying)

    def capacity(self, resource: int) -> Floats:
        """Return the capacity before anything is decided, shape (J, T)."""
        return np.concatenate(self.draft.row.upper)[self._rows(resource)]

    def _rows(self, resource: int) -> Whole:
        return self.draft.row.blocks["capacity"].indices[:, resource]

    def _terms(self, resource: int, kept: NDArray[np.bool_]) -> Terms:
        rows = self._rows(resource)
        found = self.matrix[rows.ravel()].tocoo()
        chosen = kept[found.col]
        facility, period = np.divmod(found.row[chosen], rows.shape[1])
        return Terms(facility, period, found.col[chosen], found.data[chosen])


def loaned(draft: Draft, problem: CityProblem, resource: int) -> Terms:
    """Tell how loans change the heads at each facility in each period.

    Parameters
    ----------
    draft : Draft
        The programme, with loans written.
    problem : CityProblem
        What is planned.
    resource : int
        What is lent, as an index within the problem.

    Returns
    -------
    Terms
        Without a term where nothing of the resource is lent.
    """
    none = np.zeros(0, dtype=np.int64)
    parts = [Terms(none, none, none, np.zeros(0))]
    leave, at = np.triu_indices(len(problem.periods))
    for lending in problem.features:
        if not isinstance(lending, Lending):
            continue
        kind = lending.resource == resource
        for move in lending.moves(len(problem.periods)):
            columns = draft.column.blocks[move.block].indices[kind][:, leave]
            facility, period = np.broadcast_arrays(move.facility[kind, None], at)
            share = move.share[kind]
            parts.append(Terms(facility.ravel(), period.ravel(), columns.ravel(), share.ravel()))
    return Terms.joined(parts)


def sliding(values: Floats, window: int) -> Floats:
    """Add up each run of so many periods.

    Parameters
    ----------
    values : ndarray, shape (J, T)
        To be added.
    window : int
        Periods of a run, from 1 to T.

    Returns
    -------
    ndarray, shape (J, T - window + 1)

    Examples
    --------
    >>> sliding(np.array([[1.0, 2.0, 4.0]]), 2).tolist()
    [[3.0, 6.0]]
    """
    runs = np.lib.stride_tricks.sliding_window_view(values, window, axis=1)
    return np.asarray(runs.sum(axis=2), np.float64)
