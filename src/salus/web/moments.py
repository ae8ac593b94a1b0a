"""Moments and ages as a page writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.report.words import Words


def moment(at: datetime, words: Words) -> str:
    """Write a moment in few signs, with its zone.

    Parameters
    ----------
    at : datetime
        With a time zone; shown in UTC, as the audit has it.
    words : Words
        The reader's language.

    Examples
    --------
    >>> from salus.report.words import Words
    >>> moment(datetime(2026, 6, 27, 14, 5, tzinfo=UTC), Words("en"))
    '27 Jun 2026, 14:05:00 UTC'
    """
    # Babel is loaded by the first moment only, as in the words of a report.
    from babel.dates import format_datetime  # noqa: PLC0415

    locale = "zh_CN" if words.lang == "zh" else "en_GB"
    return f"{format_datetime(at.astimezone(UTC), 'medium', locale=locale)} UTC"


def known_until(as_of: date, now: datetime) -> Message:
    """Say until when something is known, and how old that is.

    Parameters
    ----------
    as_of : date
        The last day that was known.
    now : datetime
        With a time zone.

    Examples
    --------
    >>> str(known_until(date(2026, 6, 27), datetime(2026, 6, 29, 1, tzinfo=UTC)))
    'as of 2026-06-27, 2 days old'
    """
    days = (now.date() - as_of).days
    if days < 0:
        return say("as of {day}, a day that is still to come", day=as_of)
    if days == 0:
        return say("as of {day}, today", day=as_of)
    if days == 1:
        return say("as of {day}, a day old", day=as_of)
    return say("as of {day}, {days:,} days old", day=as_of, days=days)
