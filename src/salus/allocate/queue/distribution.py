"""The distribution algorithm: sort the patients, sort what is free, and match the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.queue.dispatch import signed
from salus.allocate.queue.openings import Openings
from salus.allocate.queue.priority import order
from salus.allocate.queue.ranking import Ranking

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import Floats, QueueProblem, Whole
    from salus.core.clock import Clock


@dataclass(frozen=True, slots=True, eq=False)
class Needs:
    """What the patients need, and how soon each place could begin to give it.

    Parameters
    ----------
    service : ndarray of int, shape (P,)
        What each patient needs.
    care : ndarray, shape (P, J)
        Minutes until care can begin; infinite where the patient may not go.
    """

    service: Whole
    care: Floats


class Distribution:
    """Sends the first in the queue where care begins soonest, then the next, to the last.

    Who stands before another is never worse off for them: the dispatch is stable where all
    facilities rank by priority.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> Distribution().dispatch(small_queue(7), SystemClock()).place.tolist()
    [-1, 2, 1, 0, -1, -1, 0, -1]

    References
    ----------
    Satterthwaite and Sonnenschein (1981), Strategy-proof allocation mechanisms at
    differentiable points (serial dictatorship).
    """

    name: ClassVar[str] = "distribution"
    ranking: ClassVar[Ranking | None] = Ranking.PRIORITY

    def fits(self, problem: QueueProblem) -> bool:  # noqa: ARG002 - the protocol asks
        """Tell that every queue can be dispatched."""
        return True

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where, in five steps."""
        start = clock.ticks()
        needs = collect_needs(problem)
        available = collect_available(problem)
        queue = sort_patients(problem)
        choices = sort_resources(problem, needs)
        place = match(queue, choices, needs, available)
        return signed(problem, self.name, place, clock.ticks() - start)


def collect_needs(problem: QueueProblem) -> Needs:
    """Collect what each patient needs and where they could get it."""
    return Needs(problem.service, problem.care)


def collect_available(problem: QueueProblem) -> Openings:
    """Collect the beds, staff and medicines that are free."""
    return Openings(problem)


def sort_patients(problem: QueueProblem) -> Whole:
    """Sort the patients by priority, the first in the queue first, shape (P,)."""
    return order(problem)


def sort_resources(problem: QueueProblem, needs: Needs) -> Whole:
    """Sort the facilities by availability, for each patient.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    needs : Needs
        What was collected of the patients.

    Returns
    -------
    ndarray of int, shape (P, J)
        Where care begins soonest comes first, then where more patients of the service have
        room, then by key.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> queue = small_queue(7)
    >>> sort_resources(queue, collect_needs(queue))[0].tolist()
    [1, 0, 2]
    """
    keys = np.array(problem.facilities)
    choices = np.empty(needs.care.shape, dtype=np.int64)
    for service, uses in enumerate(problem.uses):
        room = (problem.free[:, uses > 0] // uses[uses > 0]).min(axis=1)
        fullest_last = np.lexsort((keys, -room))
        people = np.flatnonzero(needs.service == service)
        soonest = np.argsort(needs.care[np.ix_(people, fullest_last)], axis=1, kind="stable")
        choices[people] = fullest_last[soonest]
    return choices


def match(queue: Whole, choices: Whole, needs: Needs, available: Openings) -> Whole:
    """Give each patient in turn the first of their choices that still has room.

    Parameters
    ----------
    queue : ndarray of int, shape (P,)
        The patients, first to last.
    choices : ndarray of int, shape (P, J)
        The facilities for each patient, best to worst.
    needs : Needs
        What the patients need.
    available : Openings
        What is free; used up by the match.

    Returns
    -------
    ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait.
    """
    place = np.full(queue.size, -1, dtype=np.int64)
    possible = np.isfinite(needs.care).sum(axis=1)
    for patient in queue.tolist():
        service = needs.service[patient]
        row = choices[patient, : possible[patient]]
        open_ = available.room[service, row]
        if open_.any():
            place[patient] = row[open_.argmax()]
            available.give(service, place[patient])
    return place
