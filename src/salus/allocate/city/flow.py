"""The exact plan by minimum-cost flow, where the limits of the services are nested."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.nesting import NOBODY, nesting
from salus.allocate.city.parts import split
from salus.allocate.city.prices import least_prices
from salus.allocate.city.scaling import scale
from salus.allocate.city.shortlist import first_few
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.nesting import Nesting
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan, Scaling
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

FEW = 16
"""Journeys of each district that are looked at first, ..."""
MANY = 64
"""... where there are more than this on average."""
SAMPLE = 11
"""One source in so many is asked for prices where the nearest facilities are of little use."""
TURNS = 5
"""After so many turns of joining, all journeys are looked at."""


class Flow:
    """Plans by sending units of care from districts through limits of facilities at least cost.

    Where a case takes one kind of resource, the plan is a flow: what a district needs goes to
    the facilities, up to their capacity, or to "unmet", and a unit costs minutes (or the
    penalty) per resource-day. It is one, too, where the limits are nested, see
    :func:`~salus.allocate.city.nesting.nesting`. Amounts and costs become whole numbers, see
    :func:`~salus.allocate.city.scaling.scale`; the cost agrees with the linear programme to
    1e-6 of itself.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Flow().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (6845, False)

    References
    ----------
    Goldberg (1997), An efficient implementation of a scaling minimum-cost flow algorithm;
    Ahuja, Magnanti and Orlin (1993), Network Flows, chapter 9, for the prices; Dantzig and
    Wolfe (1960), Decomposition principle for linear programs, for joining journeys when prices
    call for them.
    """

    name: ClassVar[str] = "flow"
    proves: ClassVar[bool] = True

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether every group of services is a flow."""
        return problem.apart and not _no_flow(problem)

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        ValueError
            If the limits of some services are not nested, so that no flow can keep them.
        """
        if problem.apart and (coupled := _no_flow(problem)):
            names = ", ".join(problem.services[s] for s in sorted(coupled))
            message = f"flow needs services whose limits are nested, but these are not: {names}"
            raise ValueError(message)
        return solve_apart(problem, self.name, partial(_solve, clock=clock), clock, proves=True)


def _no_flow(problem: CityProblem) -> set[int]:
    if ((problem.uses > 0).sum(axis=1) == 1).all():
        return set()
    return {s for part in split(problem) if nesting(part) is None for s in part.services.tolist()}


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """A part in whole numbers: a source is a district and service, a sink a facility's limit."""

    source: Whole
    sink: Whole
    cost: Whole
    need: Whole
    penalty: Whole
    room: Whole
    around: Whole


def _solve(part: Part, clock: Clock) -> Answer:
    nest = nesting(part)
    if nest is None:
        message = "a part that is no flow was given to the flow"
        raise ValueError(message)
    scaling, worth = scale(part, nest.amount), part.worthwhile
    network = _network(part, nest, worth, scaling)
    start = clock.ticks()
    used, flow, node = _proven(network)
    seconds = clock.ticks() - start
    cases_per_unit = part.need.ravel() / np.maximum(network.need, 1)
    cases = np.zeros(part.minutes.size)
    cases[worth[used]] = flow * cases_per_unit[network.source[used]]
    price = nest.prices(node.reshape(nest.room.shape) / scaling.cost_scale)
    return Answer(cases, price, seconds, scaling)


def _network(part: Part, nest: Nesting, worth: Whole, scaling: Scaling) -> _Network:
    need = np.ceil(part.need * nest.amount * scaling.amount_scale).astype(np.int64).ravel()
    # No facility can use more than everybody's need, and the rest could overflow. One unit above
    # is cut before scaling and the exact sum after it, so that rounding makes nothing scarce.
    ceiling = 1 + need.sum() / scaling.amount_scale
    room = np.floor(np.minimum(nest.room, ceiling) * scaling.amount_scale).astype(np.int64)
    times, limits = scaling.cost_scale / nest.amount, nest.around.size
    kept = slice(None) if worth.size == part.minutes.size else worth
    facility, service = part.facility[kept], part.service[kept]
    first = np.arange(len(room))[:, None] * limits
    return _Network(
        source=part.source[kept],
        sink=facility if limits == 1 else facility * limits + nest.leaf[service],
        cost=_whole(part.minutes[kept] * times[service]),
        need=need,
        penalty=np.tile(_whole(part.penalty * times), len(part.need)),
        room=np.minimum(room, need.sum()).ravel(),
        around=np.where(nest.around < 0, NOBODY, first + nest.around).ravel(),
    )


def _whole(costs: Floats) -> Whole:
    return np.rint(costs).astype(np.int64)


def _proven(network: _Network) -> tuple[Whole, Whole, Whole]:
    """Find which journeys are used, what flows there, and the prices that prove it.

    Where nothing can pass, nothing is looked for: it is so dear that nobody would go there.
    """
    shut = network.room[network.sink] == 0
    if not shut.any():
        return _settled(network)[:3]
    possible = np.flatnonzero(~shut)
    used, flow, price, pays = _settled(_some(network, possible))
    sink, saved = network.sink[shut], pays[network.source[shut]] - network.cost[shut]
    np.maximum.at(price, sink, saved)
    return possible[used], flow, price


def _settled(network: _Network) -> tuple[Whole, Whole, Whole, Whole]:
    """Find the used journeys, their flow, the prices, and what each source pays.

    A cheapest flow over a shortlist is cheapest over all journeys when its prices make none of
    the others worth taking; those that are worth it join the list.
    """
    sources, everything = network.need.size, np.arange(network.source.size)
    chosen = everything
    if chosen.size > MANY * sources:
        chosen = first_few(network.source, network.cost, sources, FEW)
    for turn in count():
        some = _some(network, chosen)
        flow, inner = _cheapest(some)
        price, pays = _prices(some, flow, inner)
        better, saved = _better(network, chosen.size, price, pays)
        if better.size == 0:
            break
        if turn == TURNS:
            joining = everything
        elif turn == 0 and better.size > chosen.size:
            joining = _likely(network)
        else:
            few = FEW * 2 ** (turn + 1)
            joining = better[first_few(network.source[better], -saved, sources, few)]
        listed = np.zeros(everything.size, dtype=bool)
        listed[chosen] = listed[joining] = True
        chosen = np.flatnonzero(listed)
    used = np.flatnonzero(flow)
    return chosen[used], flow[used], price, pays


def _some(network: _Network, chosen: Whole) -> _Network:
    return replace(
        network,
        source=network.source[chosen],
        sink=network.sink[chosen],
        cost=network.cost[chosen],
    )


def _likely(network: _Network) -> Whole:
    """Guess journeys from the prices of a small city: some of the sources, as much of the room."""
    asked = np.arange(network.need.size) % SAMPLE == 0
    share = network.need[asked].sum() / network.need.sum()
    small = replace(
        _some(network, np.flatnonzero(asked[network.source])),
        need=np.where(asked, network.need, 0),
        room=np.ceil(network.room * share).astype(np.int64),
    )
    flow, inner = _cheapest(small)
    price, _ = _prices(small, flow, inner)
    return first_few(network.source, network.cost + price[network.sink], network.need.size, FEW)


def _better(network: _Network, looked_at: int, price: Whole, pays: Whole) -> tuple[Whole, Whole]:
    """Find the journeys that would save something at these prices, and how much a unit."""
    if looked_at == network.source.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    saved = pays[network.source] - network.cost - price[network.sink]
    better = np.flatnonzero(saved > 0)
    return better, saved[better]


def _cheapest(network: _Network) -> tuple[Whole, Whole]:
    sources, sinks = network.need.size, network.room.size
    places, end = sources + np.arange(sinks), sources + sinks
    free = np.zeros(sinks, dtype=np.int64)
    most = np.minimum(network.need[network.source], network.room[network.sink])
    solver = SimpleMinCostFlow()
    # Journeys first; then from each limit outwards, and for the unmet from each source, to the end.
    tails = np.concatenate([network.source, places, np.arange(sources)])
    outwards = np.where(network.around < 0, end, sources + network.around)
    heads = np.concatenate([sources + network.sink, outwards, np.full(sources, end)])
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        heads.astype(np.int32),
        np.concatenate([most, network.room, network.need]),
        np.concatenate([network.cost, free, network.penalty]),
    )
    supply = np.concatenate([network.need, free, [-network.need.sum()]])
    solver.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supply)
    status = solver.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        # "Unmet" takes everybody, so an optimal flow always exists.
        raise DefectError(
            Fault(
                say("the solver found no cheapest flow"),
                Where("allocate.city.flow"),
                say("report this problem with its input"),
                str(status),
            )
        )
    flows = np.asarray(solver.flows(arcs[: network.source.size + sinks]), dtype=np.int64)
    return flows[: network.source.size], flows[network.source.size :]


def _prices(network: _Network, flow: Whole, through: Whole) -> tuple[Whole, Whole]:
    served = np.zeros_like(network.need)
    np.add.at(served, network.source, flow)
    return least_prices(
        network.source,
        network.sink,
        network.cost,
        flow > 0,
        floor=np.where(served < network.need, network.penalty, 0),
        around=network.around,
        loose=through < network.room,
    )
