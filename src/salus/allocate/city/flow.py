"""The exact plan by minimum-cost flow, where every service takes one kind of resource."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.prices import least_prices
from salus.allocate.city.scaling import scale
from salus.allocate.city.shortlist import first_few
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan, Scaling
    from salus.allocate.city.problem import CityProblem, Floats, Whole
    from salus.core.clock import Clock

FEW = 16
"""Journeys of each district that are looked at first, ..."""
MANY = 64
"""... where there are more than this on average."""


class Flow:
    """Plans by sending resource-days from districts to facilities at least cost.

    Where a case takes one kind of resource, the plan is a flow: what a district needs goes to
    the facilities, up to their capacity, or to "unmet", and a unit costs minutes (or the
    penalty) per resource-day. Amounts and costs become whole numbers, see
    :class:`~salus.allocate.city.plan.Scaling`; the cost agrees with the linear programme to
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
    Ahuja, Magnanti and Orlin (1993), Network Flows, chapter 9, for the prices.
    """

    name: ClassVar[str] = "flow"
    proves: ClassVar[bool] = True

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether every service takes exactly one kind of resource."""
        return bool(((problem.uses > 0).sum(axis=1) == 1).all())

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        ValueError
            If a service takes several kinds of resources, which a flow cannot tell apart.
        """
        if not self.fits(problem):
            coupled = np.flatnonzero((problem.uses > 0).sum(axis=1) > 1)
            names = ", ".join(problem.services[s] for s in coupled)
            message = (
                f"flow needs services that take one kind of resource, but more are taken by {names}"
            )
            raise ValueError(message)
        return solve_apart(problem, self.name, partial(solve_flow, clock=clock), clock, proves=True)


def solve_flow(part: Part, clock: Clock) -> Answer:
    """Plan one part whose services take one kind of resource each.

    Parameters
    ----------
    part : Part
        Services that take the same one resource.
    clock : Clock
        Measures the time.

    Returns
    -------
    Answer
        An optimal plan with its lowest prices.
    """
    scaling = scale(part)
    worth = part.worthwhile
    network = _network(part, worth, scaling)
    start = clock.ticks()
    used, flow, price = _proven(network)
    seconds = clock.ticks() - start
    cases_per_unit = part.need.ravel() / np.maximum(network.need, 1)
    cases = np.zeros(part.minutes.size)
    cases[worth[used]] = flow * cases_per_unit[network.source[used]]
    return Answer(cases, (price / scaling.cost_scale)[:, None], seconds, scaling)


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """A part in whole numbers: a source is a district and service, a sink is a facility."""

    source: Whole
    facility: Whole
    cost: Whole
    need: Whole
    penalty: Whole
    capacity: Whole


def _network(part: Part, worth: Whole, scaling: Scaling) -> _Network:
    days = part.uses[:, 0]
    need = np.ceil(part.need * days * scaling.amount_scale).astype(np.int64).ravel()
    # No facility can use more than everybody's need, and the rest could overflow. One day above
    # is cut before scaling and the exact sum after it, so that rounding makes nothing scarce.
    ceiling = 1 + need.sum() / scaling.amount_scale
    capacity = np.floor(np.minimum(part.capacity[:, 0], ceiling) * scaling.amount_scale)
    penalty = _whole(part.penalty * (scaling.cost_scale / days))
    kept = slice(None) if worth.size == part.minutes.size else worth
    return _Network(
        source=part.source[kept],
        facility=part.facility[kept],
        cost=_whole(part.minutes[kept] * (scaling.cost_scale / days)[part.service[kept]]),
        need=need,
        penalty=np.tile(penalty, len(part.need)),
        capacity=np.minimum(capacity.astype(np.int64), need.sum()),
    )


def _whole(costs: Floats) -> Whole:
    return np.rint(costs).astype(np.int64)


def _proven(network: _Network) -> tuple[Whole, Whole, Whole]:
    """Find which journeys are used, what flows there, and the prices that prove it.

    A cheapest flow over a shortlist is cheapest over all journeys when its prices make none of
    the others worth taking; those that are worth it join the list.
    """
    sources, few = network.need.size, FEW
    chosen = np.arange(network.source.size)
    if chosen.size > MANY * sources:
        chosen = first_few(network.source, network.cost, sources, few)
    while True:
        some = replace(
            network,
            source=network.source[chosen],
            facility=network.facility[chosen],
            cost=network.cost[chosen],
        )
        flow = _cheapest(some)
        price, pays = _prices(some, flow)
        if chosen.size == network.source.size:
            break
        saved = pays[network.source] - network.cost - price[network.facility]
        better = np.flatnonzero(saved > 0)
        if better.size == 0:
            break
        few *= 2
        worst = first_few(network.source[better], -saved[better], sources, few)
        listed = np.zeros(network.source.size, dtype=bool)
        listed[chosen] = listed[better[worst]] = True
        chosen = np.flatnonzero(listed)
    used = np.flatnonzero(flow)
    return chosen[used], flow[used], price


def _cheapest(network: _Network) -> Whole:
    sources, sinks = network.need.size, network.capacity.size
    places, end = sources + np.arange(sinks), sources + sinks
    free = np.zeros(sinks, dtype=np.int64)
    most = np.minimum(network.need[network.source], network.capacity[network.facility])
    solver = SimpleMinCostFlow()
    # Journeys first; then from each facility, and for the unmet from each source, to the end.
    tails = np.concatenate([network.source, places, np.arange(sources)])
    heads = np.concatenate([sources + network.facility, np.full(sinks + sources, end)])
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        heads.astype(np.int32),
        np.concatenate([most, network.capacity, network.need]),
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
    return np.asarray(solver.flows(arcs[: network.source.size]), dtype=np.int64)


def _prices(network: _Network, flow: Whole) -> tuple[Whole, Whole]:
    served = np.zeros_like(network.need)
    np.add.at(served, network.source, flow)
    return least_prices(
        network.source,
        network.facility,
        network.cost,
        flow > 0,
        floor=np.where(served < network.need, network.penalty, 0),
        facilities=network.capacity.size,
    )
