"""From a solution to a plan in which what expires first is given first.

A solution of the programme may give a later batch while an earlier one lies beside it. Exchange
the two: the earlier is given now, and whatever was to become of it becomes of the later one, which
is usable for longer. So the same people get the same doses, the same numbers of units are sent
on the same routes, and no more expires. Period by period each unit of the solution keeps a partner
of the plan that lies at the same place and expires no sooner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.medicines.dispensed import Dispensed
from salus.allocate.city.features.medicines.lots import lots_of
from salus.allocate.city.features.medicines.programme import given_cells, sendings

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.medicines.lots import Lots
    from salus.allocate.city.features.medicines.supply import Supply
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft


def read(supply: Supply, draft: Draft, x: Floats, problem: CityProblem) -> Dispensed:
    """Read what a solution does with medicines, and give first what expires first.

    Parameters
    ----------
    supply : Supply
        What there is and can be had.
    draft : Draft
        The city's programme.
    x : ndarray, shape (n,)
        A solution.
    problem : CityProblem
        What is planned.

    Returns
    -------
    Dispensed

    References
    ----------
    Derman and Klein (1958), Inventory depletion management: when first in, first out is best.
    """
    lots, blocks = lots_of(supply, problem), draft.column.blocks
    ordered = np.zeros(lots.offered.shape)
    ordered[lots.offered >= 0] = x[blocks["medicines.ordered"].indices]
    planned = np.zeros((supply.ways.origin.size, *lots.units.shape[1:]))
    for name, same_period in (("medicines.sent", False), ("medicines.carried", True)):
        found = sendings(supply, lots, same_period=same_period)
        planned[found.route, found.lot, found.period] = x[blocks[name].indices]
    given = np.zeros((len(problem.facilities), len(supply.medicines), lots.units.shape[2]))
    place, lot, period = given_cells(supply, lots, problem)
    np.add.at(given, (place, lots.medicine[lot], period), x[blocks["medicines.given"].indices])
    return exchanged(supply, lots, np.maximum(ordered, 0), np.maximum(planned, 0), given)


def exchanged(
    supply: Supply, lots: Lots, ordered: Floats, planned: Floats, given: Floats
) -> Dispensed:
    """Follow what is ordered, sent and given, always giving first what expires first.

    Parameters
    ----------
    supply : Supply
        What there is and can be had.
    lots : Lots
        The batches.
    ordered : ndarray, shape (K, T)
        Units ordered.
    planned : ndarray, shape (N, L, T)
        Units to be sent, of batches that expire no later than the ones that are sent.
    given : ndarray, shape (J, M, T)
        Doses of each medicine that are given.

    Returns
    -------
    Dispensed
    """
    came = lots.units.copy()
    offer, when = np.nonzero(lots.offered >= 0)
    cell = (supply.offers.place[offer], lots.offered[offer, when], when + supply.offers.lead[offer])
    np.add.at(came, cell, ordered[offer, when])
    shipped, expired, stock = np.zeros_like(planned), np.zeros_like(came), np.zeros_like(came)
    used = np.zeros((len(given), *came.shape[1:]))
    lies = np.zeros(came.shape[:2])
    for t in range(came.shape[2]):
        lies += came[:, :, t]
        _send(supply, lots, lies, planned[:, :, t], shipped[:, :, t])
        _arrive(supply, came, lies, shipped[:, :, t], t)
        used[:, :, t] = give_first(lots.medicine, lies[: len(given)], given[:, :, t])
        lies[: len(given)] -= used[:, :, t]
        ends = lots.last == t
        expired[:, ends, t], lies[:, ends] = lies[:, ends], 0.0
        stock[:, :, t] = lies
    return Dispensed(lots.medicine, lots.last, ordered, shipped, used, expired, stock)


def give_first(medicine: Whole, lies: Floats, given: Floats) -> Floats:
    """Take from each batch what it gives when those that expire first give first.

    Parameters
    ----------
    medicine : ndarray of int, shape (L,)
        Medicine of each batch; those of a medicine stand in the order in which they expire.
    lies : ndarray, shape (J, L)
        Units that lie there.
    given : ndarray, shape (J, M)
        Doses of each medicine.

    Returns
    -------
    ndarray, shape (J, L)

    Examples
    --------
    >>> give_first(np.array([0, 0, 1]), np.array([[2.0, 5.0, 4.0]]), np.array([[3.0, 1.0]]))
    array([[2., 1., 1.]])
    """
    before = np.cumsum(lies, axis=1) - lies
    first = np.searchsorted(medicine, medicine)
    sooner = before - before[:, first]
    return np.clip(given[:, medicine] - sooner, 0.0, lies)


def _send(supply: Supply, lots: Lots, lies: Floats, planned: Floats, shipped: Floats) -> None:
    for n, lot in np.argwhere(planned > 0):
        here, left = lies[supply.ways.origin[n]], planned[n, lot]
        others = np.flatnonzero(lots.medicine == lots.medicine[lot])
        for one in others[others >= lot]:
            taken = min(left, here[one])
            shipped[n, one] += taken
            here[one] -= taken
            left -= taken


def _arrive(supply: Supply, came: Floats, lies: Floats, shipped: Floats, t: int) -> None:
    for n in np.flatnonzero(shipped.any(axis=1)):
        target, arrival = supply.ways.target[n], t + supply.ways.periods[n]
        if arrival == t:
            lies[target] += shipped[n]
        else:
            came[target, :, arrival] += shipped[n]
