"""The assignment of least cost: all patients and all places weighed at once."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.priority import worth
from salus.allocate.queue.slots import slots, slotted
from salus.core.errors import DefectError, Fault, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import Flags, QueueProblem, Whole
    from salus.allocate.queue.ranking import Ranking
    from salus.core.clock import Clock

MOST_DIGITS = 6


class Assignment:
    """Matches patients and slots so that the cost is the least there is.

        minimise sum_pj care_pj x_pj + sum_p worth_p (1 - sum_j x_pj)
        subject to sum_j x_pj <= 1, sum_p x_pj <= slots_j, x_pj in {0, 1}

    It is a minimum-cost flow, counted in millionths of a minute, or coarser where a queue is so
    long that these would not fit the numbers of the machine.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> best = Assignment().dispatch(small_queue(7), SystemClock())
    >>> best.place.tolist(), round(best.cost)
    ([1, 2, 2, 0, -1, -1, 0, -1], 5180)

    References
    ----------
    Kuhn (1955), The Hungarian method for the assignment problem; Goldberg (1997), An efficient
    implementation of a scaling minimum-cost flow algorithm, which the solver follows.
    """

    name: ClassVar[str] = "assignment"
    ranking: ClassVar[Ranking | None] = None

    def fits(self, problem: QueueProblem) -> bool:
        """Tell whether every patient takes one slot of one kind."""
        return slotted(problem)

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where at the least cost.

        Raises
        ------
        ValueError
            If services share a resource and take different amounts.
        """
        start = clock.ticks()
        found = slots(problem)
        scale, may = _scale(problem), problem.reach
        care = np.rint(np.where(may, problem.care, 0) * scale).astype(np.int64)
        waiting = np.rint(worth(problem) * scale).astype(np.int64)
        place = np.full(len(problem.patients), -1, dtype=np.int64)
        for kind, count in enumerate(found.count):
            people = np.flatnonzero(found.kind[problem.service] == kind)
            place[people] = _cheapest(care[people], may[people], waiting[people], count)
        return signed(problem, self.name, place, clock.ticks() - start)


def _scale(problem: QueueProblem) -> int:
    """Whole units per minute; the solver's prices may grow to 3 n^2 times the dearest arc."""
    nodes = sum(problem.care.shape) + 1
    dearest = float(worth(problem).max(initial=1.0))
    digits = math.floor(math.log10(2**62 / (3 * nodes**2 * dearest)))
    return int(10 ** min(MOST_DIGITS, max(0, digits)))


def _cheapest(care: Whole, may: Flags, waiting: Whole, count: Whole) -> Whole:
    """Send one unit of flow from each patient, to a facility or straight to the end."""
    people, places = may.shape
    patient, facility = np.nonzero(may)
    sinks, end = people + np.arange(places), people + places
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([patient, sinks, np.arange(people)]).astype(np.int32),
        np.concatenate([people + facility, np.full(places + people, end)]).astype(np.int32),
        np.concatenate([np.ones_like(patient), np.minimum(count, people), np.ones_like(waiting)]),
        np.concatenate([care[may], np.zeros_like(count), waiting]),
    )
    supply = np.concatenate([np.ones_like(waiting), np.zeros_like(count), [-people]])
    solver.set_nodes_supplies(np.arange(end + 1, dtype=np.int32), supply)
    status = solver.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        # Waiting takes everybody, so an optimal flow always exists.
        raise DefectError(
            Fault(
                say("the solver found no cheapest flow"),
                Where("allocate.queue.assignment"),
                say("report this problem with its input"),
                str(status),
            )
        )
    place = np.full(people, -1, dtype=np.int64)
    used = np.flatnonzero(solver.flows(arcs[: patient.size]))
    place[patient[used]] = facility[used]
    return place
