"""Which day is today for a plan, and how old what it rests on is by then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.service.day import SourceAge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from salus.data.region.region import Region, Source


def as_of_day(region: Region, asked: date | None, horizon: int, today: date) -> date:
    """Find the day until which everything is known.

    Parameters
    ----------
    region : Region
        With its sources.
    asked : date or None
        What a person asked for; ``None`` takes the latest date of the sources.
    horizon : int
        Days that are planned after it.
    today : date
        Taken when nothing was asked for and no source is dated.

    Returns
    -------
    date

    Raises
    ------
    InputError
        If nothing was known yet on the day, or the calendar ends before the horizon.
    """
    dated = [source.dates for source in region.sources if source.dates]
    day = asked or max((dates[-1] for dates in dated), default=today)
    first = min((dates[0] for dates in dated), default=day)
    if day < first:
        what = say("nothing was known yet on this day: the first date is {day}", day=first)
        raise InputError(Fault(what, Where("--as-of"), say("name a later day"), str(day)))
    if day > date.max - timedelta(days=horizon):
        what = say("the calendar ends before the days to plan do")
        raise InputError(Fault(what, Where("--as-of"), say("name an earlier day"), str(day)))
    return day


def ages(sources: Iterable[Source], as_of: date) -> tuple[SourceAge, ...]:
    """Tell how old each source is on a day; what was dated later is not counted.

    Parameters
    ----------
    sources : iterable of Source
        The files that were read.
    as_of : date
        The day.

    Returns
    -------
    tuple of SourceAge
    """
    return tuple(
        SourceAge(source.file, source.rows, known, None if known is None else (as_of - known).days)
        for source in sources
        for known in (source.known(as_of),)
    )


def later_sources(region: Region, as_of: date) -> tuple[Message, ...]:
    """Name the sources that were written after a day and are used nevertheless.

    Parameters
    ----------
    region : Region
        With its sources.
    as_of : date
        The day.

    Returns
    -------
    tuple of Message
    """
    return tuple(
        say(
            "{file} is of {day}, which is after the as-of date; what it says is used as it is.",
            file=source.file,
            day=source.dates[0],
        )
        for source in region.sources
        if source.dates and source.known(as_of) is None
    )
