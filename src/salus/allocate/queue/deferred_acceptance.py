"""Deferred acceptance: patients ask, facilities keep whom they rank highest."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.priority import order
from salus.allocate.queue.ranking import Ranking, standing
from salus.allocate.queue.slots import slots, slotted

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem, Whole
    from salus.core.clock import Clock

ANYBODY = np.iinfo(np.int64).max


class DeferredAcceptance:
    """Everybody asks where care begins soonest; who is turned away asks at the next place.

    Facilities rank by severity, then their neighbours, then waiting. They keep the highest of
    those who ask, so the dispatch is stable: no patient and no facility would both rather have
    each other. Of all stable dispatches it is the soonest for every patient.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> DeferredAcceptance().dispatch(small_queue(7), SystemClock()).place.tolist()
    [-1, 2, 1, 0, -1, -1, 0, -1]

    References
    ----------
    Gale and Shapley (1962), College admissions and the stability of marriage; Roth (1984), The
    evolution of the labor market for medical interns and residents.
    """

    name: ClassVar[str] = "deferred_acceptance"
    ranking: ClassVar[Ranking | None] = Ranking.NEIGHBOURS

    def fits(self, problem: QueueProblem) -> bool:
        """Tell whether every patient takes one slot of one kind."""
        return slotted(problem)

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where, so that nobody has cause to complain.

        Raises
        ------
        ValueError
            If services share a resource and take different amounts.
        """
        start = clock.ticks()
        place = _propose(problem)
        return signed(problem, self.name, place, clock.ticks() - start)


def _propose(problem: QueueProblem) -> Whole:
    found, ranks, care = slots(problem), standing(problem, Ranking.NEIGHBOURS), problem.care
    kind = found.kind[problem.service]
    # A place takes only who stands before its bar: anybody while it has room.
    bar = np.where(found.count > 0, ANYBODY, np.int64(-1))
    held: dict[tuple[int, int], list[tuple[int, int]]] = {}
    place = np.full(kind.size, -1, dtype=np.int64)
    asking = order(problem)[::-1].tolist()
    while asking:
        patient = asking.pop()
        k = int(kind[patient])
        minutes = np.where(ranks[patient] < bar[k], care[patient], np.inf)
        j = int(minutes.argmin())
        if minutes[j] == np.inf:
            continue
        place[patient] = j
        kept = held.setdefault((k, j), [])
        heapq.heappush(kept, (-int(ranks[patient, j]), patient))
        if len(kept) > found.count[k, j]:
            turned_away = heapq.heappop(kept)[1]
            place[turned_away] = -1
            asking.append(turned_away)
        if len(kept) == found.count[k, j]:
            bar[k, j] = -kept[0][0]
    return place
