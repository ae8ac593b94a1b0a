"""What is still open while patients are placed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.queue.problem import Flags, Floats, QueueProblem, Whole

# Shares of units, such as a third of a nurse, do not add up to the last digit.
ROUNDING = 1e-9


class Openings:
    """The units that are left, and who could still be taken in.

    Parameters
    ----------
    problem : QueueProblem
        Says what is free.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> openings = Openings(small_queue(7))
    >>> openings.room[1].tolist()
    [True, True, True]
    >>> openings.give(1, 0)
    >>> openings.room[1].tolist()
    [False, True, True]
    """

    def __init__(self, problem: QueueProblem) -> None:
        self.left = problem.free.copy()
        self.room = room(problem.uses, self.left)
        self._uses = problem.uses

    def give(self, service: int, facility: int) -> None:
        """Give one patient what the service takes at the facility."""
        self._change(facility, -self._uses[service])

    def take_back(self, service: int, facility: int) -> None:
        """Undo what was given to one patient of the service at the facility."""
        self._change(facility, self._uses[service])

    def _change(self, facility: int, units: Floats) -> None:
        self.left[facility] += units
        self.room[:, facility] = room(self._uses, self.left[facility, None])[:, 0]


def room(uses: Floats, left: Floats) -> Flags:
    """Tell where one more patient of each service has room.

    Parameters
    ----------
    uses : ndarray, shape (S, R)
        Units that one patient takes.
    left : ndarray, shape (J, R)
        Units that are left.

    Returns
    -------
    ndarray of bool, shape (S, J)

    Examples
    --------
    >>> room(np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[1.0, 1.0]])).tolist()
    [[True], [False]]
    """
    return np.asarray((left + ROUNDING >= uses[:, None]).all(axis=2))


def left_over(problem: QueueProblem, place: Whole) -> Floats:
    """Count what is left when everybody has gone where they were sent.

    Parameters
    ----------
    problem : QueueProblem
        Says what is free.
    place : ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait.

    Returns
    -------
    ndarray, shape (J, R)
        Units; below 0 where more is given than there is.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> queue = small_queue(7)
    >>> bool((left_over(queue, np.full(8, -1)) == queue.free).all())
    True
    """
    left = problem.free.copy()
    placed = place >= 0
    np.subtract.at(left, place[placed], problem.uses[problem.service[placed]])
    return left
