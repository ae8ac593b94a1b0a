"""The exact plan by minimum-cost flow, where every service takes one kind of resource."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.plan import Scaling
from salus.allocate.city.prices import least_prices
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock


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
        return problem.plain and bool(((problem.uses > 0).sum(axis=1) == 1).all())

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        ValueError
            If a service takes several kinds of resources, which a flow cannot tell apart.
        """
        if problem.plain and not self.fits(problem):
            coupled = np.flatnonzero((problem.uses > 0).sum(axis=1) > 1)
            names = ", ".join(problem.services[s] for s in coupled)
            message = (
                f"flow needs services that take one kind of resource, but more are taken by {names}"
            )
            raise ValueError(message)
        solve = partial(_solve, scaling=_scaling(problem), clock=clock)
        return solve_apart(problem, self.name, solve, clock, proves=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Network:
    """A part in whole numbers: a source is a district and service, a sink is a facility."""

    source: Whole
    facility: Whole
    cost: Whole
    need: Whole
    penalty: Whole
    capacity: Whole


def _scaling(problem: CityProblem) -> Scaling:
    days = problem.uses.sum(axis=1)
    total = float(np.einsum("ist,s->t", problem.need, days).max())
    dearest = float((problem.penalty / days).max())
    nodes = problem.need[:, :, 0].size + len(problem.facilities) + 1
    # Amounts must be exact as floats; prices may grow to 3 n^2 times the dearest cost.
    return Scaling(_power(2**53 / max(total, 1.0), 9), _power(2**62 / (3 * nodes**2 * dearest), 8))


def _power(largest: float, digits: int) -> int:
    return int(10 ** min(digits, max(0, math.floor(math.log10(largest)))))


def _solve(part: Part, scaling: Scaling, clock: Clock) -> Answer:
    worth = part.worthwhile
    network = _network(part, worth, scaling)
    start = clock.ticks()
    flow = _cheapest(network)
    seconds = clock.ticks() - start
    cases_per_unit = part.need.ravel() / np.maximum(network.need, 1)
    cases = np.zeros(part.minutes.size)
    cases[worth] = flow * cases_per_unit[network.source]
    price = _prices(network, flow) / scaling.cost_scale
    return Answer(cases, price[:, None], seconds, scaling)


def _network(part: Part, worth: Whole, scaling: Scaling) -> _Network:
    district, service = part.district[worth], part.service[worth]
    days = part.uses[:, 0]
    need = np.ceil(part.need * days * scaling.amount_scale).astype(np.int64).ravel()
    # No facility can use more than everybody's need, and the rest could overflow. One day above
    # is cut before scaling and the exact sum after it, so that rounding makes nothing scarce.
    ceiling = 1 + need.sum() / scaling.amount_scale
    capacity = np.floor(np.minimum(part.capacity[:, 0], ceiling) * scaling.amount_scale)
    penalty = _whole(part.penalty / days, scaling.cost_scale)
    return _Network(
        source=district * part.need.shape[1] + service,
        facility=part.facility[worth],
        cost=_whole(part.minutes[worth] / days[service], scaling.cost_scale),
        need=need,
        penalty=np.tile(penalty, len(part.need)),
        capacity=np.minimum(capacity.astype(np.int64), need.sum()),
    )


def _whole(costs: Floats, scale: int) -> Whole:
    return np.rint(costs * scale).astype(np.int64)


def _cheapest(network: _Network) -> Whole:
    sources, sinks = network.need.size, network.capacity.size
    places, end = sources + np.arange(sinks), sources + sinks
    free = np.zeros(sinks, dtype=np.int64)
    solver = SimpleMinCostFlow()
    # Journeys first; then from each facility, and for the unmet from each source, to the end.
    tails = np.concatenate([network.source, places, np.arange(sources)])
    heads = np.concatenate([sources + network.facility, np.full(sinks + sources, end)])
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        heads.astype(np.int32),
        np.concatenate([network.need[network.source], network.capacity, network.need]),
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


def _prices(network: _Network, flow: Whole) -> Whole:
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
