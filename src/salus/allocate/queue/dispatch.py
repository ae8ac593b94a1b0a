"""The answer: who goes where, who waits, and in which order they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.priority import points, rank, worth

if TYPE_CHECKING:
    from salus.allocate.queue.problem import Floats, QueueProblem, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Dispatch:
    """One row for each patient, in the order of the problem.

    Parameters
    ----------
    method : str
        Name of the method that decided.
    place : ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait.
    rank : ndarray of int, shape (P,)
        Place of each patient in the queue, 0 for the first.
    points : ndarray, shape (P,)
        Points of priority.
    minutes : ndarray, shape (P,)
        Minutes of travel; NaN for those who wait.
    cost : float
        Minutes until care of those who are placed, plus the worth of those who wait.
    solve_seconds : float
        Time that it took; no part of the answer.

    Raises
    ------
    ValueError
        If the columns differ in length.

    Examples
    --------
    >>> row = np.array([0])
    >>> Dispatch("greedy", row, row, np.array([3.0]), np.array([12.0]), 12.0).place.tolist()
    [0]
    """

    method: str
    place: Whole
    rank: Whole
    points: Floats
    minutes: Floats
    cost: float
    solve_seconds: float = 0.0

    def __post_init__(self) -> None:
        """Refuse rows that do not belong together."""
        columns = (self.place, self.rank, self.points, self.minutes)
        if any(column.shape != (self.place.size,) for column in columns):
            shapes = [column.shape for column in columns]
            message = f"rows must have one length, but the columns have {shapes}"
            raise ValueError(message)


def signed(problem: QueueProblem, method: str, place: Whole, solve_seconds: float) -> Dispatch:
    """Complete the places that a method chose to a dispatch.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    method : str
        Name of the method.
    place : ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait.
    solve_seconds : float
        Time that the method took.

    Returns
    -------
    Dispatch

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> nobody = signed(small_queue(7), "nobody", np.full(8, -1), 0.0)
    >>> round(nobody.cost), nobody.minutes[:2].tolist()
    (21964, [nan, nan])
    """
    return Dispatch(
        method=method,
        place=place,
        rank=rank(problem),
        points=points(problem),
        minutes=_at(problem.travel, place, np.nan),
        cost=cost(problem, place),
        solve_seconds=solve_seconds,
    )


def cost(problem: QueueProblem, place: Whole) -> float:
    """Add up minutes until care of those who are placed and the worth of those who wait.

        cost = sum_placed care_pj + sum_waiting worth_p

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    place : ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait. Who is sent where they may not go counts
        as waiting.

    Returns
    -------
    float
        Minutes.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> queue = small_queue(7)
    >>> everybody_waits = np.full(8, -1)
    >>> cost(queue, everybody_waits) == worth(queue).sum()
    np.True_
    """
    care = begins(problem, place)
    return float(np.where(np.isfinite(care), care, worth(problem)).sum())


def begins(problem: QueueProblem, place: Whole) -> Floats:
    """Tell in how many minutes the care of each patient begins, infinite for those who wait.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.
    place : ndarray of int, shape (P,)
        Facility of each patient, -1 for those who wait.

    Returns
    -------
    ndarray, shape (P,)
        Minutes.
    """
    return _at(problem.care, place, np.inf)


def _at(values: Floats, place: Whole, waiting: float) -> Floats:
    rows = np.arange(place.size)
    return np.where(place >= 0, values[rows, np.maximum(place, 0)], waiting)
