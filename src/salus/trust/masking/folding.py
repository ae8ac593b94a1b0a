"""Signs that look alike brought into one form, each in its place."""

from __future__ import annotations

SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t"
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
QUOTES = "\u2018\u2019\u02bc\uff07"
FORMS = (
    {number: chr(number - 0xFEE0) for number in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, SPACES), " ")
    | dict.fromkeys(map(ord, DASHES), "-")
    | dict.fromkeys(map(ord, QUOTES), "'")
)


def folded(text: str) -> str:
    """Write full-width letters, digits and stops, spaces, dashes and apostrophes in ASCII.

    Examples
    --------
    >>> folded("电话：１３８－００１３")
    '电话:138-0013'
    """
    return text.translate(FORMS)
