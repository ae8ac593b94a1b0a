"""All journeys of a city in all periods, ready to be priced at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.programme import journey_charges, pair_numbers

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.programme import Written


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """Every journey that somebody may need, in every period.

    A column is a journey in a period; column ``t * A + a`` is journey ``a`` in period ``t``. They
    stand in the order of the need that they serve: all of one district and service follow one
    another. Need ``t * G + g`` is that of group ``g`` in period ``t``.

    Parameters
    ----------
    arc : ndarray of int, shape (A,)
        Index of each journey within the problem.
    cost : ndarray, shape (A,)
        Weighted minutes of a case.
    group, pair : ndarray of int, shape (A,)
        The district and service, numbered from 0, that it serves, and the pair of facility and
        service that it leads to.
    start : ndarray of int, shape (T * G,)
        First column of each need.
    need_row : ndarray of int, shape (T * G,)
        Row of each need.
    admitted_row : ndarray of int, shape (T, P)
        Row of each pair and period.
    most : ndarray, shape (T * G,)
        Cases that a journey can serve of each need.
    limits : tuple of int and ndarray, shape (A,)
        Rows that limit an aim of the whole city, and what a case on each journey adds to them.
    """

    arc: Whole
    cost: Floats
    group: Whole
    pair: Whole
    start: Whole
    need_row: Whole
    admitted_row: Whole
    most: Floats
    limits: tuple[tuple[int, Floats], ...] = ()

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return len(self.admitted_row)

    @property
    def size(self) -> int:
        """How many columns there are."""
        return self.arc.size * self.periods

    def reduced(self, duals: Floats, share: float = 1.0) -> Floats:
        """Tell what a case on each journey costs beyond what its rows pay.

            r_at = share * cost_a - sum_l limit_la y_l - y_need(a, t) - y_admitted(a, t)

        Parameters
        ----------
        duals : ndarray, shape (m,)
            Prices of the rows of the city's programme.
        share : float
            What counts of the cost, from 0 to 1.

        Returns
        -------
        ndarray, shape (T * A,)
            Weighted minutes; below 0 where the journey would pay.
        """
        need = duals[self.need_row].reshape(self.periods, -1)
        found = np.take(-duals[self.admitted_row], self.pair, axis=1)
        found += share * self.cost - sum(duals[row] * added for row, added in self.limits)
        found -= np.take(need, self.group, axis=1)
        return found.ravel()

    def need(self, columns: Whole) -> Whole:
        """Tell which need each column serves."""
        period, journey = np.divmod(columns, self.arc.size)
        return period * (self.start.size // self.periods) + self.group[journey]

    def coefficients(self, columns: Whole) -> tuple[Whole, Floats]:
        """Tell the rows that each column touches, and how much, both of shape (k, 2 + limits)."""
        period, journey = np.divmod(columns, self.arc.size)
        rows = [self.need_row[self.need(columns)], self.admitted_row[period, self.pair[journey]]]
        values = [np.ones(columns.size)] * 2
        for row, added in self.limits:
            rows.append(np.full(columns.size, row))
            values.append(added[journey])
        return np.stack(rows, axis=1), np.stack(values, axis=1)

    def lowest(self, values: Floats) -> Floats:
        """Find the lowest value among the columns of each need, shape (T * G,)."""
        return np.minimum.reduceat(values, self.start) if self.start.size else np.zeros(0)

    def cheapest(self, values: Floats, count: int, below: float) -> Whole:
        """Find the lowest columns of each need that can serve anybody.

        Parameters
        ----------
        values : ndarray, shape (T * A,)
            What is low or high.
        count : int
            How many of each need at most.
        below : float
            Only lower values count.

        Returns
        -------
        ndarray of int, shape (k,)
            Columns, ascending.
        """
        column = np.flatnonzero(values < below)
        need = self.need(column)
        column, need = column[some := self.most[need] > 0], need[some]
        left = values[column]
        begin = np.flatnonzero(np.diff(need, prepend=-1))
        place = np.repeat(np.arange(begin.size), np.diff(begin, append=need.size))
        found = [column[:0]]
        for _ in range(count if begin.size else 0):
            low = np.minimum.reduceat(left, begin)[place]
            hit = np.flatnonzero((left == low) & (left < below))
            # Of several equally low columns of a need, the first is taken.
            hit = hit[np.diff(place[hit], prepend=-1) > 0]
            found.append(column[hit])
            left[hit] = np.inf
        return np.sort(np.concatenate(found))


def list_journeys(written: Written) -> Journeys:
    """List the journeys of a city that was written down, whether they are columns there or not.

    Parameters
    ----------
    written : Written
        The programme with the rows of all needs and admissions.

    Returns
    -------
    Journeys

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.programme import write
    >>> journeys = list_journeys(write(small_city(7), np.zeros(0, dtype=int)))
    >>> journeys.periods, bool((journeys.reduced(np.zeros(99)) == np.tile(journeys.cost, 3)).all())
    (3, True)
    """
    problem, blocks = written.problem, written.draft.row.blocks
    services, periods = len(problem.services), len(problem.periods)
    key = problem.arc_district * services + problem.arc_service
    needed = problem.need.any(axis=2).ravel()[key]
    arc = np.flatnonzero(needed)
    arc = arc[np.argsort(key[arc], kind="stable")]
    ordered = key[arc]
    begin = np.flatnonzero(np.diff(ordered, prepend=-1))
    numbers = pair_numbers(problem, written.pairs)
    charges = journey_charges(problem, arc)
    limited = [aim for aim in problem.aims.limits if aim in charges]
    weighed = (problem.aims.weight(aim) * each for aim, each in charges.items())
    district, service = np.divmod(ordered[begin], services)
    return Journeys(
        arc=arc,
        cost=sum(weighed, np.zeros(arc.size)),
        group=np.repeat(np.arange(begin.size), np.diff(begin, append=arc.size)),
        pair=numbers[problem.arc_facility[arc], problem.arc_service[arc]],
        start=(np.arange(periods)[:, None] * arc.size + begin).ravel(),
        need_row=blocks["need"].indices[district, service].T.ravel(),
        admitted_row=blocks["admitted"].indices.T,
        most=problem.need.cumsum(axis=2)[district, service].T.ravel(),
        limits=tuple((int(blocks[f"limit.{aim}"].indices[0]), charges[aim]) for aim in limited),
    )
