"""The slow twin: every dispatch there is, and the best of them, for tiny queues."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.queue.dispatch import cost, signed
from salus.allocate.queue.openings import Openings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem
    from salus.allocate.queue.ranking import Ranking
    from salus.core.clock import Clock


class Brute:
    """Tries everything, so that the other methods can be held to it.

    Parameters
    ----------
    most : int
        Queues with more ways to choose do not fit.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> from salus.core.clock import SystemClock
    >>> round(Brute().dispatch(small_queue(7), SystemClock()).cost)
    5180
    """

    name: ClassVar[str] = "brute"
    ranking: ClassVar[Ranking | None] = None

    def __init__(self, most: int = 20_000) -> None:
        self.most = most

    def fits(self, problem: QueueProblem) -> bool:
        """Tell whether there are few enough ways to choose."""
        return _digits(problem) <= math.log10(self.most)

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where at the least cost; the first of equals.

        Raises
        ------
        ValueError
            If there are too many ways to choose.
        """
        if not self.fits(problem):
            message = f"brute tries at most {self.most} ways, "
            message += f"but there are some 10^{_digits(problem):.0f}"
            raise ValueError(message)
        start = clock.ticks()
        ways = (np.array(way, dtype=np.int64) for way in every_way(problem))
        place = min(ways, key=lambda way: cost(problem, way))
        return signed(problem, self.name, place, clock.ticks() - start)


def _digits(problem: QueueProblem) -> float:
    """Count the ways to choose; their logarithm, as a long queue has more than a number holds."""
    return float(np.log10(1 + problem.reach.sum(axis=1)).sum())


def every_way(problem: QueueProblem) -> Iterator[tuple[int, ...]]:
    """List every dispatch that is possible.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.

    Yields
    ------
    tuple of int
        Facility of each patient, -1 for those who wait.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> sum(1 for way in every_way(small_queue(7)))
    462
    """
    yield from _rest(problem, Openings(problem), ())


def _rest(
    problem: QueueProblem, openings: Openings, chosen: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    patient = len(chosen)
    if patient == len(problem.patients):
        yield chosen
        return
    service = int(problem.service[patient])
    for facility in np.flatnonzero(problem.reach[patient] & openings.room[service]).tolist():
        openings.give(service, facility)
        yield from _rest(problem, openings, (*chosen, facility))
        openings.take_back(service, facility)
    yield from _rest(problem, openings, (*chosen, -1))
