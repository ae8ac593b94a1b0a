"""The greedy dispatch: always the patient and the place that save most."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.openings import Openings
from salus.allocate.queue.priority import rank, worth
from salus.allocate.queue.ranking import Ranking

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem, Whole
    from salus.core.clock import Clock


class Greedy:
    """Takes the best pair of patient and place, then the best that is left, to the last.

    A pair saves the patient's worth minus the minutes until their care. Equal pairs go to the
    patient who stands first in the queue.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> Greedy().dispatch(small_queue(7), SystemClock()).place.tolist()
    [-1, 2, 1, 0, -1, -1, 0, -1]

    References
    ----------
    Avis (1983), A survey of heuristics for the weighted matching problem.
    """

    name: ClassVar[str] = "greedy"
    ranking: ClassVar[Ranking | None] = Ranking.GAIN

    def fits(self, problem: QueueProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Tell that every queue can be dispatched."""
        return True

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where without looking back."""
        start = clock.ticks()
        place = _best_pairs(problem)
        return signed(problem, self.name, place, clock.ticks() - start)


def _best_pairs(problem: QueueProblem) -> Whole:
    """Keep each patient's best pair in a heap; a pair whose place is full by now is renewed."""
    openings, care, service = Openings(problem), problem.care, problem.service
    ranks, weights = rank(problem).tolist(), worth(problem).tolist()
    place = np.full(service.size, -1, dtype=np.int64)
    patients = range(service.size)
    pairs = [(-np.inf, ranks[patient], patient, -1) for patient in patients]
    heapq.heapify(pairs)
    while pairs:
        _, _, patient, facility = heapq.heappop(pairs)
        kind = service[patient]
        if facility >= 0 and openings.room[kind, facility]:
            place[patient] = facility
            openings.give(kind, facility)
            continue
        minutes = np.where(openings.room[kind], care[patient], np.inf)
        best = int(minutes.argmin())
        if minutes[best] < np.inf:
            saved = weights[patient] - float(minutes[best])
            heapq.heappush(pairs, (-saved, ranks[patient], patient, best))
    return place
