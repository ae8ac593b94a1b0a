"""Pauses that grow while something keeps failing, and end at once when no more is wanted."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass

FIRST, LONGEST = 0.25, 30.0
"""Seconds."""


@dataclass(slots=True)
class Pauses:
    """Pauses between attempts; each is twice as long as the one before.

    Parameters
    ----------
    seconds : float
        The next pause.
    """

    seconds: float = FIRST

    def reset(self) -> None:
        """Begin anew: an attempt has succeeded."""
        self.seconds = FIRST

    async def wait(self, stop: asyncio.Event) -> bool:
        """Pause; return whether no more is wanted."""
        pause, self.seconds = self.seconds, min(2 * self.seconds, LONGEST)
        return await self.stopped(stop, pause)

    @staticmethod
    async def stopped(stop: asyncio.Event, seconds: float) -> bool:
        """Wait at most so long; return whether no more is wanted."""
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
        return stop.is_set()
