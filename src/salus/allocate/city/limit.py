"""What is left of a limit: every step of a search gets no more than that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.lp.stop import Stop
    from salus.core.clock import Clock


@dataclass(frozen=True, slots=True)
class Limit:
    """What is left of a stop since a moment.

    Parameters
    ----------
    stop : Stop
        The limits.
    clock : Clock
        Measures the time.
    since : float
        Ticks of the clock when it began.
    """

    stop: Stop
    clock: Clock
    since: float

    def left(self) -> Stop:
        """Return a stop with the seconds that are left."""
        if self.stop.seconds is None:
            return self.stop
        passed = self.clock.ticks() - self.since
        return replace(self.stop, seconds=max(0.0, self.stop.seconds - passed))

    def without_gap(self) -> Limit:
        """Return the same limit of time, for what is solved to its end within a search."""
        return replace(self, stop=replace(self.stop, gap=None))
