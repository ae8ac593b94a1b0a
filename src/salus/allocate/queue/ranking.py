"""How a facility ranks those who could come."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.priority import order, rank, worth

if TYPE_CHECKING:
    from salus.allocate.queue.problem import QueueProblem, Whole


class Ranking(StrEnum):
    """Three ways to rank patients; each is strict, equal patients stand by their keys.

    ``PRIORITY`` ranks by points, the same everywhere. ``NEIGHBOURS`` ranks by severity, then
    those for whom the facility is the soonest, then by waiting. ``GAIN`` ranks by what taking
    the patient in saves: their worth minus the minutes until their care.
    """

    PRIORITY = "priority"
    NEIGHBOURS = "neighbours"
    GAIN = "gain"


def standing(problem: QueueProblem, ranking: Ranking) -> Whole:
    """Rank all patients at all facilities.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    ranking : Ranking
        By what.

    Returns
    -------
    ndarray of int, shape (P, J)
        The lower, the earlier a facility takes the patient; no two alike in a column.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> queue = small_queue(7)
    >>> standing(queue, Ranking.PRIORITY)[:3].tolist()
    [[6, 6, 6], [3, 3, 3], [1, 1, 1]]
    >>> standing(queue, Ranking.GAIN)[:3].tolist()
    [[4, 5, 7], [6, 2, 3], [1, 1, 1]]
    """
    if ranking is Ranking.PRIORITY:
        return np.repeat(rank(problem)[:, None], len(problem.facilities), axis=1)
    return _by_gain(problem) if ranking is Ranking.GAIN else _by_neighbours(problem)


def _by_gain(problem: QueueProblem) -> Whole:
    queue = order(problem)
    gain = (worth(problem)[:, None] - problem.care)[queue]
    return _places(queue[np.argsort(-gain, axis=0, kind="stable")])


def _by_neighbours(problem: QueueProblem) -> Whole:
    count, queue = len(problem.patients), order(problem)
    # Everybody stands twice in one line: as a neighbour, and as one from elsewhere.
    twice = np.tile(queue, 2)
    elsewhere = np.repeat([False, True], count)
    line = np.lexsort((-problem.waited[twice], elsewhere, -problem.severity[twice]))
    spot = np.empty((2, count), dtype=np.int64)
    spot[elsewhere[line].astype(np.int64), twice[line]] = np.arange(2 * count)
    soonest = problem.care.min(axis=1, keepdims=True)
    return np.where(problem.care == soonest, spot[0][:, None], spot[1][:, None])


def _places(line: Whole) -> Whole:
    places = np.empty_like(line)
    np.put_along_axis(places, line, np.arange(len(line))[:, None], axis=0)
    return places
