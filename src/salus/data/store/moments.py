"""Moments as the store writes them: texts in UTC that sort as the moments do."""

from __future__ import annotations

from datetime import UTC, datetime


def written(moment: datetime) -> str:
    """Write a moment down.

    Parameters
    ----------
    moment : datetime
        With its time zone.

    Returns
    -------
    str
        ISO 8601 in UTC with microseconds.

    Raises
    ------
    ValueError
        If it has no time zone.

    Examples
    --------
    >>> written(datetime(2026, 6, 27, tzinfo=UTC))
    '2026-06-27T00:00:00.000000+00:00'
    """
    if moment.tzinfo is None:
        message = f"the moment must have a time zone, but is {moment.isoformat()}"
        raise ValueError(message)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
