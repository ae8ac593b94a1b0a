"""Batches as the plan tells them apart, and where and when each may lie."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.medicines.supply import Supply
    from salus.allocate.city.problem import CityProblem

NEVER = np.iinfo(np.int64).max // 4


@dataclass(frozen=True, eq=False)
class Lots:
    """The batches of a problem; units of a medicine that expire together are one batch.

    Parameters
    ----------
    medicine : ndarray of int, shape (L,)
        Medicine of each, ascending.
    last : ndarray of int, shape (L,)
        Last usable period, ascending within a medicine; T for all that outlasts the plan.
    units : ndarray, shape (P, L, T)
        Units that come to each place in each period, whatever is decided.
    offered : ndarray of int, shape (K, T)
        The batch that an order placed then becomes; -1 where it would come after the plan.
    most : ndarray, shape (L,)
        Units of each batch that there can be at all.
    since : ndarray of int, shape (P, L)
        Period from which a batch may lie at a place; ``NEVER`` where it cannot.
    """

    medicine: Whole
    last: Whole
    units: Floats
    offered: Whole
    most: Floats
    since: Whole

    @cached_property
    def cells(self) -> Whole:
        """Number of each place, batch and period, shape (P, L, T); -1 where none may lie."""
        periods = np.arange(self.units.shape[2])
        valid = (periods >= self.since[:, :, None]) & (periods <= self.last[None, :, None])
        numbers = np.full(valid.shape, -1)
        numbers[valid] = np.arange(valid.sum())
        return numbers


def lots_of(supply: Supply, problem: CityProblem) -> Lots:
    """Tell the batches of a problem apart.

    Parameters
    ----------
    supply : Supply
        What there is and can be had.
    problem : CityProblem
        With the periods.

    Returns
    -------
    Lots
    """
    places, periods = len(supply.places(problem)), len(problem.periods)
    batches, offers = supply.batches, supply.offers
    came = batches.since < periods
    last = np.minimum(batches.last, periods)
    arrival = np.arange(periods) + offers.lead[:, None]
    ends = np.minimum(arrival + offers.shelf_life[:, None] - 1, periods)
    ordered, when = np.nonzero((arrival < periods) & (offers.most[:, None] > 0))
    key = _keys(batches.medicine[came], last[came], periods)
    order_key = _keys(offers.medicine[ordered], ends[ordered, when], periods)
    known, place = np.unique(np.concatenate([key, order_key]), return_inverse=True)
    lot, order_lot = place[: key.size], place[key.size :]
    units = np.zeros((places, known.size, periods))
    np.add.at(units, (batches.place[came], lot, batches.since[came]), batches.units[came])
    offered = np.full(arrival.shape, -1)
    offered[ordered, when] = order_lot
    most = units.sum(axis=(0, 2))
    np.add.at(most, order_lot, offers.most[ordered])
    since = _since(units)
    np.minimum.at(since, (offers.place[ordered], order_lot), arrival[ordered, when])
    medicine, last = np.divmod(known, periods + 1)
    _spread(since, supply)
    return Lots(medicine, last, units, offered, most, since)


def _keys(medicine: Whole, last: Whole, periods: int) -> Whole:
    return medicine * (periods + 1) + last


def _since(units: Floats) -> Whole:
    """Find the first period in which a batch comes to a place by itself."""
    return np.where(units.any(axis=2), (units > 0).argmax(axis=2), NEVER)


def _spread(since: Whole, supply: Supply) -> None:
    """Let batches reach whatever place a route leads to, as early as can be."""
    ways = supply.ways
    usable = ways.most > 0
    origin, target, periods = ways.origin[usable], ways.target[usable], ways.periods[usable]
    for _ in range(len(since)):
        before = since.copy()
        np.minimum.at(since, target, np.minimum(since[origin] + periods[:, None], NEVER))
        if np.array_equal(before, since):
            return
