"""What every method of dispatching a queue promises."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol

if TYPE_CHECKING:
    from salus.allocate.queue.dispatch import Dispatch
    from salus.allocate.queue.problem import QueueProblem
    from salus.allocate.queue.ranking import Ranking
    from salus.core.clock import Clock


class QueueMethod(Protocol):
    """One way to decide which waiting patient goes where.

    Attributes
    ----------
    name : str
        Short key of the method.
    ranking : Ranking or None
        How facilities rank patients, where the method is stable under it: nobody is passed
        over by somebody who ranks lower at a place. ``None`` where it promises no such thing.
    """

    name: ClassVar[str]
    ranking: ClassVar[Ranking | None]

    def fits(self, problem: QueueProblem) -> bool:
        """Tell whether the method can dispatch queues of this structure."""

    def dispatch(self, problem: QueueProblem, clock: Clock) -> Dispatch:
        """Decide who goes where; the same problem always gives the same answer.

        Raises
        ------
        ValueError
            If the method does not fit the problem.
        """
