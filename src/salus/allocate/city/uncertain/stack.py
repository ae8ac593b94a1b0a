"""All scenarios in one programme, joined by what is decided first: the deterministic equivalent."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.city.uncertain.stage import first_bounds
from salus.allocate.lp.bound import proved_bound
from salus.allocate.lp.program import LinearProgram

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.uncertain.risk import Risk
    from salus.allocate.city.uncertain.stage import Stage


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """Rows and columns of all scenarios; what is decided first comes first, and once.

    Parameters
    ----------
    stages : tuple of Stage
        The scenarios.
    places : tuple of ndarray of int
        For each scenario, where its columns are in the stack.
    matrix : scipy sparse array, shape (M, N)
        All coefficients; the rows of the first scenario come first.
    lower, upper : ndarray, shape (N,)
        Bounds of the columns.
    """

    stages: tuple[Stage, ...]
    places: tuple[Whole, ...]
    matrix: sparse.csc_array
    lower: Floats
    upper: Floats

    @property
    def rows(self) -> tuple[slice, ...]:
        """For each scenario, where its rows are in the stack."""
        ends = np.cumsum([0, *(each.program.row_lower.size for each in self.stages)])
        return tuple(slice(a, b) for a, b in pairwise(ends))

    def program(self, counts: Floats) -> LinearProgram:
        """Weigh the scenarios.

        Parameters
        ----------
        counts : ndarray, shape (K,)
            What the cost of each scenario counts.

        Returns
        -------
        LinearProgram
            To be minimised.
        """
        cost = np.zeros(self.lower.size)
        for count, one, place in zip(counts, self.stages, self.places, strict=True):
            # No two columns of a scenario share a place.
            cost[place] += count * one.program.c
        return LinearProgram(
            c=cost,
            matrix=self.matrix,
            row_lower=np.concatenate([each.program.row_lower for each in self.stages]),
            row_upper=np.concatenate([each.program.row_upper for each in self.stages]),
            lower=self.lower,
            upper=self.upper,
            integral=self._integral(),
            offset=float(counts @ self.offsets),
        )

    @property
    def offsets(self) -> Floats:
        """What each scenario costs whatever is decided, shape (K,)."""
        return np.array([each.program.offset for each in self.stages])

    def judged(self, probability: Floats, risk: Risk) -> LinearProgram:
        """Judge the scenarios by their mean and their tail.

        The tail is min over e of e + sum_k p_k u_k / (1 - level), where u_k is what the cost of
        scenario k exceeds e by.

        Parameters
        ----------
        probability : ndarray, shape (K,)
            Of the scenarios.
        risk : Risk
            How they are judged.

        Returns
        -------
        LinearProgram
            Where the tail counts, with one more column for e, then K for u, and K more rows.

        References
        ----------
        Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk.
        """
        base, count = self.program(risk.least(probability)), len(self.stages)
        if risk.weight == 0:
            return base
        over = sparse.coo_array(
            (
                np.concatenate([-each.program.c for each in self.stages]),
                (
                    np.repeat(np.arange(count), [place.size for place in self.places]),
                    np.concatenate(self.places),
                ),
            ),
            shape=(count, base.c.size),
        )
        tail = sparse.hstack([np.ones((count, 1)), sparse.eye_array(count)])
        corner = sparse.coo_array((base.row_lower.size, count + 1))
        return LinearProgram(
            c=np.concatenate(
                [base.c, [risk.weight], risk.most(probability) - risk.least(probability)]
            ),
            matrix=sparse.block_array([[base.matrix, corner], [over, tail]], format="csc"),
            row_lower=np.concatenate([base.row_lower, self.offsets]),
            row_upper=np.concatenate([base.row_upper, np.full(count, np.inf)]),
            lower=np.concatenate([base.lower, [-np.inf], np.zeros(count)]),
            upper=np.concatenate([base.upper, np.full(count + 1, np.inf)]),
            integral=None if base.integral is None else np.pad(base.integral, (0, count + 1)),
            offset=base.offset,
        )

    def _integral(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]] | None:
        found = np.zeros(self.lower.size, dtype=bool)
        for one, place in zip(self.stages, self.places, strict=True):
            if one.program.integral is not None:
                found[place] |= one.program.integral
        return found if found.any() else None


def stack(stages: tuple[Stage, ...]) -> Stack:
    """Put scenarios into one programme, merging the columns that are decided first.

    Parameters
    ----------
    stages : tuple of Stage
        The scenarios, at least one.

    Returns
    -------
    Stack

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.uncertain.stage import stage
    >>> one = stage(featured_city(7))
    >>> both = stack((one, one))
    >>> both.lower.size == 2 * one.program.c.size - one.first.size
    True
    """
    places, entries = [], []
    start, row = stages[0].first.size, 0
    for one in stages:
        place = np.empty(one.program.c.size, dtype=np.int64)
        place[one.first] = np.arange(one.first.size)
        later = one.later
        place[later] = start + np.arange(later.size)
        found = one.program.matrix.tocoo()
        entries.append((found.row + row, place[found.col], found.data))
        places.append(place)
        start, row = start + later.size, row + one.program.row_lower.size
    rows, columns, values = (np.concatenate([each[n] for each in entries]) for n in range(3))
    lower, upper = np.empty(start), np.empty(start)
    for one, place in zip(stages, places, strict=True):
        lower[place], upper[place] = one.program.lower, one.program.upper
    first = stages[0].first.size
    lower[:first], upper[:first] = first_bounds(stages)
    matrix = sparse.csc_array(sparse.coo_array((values, (rows, columns)), shape=(row, start)))
    return Stack(stages, tuple(places), matrix, lower, upper)


def proven(both: Stack, counts: Floats, prices: tuple[Floats, ...]) -> float:
    """Bound what any decision costs, from prices alone.

    The judgement of a cost is no less than its mean with weights that the risk allows, and that
    mean is no less than Lagrangian duality says.

    Parameters
    ----------
    both : Stack
        The scenarios.
    counts : ndarray, shape (K,)
        What each scenario counts, as its risk allows; together 1.
    prices : tuple of ndarray, shapes (m_k,)
        Prices of the rows of each scenario, in the measure of ``counts``.

    Returns
    -------
    float
    """
    return proved_bound(both.program(counts), np.concatenate(prices))
