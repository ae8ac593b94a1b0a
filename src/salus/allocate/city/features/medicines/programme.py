"""Medicines as columns and rows of the city's programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.medicines.lots import lots_of
from salus.allocate.city.programme import pairs_of

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.features.medicines.lots import Lots
    from salus.allocate.city.features.medicines.supply import Supply
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft


@dataclass(frozen=True, slots=True, eq=False)
class Sendings:
    """What may be sent: which batch on which route, and when.

    Parameters
    ----------
    route, lot, period : ndarray of int, shape (n,)
        Indices; the period is that of leaving.
    """

    route: Whole
    lot: Whole
    period: Whole


def sendings(supply: Supply, lots: Lots, *, same_period: bool) -> Sendings:
    """List what may be sent so that it arrives usable and within the plan.

    Parameters
    ----------
    supply : Supply
        With the routes.
    lots : Lots
        The batches.
    same_period : bool
        Whether to list what arrives in the period in which it leaves, or all else.

    Returns
    -------
    Sendings
    """
    ways, periods = supply.ways, lots.units.shape[2]
    arrival = np.arange(periods) + ways.periods[:, None]
    fits = (lots.cells[ways.origin] >= 0) & (ways.most > 0)[:, None, None]
    fits &= arrival[:, None] <= np.minimum(lots.last, periods - 1)[None, :, None]
    fits &= ((ways.periods == 0) == same_period)[:, None, None]
    return Sendings(*np.nonzero(fits))


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """What is written to, with the cells in which a batch may lie: place, batch, period."""

    supply: Supply
    lots: Lots
    problem: CityProblem
    draft: Draft
    place: Whole
    lot: Whole
    period: Whole
    balance: Whole


def write(supply: Supply, draft: Draft, problem: CityProblem) -> None:
    """Write stock, orders, sendings, what is given and what expires.

    Parameters
    ----------
    supply : Supply
        What there is and can be had.
    draft : Draft
        The city's programme; blocks whose names begin with ``medicines`` are added.
    problem : CityProblem
        What is planned.
    """
    lots = lots_of(supply, problem)
    place, lot, period = np.nonzero(lots.cells >= 0)
    came = lots.units[place, lot, period]
    balance = draft.rows("medicines.batch", came.shape, lower=came, upper=came)
    page = _Page(supply, lots, problem, draft, place, lot, period, balance)
    _stock(page)
    _expire(page)
    _order(page)
    _send(page)
    _give(page)
    _hold_back(page)


def _stock(page: _Page) -> None:
    lots, draft = page.lots, page.draft
    # On the evening of its last usable period nothing is left of a batch: it has expired.
    most = np.where(page.period < lots.last[page.lot], lots.most[page.lot], 0.0)
    stock = draft.columns("medicines.stock", most.shape, upper=most)
    draft.put(page.balance, stock, 1.0)
    later = np.flatnonzero(page.period > lots.since[page.place, page.lot])
    before = lots.cells[page.place, page.lot, page.period - 1][later]
    draft.put(page.balance[later], stock[before], -1.0)


def _expire(page: _Page) -> None:
    supply, lots, draft = page.supply, page.lots, page.draft
    ends = _ends(page)
    lot = page.lot[ends]
    expired = draft.columns("medicines.expired", ends.shape, upper=lots.most[lot])
    draft.put(page.balance[ends], expired, 1.0)
    minutes = supply.minutes_per_money * supply.waste_weight * supply.unit_cost
    draft.charge(Aim.WASTE, expired, minutes[lots.medicine[lot]])


def _ends(page: _Page) -> Whole:
    return np.flatnonzero(page.period == page.lots.last[page.lot])


def _order(page: _Page) -> None:
    offers, lots, draft = page.supply.offers, page.lots, page.draft
    offer, period = np.nonzero(lots.offered >= 0)
    ordered = draft.columns("medicines.ordered", offer.shape, upper=offers.most[offer])
    arrives = period + offers.lead[offer]
    cell = lots.cells[offers.place[offer], lots.offered[offer, period], arrives]
    draft.put(page.balance[cell], ordered, -1.0)
    money = page.supply.minutes_per_money * offers.unit_cost[offer]
    draft.charge(Aim.COST, ordered, money)


def _send(page: _Page) -> None:
    ways, lots, draft = page.supply.ways, page.lots, page.draft
    shape = (ways.origin.size, lots.units.shape[2])
    carries = draft.rows("medicines.route", shape, upper=ways.most[:, None])
    for name, same_period in (("medicines.sent", False), ("medicines.carried", True)):
        found = sendings(page.supply, lots, same_period=same_period)
        route, lot, leaves = found.route, found.lot, found.period
        most = np.minimum(lots.most[lot], ways.most[route])
        sent = draft.columns(name, route.shape, upper=most)
        arrives = leaves + ways.periods[route]
        draft.put(page.balance[lots.cells[ways.origin[route], lot, leaves]], sent, 1.0)
        draft.put(page.balance[lots.cells[ways.target[route], lot, arrives]], sent, -1.0)
        draft.put(carries[route, leaves], sent, 1.0)
        draft.charge(Aim.COST, sent, page.supply.minutes_per_money * ways.price[route])


def _give(page: _Page) -> None:
    """Give what is admitted its doses, in each period of the stay."""
    supply, problem, draft = page.supply, page.problem, page.draft
    admitted = draft.column.blocks["admitted"].indices
    facility, service = pairs_of(problem).T
    pair, kind = np.nonzero(supply.doses[service] > 0)
    number = wanted(supply, problem)
    shape = (int(number.max(initial=-1)) + 1, admitted.shape[1])
    rows = draft.rows("medicines.doses", shape, lower=0.0, upper=0.0)
    for after in range(min(problem.stays.shape[1], shape[1])):
        doses = supply.doses[service[pair], kind] * problem.stays[service[pair], after]
        taken = rows[number[facility[pair], kind], after:]
        draft.put(taken, admitted[pair, : shape[1] - after], -doses[:, None])
    place, lot, period = given_cells(supply, page.lots, problem)
    given = draft.columns("medicines.given", place.shape, upper=page.lots.most[lot])
    draft.put(page.balance[page.lots.cells[place, lot, period]], given, 1.0)
    draft.put(rows[number[place, page.lots.medicine[lot]], period], given, 1.0)


def wanted(supply: Supply, problem: CityProblem) -> Whole:
    """Give each medicine that a facility may need a number.

    Parameters
    ----------
    supply : Supply
        With the doses.
    problem : CityProblem
        With the journeys.

    Returns
    -------
    ndarray of int, shape (J, M)
        -1 for what is never needed there.
    """
    facility, service = pairs_of(problem).T
    number = np.full((len(problem.facilities), len(supply.medicines)), -1)
    pair, kind = np.nonzero(supply.doses[service] > 0)
    number[facility[pair], kind] = 0
    number[number == 0] = np.arange((number == 0).sum())
    return number


def given_cells(supply: Supply, lots: Lots, problem: CityProblem) -> tuple[Whole, Whole, Whole]:
    """List whatever may be given.

    Parameters
    ----------
    supply : Supply
        With the doses.
    lots : Lots
        The batches.
    problem : CityProblem
        With the journeys.

    Returns
    -------
    facility, lot, period : ndarray of int, shape (n,)
    """
    needed = wanted(supply, problem)[:, lots.medicine] >= 0
    place, lot, period = np.nonzero((lots.cells[: len(needed)] >= 0) & needed[:, :, None])
    return place, lot, period


def _hold_back(page: _Page) -> None:
    """Let nothing be sent on in the period in which it left: it never lay there by then."""
    ways, lots, draft = page.supply.ways, page.lots, page.draft
    here = sendings(page.supply, lots, same_period=True)
    sends = np.isin(ways.target[here.route], ways.origin)
    cell = lots.cells[ways.target[here.route], here.lot, here.period][sends]
    held = np.unique(cell)
    rows = draft.rows("medicines.held", held.shape, lower=0.0)
    # What is left, given and expired is at least what came here within the period.
    carried = draft.column.blocks["medicines.carried"].indices[sends]
    draft.put(rows[np.searchsorted(held, cell)], carried, -1.0)
    for name, cells in (
        ("medicines.stock", np.arange(page.place.size)),
        ("medicines.expired", _ends(page)),
        ("medicines.given", lots.cells[given_cells(page.supply, lots, page.problem)]),
    ):
        there = np.isin(cells, held)
        columns = draft.column.blocks[name].indices[there]
        draft.put(rows[np.searchsorted(held, cells[there])], columns, 1.0)
