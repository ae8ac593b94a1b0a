"""The assignment of least cost: all patients and all places weighed at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.priority import worth
from salus.allocate.queue.slots import slots, slotted

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import Floats, QueueProblem, Whole
    from salus.allocate.queue.ranking import Ranking
    from salus.core.clock import Clock


class Assignment:
    """Matches patients and slots so that the cost is the least there is.

        maximise sum_pj (worth_p - care_pj) x_pj
        subject to sum_j x_pj <= 1, sum_p x_pj <= slots_j, x_pj in {0, 1}

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> best = Assignment().dispatch(small_queue(7), SystemClock())
    >>> best.place.tolist(), round(best.cost)
    ([2, -1, 0, -1, -1, 1, 2, 1], 3983)

    References
    ----------
    Kuhn (1955), The Hungarian method for the assignment problem; Crouse (2016), On implementing
    2D rectangular assignment algorithms, which the solver follows.
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
        gain = worth(problem)[:, None] - problem.care
        place = np.full(len(problem.patients), -1, dtype=np.int64)
        for kind, count in enumerate(found.count):
            people = np.flatnonzero(found.kind[problem.service] == kind)
            place[people] = _assigned(gain[people], count)
        return signed(problem, self.name, place, clock.ticks() - start)


def _assigned(gain: Floats, count: Whole) -> Whole:
    # No more slots of a place than there are patients can ever be filled.
    facility = np.repeat(np.arange(count.size), np.minimum(count, len(gain)))
    # A slot where the patient may not go gains nothing, and means waiting.
    value = np.maximum(gain, 0)[:, facility]
    patients, columns = linear_sum_assignment(value, maximize=True)
    place = np.full(len(gain), -1, dtype=np.int64)
    place[patients] = np.where(value[patients, columns] > 0, facility[columns], -1)
    return place
