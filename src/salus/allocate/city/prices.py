"""The prices that prove an optimal flow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Whole


def least_prices(
    source: Whole,
    sink: Whole,
    cost: Whole,
    used: NDArray[np.bool_],
    *,
    floor: Whole,
    around: Whole,
    loose: NDArray[np.bool_],
) -> tuple[Whole, Whole]:
    """Find the lowest prices of the limits of facilities that agree with an optimal flow.

    What a source pays is the dearest of its used journeys, price included; a facility that a
    source could reach for less must be so dear that it saves nothing. A limit costs at least what
    the one around it costs, and no more where it is not reached. From prices of zero all these
    are raised in turn until nothing moves. The lowest prices are what one more unit of
    capacity saves; in a flow that is not optimal they would rise for ever.

    Parameters
    ----------
    source, sink : ndarray of int, shape (a,)
        Ends of each journey; every source has at least one unit to send.
    cost : ndarray of int, shape (a,)
        Cost of a unit on each journey.
    used : ndarray of bool, shape (a,)
        Which journeys carry flow.
    floor : ndarray of int, shape (n_sources,)
        What a source pays at least: the penalty where some of its need is unmet, else 0.
    around : ndarray of int, shape (n_sinks,)
        The limit around each one, -1 where there is none.
    loose : ndarray of bool, shape (n_sinks,)
        Which limits are not reached.

    Returns
    -------
    price : ndarray of int, shape (n_sinks,)
        What a unit pays to pass each limit and those around it, 0 or more.
    pays : ndarray of int, shape (n_sources,)
        What each source pays for a unit, price included.

    Examples
    --------
    Two districts share one full facility; the farther one goes partly elsewhere, for 50.

    >>> source, sink = np.array([0, 1, 1]), np.array([0, 0, 1])
    >>> cost, used = np.array([10, 20, 50]), np.array([True, True, True])
    >>> apart, loose = np.array([-1, -1]), np.array([False, True])
    >>> least_prices(source, sink, cost, used, floor=np.zeros(2, int), around=apart, loose=loose)
    (array([30,  0]), array([40, 50]))

    References
    ----------
    Bellman (1958), On a routing problem; Shapley and Shubik (1971), The assignment game, for
    the lowest prices.
    """
    price = np.zeros(around.size, dtype=np.int64)
    if source.size == 0:
        return price, floor
    busy = np.flatnonzero(used)
    payers, payer_starts, busy = _grouped(source[busy], busy)
    sellers, seller_starts, order = _grouped(sink, np.arange(source.size))
    inner = np.flatnonzero(around >= 0)
    open_inner = inner[loose[inner]]
    busy_cost, busy_sink = cost[busy], sink[busy]
    asked_cost, asked_source = cost[order], source[order]
    while True:
        pays = floor.copy()
        dearest = np.maximum.reduceat(busy_cost + price[busy_sink], payer_starts)
        pays[payers] = np.maximum(pays[payers], dearest)
        asked = np.maximum.reduceat(pays[asked_source] - asked_cost, seller_starts)
        raised = price.copy()
        raised[sellers] = np.maximum(price[sellers], asked)
        raised[inner] = np.maximum(raised[inner], raised[around[inner]])
        np.maximum.at(raised, around[open_inner], raised[open_inner])
        if (raised == price).all():
            return price, pays
        price = raised


def _grouped(group: Whole, member: Whole) -> tuple[Whole, Whole, Whole]:
    # Numbers of few bits are sorted in one pass.
    few = np.min_scalar_type(int(group.max(initial=0)))
    order = np.argsort(group.astype(few), kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[starts], starts, member[order]
