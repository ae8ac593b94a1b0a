"""Dates and times of FHIR, of partial precision and any zone, as moments in UTC.

A date without a time, a month or a year begins at its first midnight in UTC and, where it is an
end, ends with its last microsecond, as an end of FHIR includes the whole of what it names. A time
must have a zone, as FHIR demands: one without may be wrong by half a day.

References
----------
HL7 FHIR R4 (4.0.1), 2.24 Data types: dateTime, instant, Period.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from salus.data.fhir.reason import FaultyError, Reason

PARTIAL = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?", re.ASCII)
WHOLE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)", re.ASCII)
TICK = timedelta(microseconds=1)


def moment(text: object, element: str) -> datetime:
    """Take a dateTime or instant; of partial precision, the first moment that it names.

    Parameters
    ----------
    text : object
        What stands in the element.
    element : str
        Its path, for the reason.

    Returns
    -------
    datetime
        In UTC.

    Raises
    ------
    FaultyError
        If it is no text, or no date of the calendar as FHIR writes it.

    Examples
    --------
    >>> moment("1989-10-04T02:25:16-04:00", "issued").isoformat()
    '1989-10-04T06:25:16+00:00'
    >>> moment("2011-10", "issued").isoformat()
    '2011-10-01T00:00:00+00:00'
    """
    if type(text) is not str:
        raise FaultyError(Reason.WRONG_TYPE, element)
    try:
        if len(text) > len("2011-10-14") and WHOLE.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        first = _first(text)
        return datetime(first.year, first.month, first.day, tzinfo=UTC)
    except (ValueError, OverflowError):
        raise FaultyError(Reason.BAD_MOMENT, element) from None


def last_moment(text: object, element: str) -> datetime:
    """Take the end of a period; of partial precision, the last moment that it names.

    Parameters
    ----------
    text : object
        What stands in the element.
    element : str
        Its path, for the reason.

    Returns
    -------
    datetime
        In UTC.

    Raises
    ------
    FaultyError
        As :func:`moment` does.

    Examples
    --------
    >>> last_moment("2012-02", "period.end").isoformat()
    '2012-02-29T23:59:59.999999+00:00'
    """
    first = moment(text, element)
    try:
        match len(str(text)):
            case 4:
                return first.replace(year=first.year + 1) - TICK
            case 7:
                return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - TICK
            case 10:
                return first + timedelta(days=1) - TICK
            case _:
                return first
    except (ValueError, OverflowError):
        raise FaultyError(Reason.BAD_MOMENT, element) from None


def day(text: object, element: str) -> date | None:
    """Take the local day of a date or dateTime; ``None`` where only month or year are said.

    Parameters
    ----------
    text : object
        What stands in the element.
    element : str
        Its path, for the reason.

    Returns
    -------
    date or None

    Raises
    ------
    FaultyError
        As :func:`moment` does.

    Examples
    --------
    >>> day("1989-05-09T20:35:22-04:00", "deceasedDateTime"), day("1950", "birthDate")
    (datetime.date(1989, 5, 9), None)
    """
    moment(text, element)
    written = str(text)[:10]
    return date.fromisoformat(written) if len(written) == len("2011-10-14") else None


def _first(text: str) -> date:
    if not PARTIAL.fullmatch(text):
        raise ValueError
    return date.fromisoformat((text + "-01-01")[: len("2011-10-14")])
