"""Who comes before whom, and what that weighs in minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.queue.problem import Floats, QueueProblem, Whole


def points(problem: QueueProblem) -> Floats:
    """Give each patient points of priority, which grow while they wait.

        points_p = severity_p * (1 + waited_p / patience)

    Severity sets both the start and the pace: a severe case gains on a light one by waiting,
    and nobody waits for ever, since those who come later start lower.

    Parameters
    ----------
    problem : QueueProblem
        Who waits.

    Returns
    -------
    ndarray, shape (P,)
        Points, above 0; 1 is an ordinary case that has just come.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> queue = small_queue(7)
    >>> float(queue.severity[0]), float(queue.waited[0]), round(float(points(queue)[0]), 2)
    (1.0, 90.0, 1.38)

    References
    ----------
    Kleinrock (1964), A delay dependent queue discipline; Stanford, Taylor and Ziedins (2014),
    Waiting time distributions in the accumulating priority queue.
    """
    return problem.severity * (1 + problem.waited / problem.rules.patience)


def order(problem: QueueProblem) -> Whole:
    """Sort the patients: most points first, then who has waited longest, then by key.

    Parameters
    ----------
    problem : QueueProblem
        Who waits.

    Returns
    -------
    ndarray of int, shape (P,)
        Indices of the patients, the first in the queue first.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> order(small_queue(7))[:3].tolist()
    [3, 2, 6]
    """
    keys = np.array(problem.patients, dtype=np.str_)
    return np.lexsort((keys, -problem.waited, -points(problem)))


def rank(problem: QueueProblem) -> Whole:
    """Tell each patient's place in the queue, from 0.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> int(rank(small_queue(7))[7])
    7
    """
    places = np.empty(len(problem.patients), dtype=np.int64)
    places[order(problem)] = np.arange(places.size)
    return places


def worth(problem: QueueProblem) -> Floats:
    """Weigh each patient in minutes: what it costs to leave them waiting.

    It exceeds the longest time to care of anybody, so that leaving somebody out never pays:

        worth_p = max_pj care_pj + point_minutes * points_p

    Parameters
    ----------
    problem : QueueProblem
        Who waits.

    Returns
    -------
    ndarray, shape (P,)
        Minutes, above 0.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> round(float(worth(small_queue(7))[0]))
    1433
    """
    longest = np.max(problem.care, where=np.isfinite(problem.care), initial=0.0)
    return longest + problem.rules.point_minutes * points(problem)
