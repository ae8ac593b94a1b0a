"""Where every patient takes one slot of one kind, and how many slots there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.queue.openings import ROUNDING

if TYPE_CHECKING:
    from salus.allocate.queue.problem import QueueProblem, Whole


@dataclass(frozen=True, slots=True, eq=False)
class Slots:
    """Slots of each kind at each facility.

    Parameters
    ----------
    kind : ndarray of int, shape (S,)
        Kind of slot that each service takes.
    count : ndarray of int, shape (K, J)
        Slots of each kind that are free.
    """

    kind: Whole
    count: Whole


def slotted(problem: QueueProblem) -> bool:
    """Tell whether services that share a resource take the same of everything.

    Then a slot is what one patient takes, such as a bed with half a nurse, and slots of
    different kinds do not compete.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> slotted(small_queue(7)), slotted(small_queue(7, coupled=True))
    (True, False)
    """
    kinds = np.unique(problem.uses, axis=0)
    return bool(((kinds > 0).sum(axis=0) <= 1).all())


def slots(problem: QueueProblem) -> Slots:
    """Count the slots of a problem that is slotted.

    Parameters
    ----------
    problem : QueueProblem
        Who waits, and what is free.

    Returns
    -------
    Slots

    Raises
    ------
    ValueError
        If the problem is not slotted.

    Examples
    --------
    >>> from salus.allocate.queue.checks import small_queue
    >>> found = slots(small_queue(7))
    >>> found.kind.tolist(), found.count.tolist()
    ([1, 0, 1], [[1, 1, 1], [1, 0, 1]])
    """
    if not slotted(problem):
        message = "services that share a resource must take the same of everything, but do not"
        raise ValueError(message)
    bundles, kind = np.unique(problem.uses, axis=0, return_inverse=True)
    count = np.stack(
        [
            ((problem.free[:, bundle > 0] + ROUNDING) // bundle[bundle > 0]).min(axis=1)
            for bundle in bundles
        ]
    )
    return Slots(kind, count.astype(np.int64))
