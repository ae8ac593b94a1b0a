"""The only door through which time enters."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What time it is, and how long something took."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""

    def ticks(self) -> float:
        """Return seconds since some fixed moment; only differences mean something."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return datetime.now(UTC)

    def ticks(self) -> float:
        """Return the monotonic seconds of this machine."""
        return time.perf_counter()


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests and for replay.

    Parameters
    ----------
    moment : datetime
        What :meth:`now` returns.

    Examples
    --------
    >>> FixedClock(datetime(2026, 6, 27, tzinfo=UTC)).now().year
    2026
    """

    moment: datetime

    def now(self) -> datetime:
        """Return the fixed moment."""
        return self.moment

    def ticks(self) -> float:
        """Return zero: nothing takes time here."""
        return 0.0
