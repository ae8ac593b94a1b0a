"""When a solve ends early."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stop:
    """Limits of a solve; without them it ends when it is done.

    Parameters
    ----------
    seconds : float, optional
        Time after which the best that was found is returned.
    gap : float, optional
        Relative gap between cost and bound at which a search over whole numbers may end.
    """

    seconds: float | None = None
    gap: float | None = None
