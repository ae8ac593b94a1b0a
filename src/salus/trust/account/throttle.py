"""How long a door stays shut after failed attempts."""

from __future__ import annotations

from datetime import timedelta

FREE = 5
"""Failures in a row that cost no wait: a person mistypes."""
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)
"""After so long without an attempt, failures no longer count."""


def wait_after(failures: int) -> timedelta:
    """Return how long nobody may try after some failures in a row.

    The wait doubles with each failure from the fifth on, so that a guesser gets about a hundred
    attempts a day for an account, and its owner waits a quarter of an hour at most.

    Parameters
    ----------
    failures : int
        Since the last success.

    Returns
    -------
    timedelta

    Examples
    --------
    >>> [wait_after(failures).seconds for failures in (4, 5, 6, 10, 40)]
    [0, 2, 4, 64, 900]
    """
    if failures < FREE:
        return timedelta(0)
    # Bounded before the power, which would outgrow a duration.
    return min(timedelta(seconds=2.0 ** min(failures - FREE + 1, 20)), LONGEST)
