"""Dates of birth, by the words around them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.span import GAP, Kind, Span, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
MONTH = "(?:" + "|".join(f"{month}|{month[:3]}" for month in MONTHS) + r"|Sept)\.?"
DATE = (
    r"(?:[0-9]{1,4}(?P<gap>[-/.])[0-9]{1,2}(?P=gap)[0-9]{2,4}"
    r"|[0-9]{4}年(?: ?[0-9]{1,2}月)?(?: ?[0-9]{1,2}[日号])?"
    rf"|{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?,? [0-9]{{4}}"
    rf"|[0-9]{{1,2}}(?:st|nd|rd|th)?[ -]{MONTH}[ ,-]{{1,2}}[0-9]{{2,4}}"
    rf"|{MONTH} [0-9]{{4}}|[0-9]{{8}}|(?:18|19|20)[0-9]{{2}})"
)
SHAPES = [
    re.compile(
        r"(?:\bD\.?O\.?B\b\.?|\b(?:date of birth|birth ?date|birthday|born)\b)"
        rf"{GAP}(?:is |was |on |in ){{0,2}}{GAP}(?P<it>{DATE})(?![0-9])",
        re.IGNORECASE | re.ASCII,
    ),
    re.compile(
        rf"(?:出生(?:日期|年月日?|时间)?|生日|生于)[: 为是于]{{0,3}}(?P<it>{DATE})(?![0-9])"
    ),
    re.compile(rf"(?<![0-9])(?P<it>{DATE}) ?(?:出生|生人|生(?![^\W\d_]))"),
]


def find_births(text: str) -> Iterator[Span]:
    """Find dates that are said to be of birth; a date of anything else is left.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind birth.

    Examples
    --------
    >>> text = "DOB 03/07/1950, seen 04/01/2026; 1962年3月4日出生"
    >>> [text[span.start : span.end] for span in find_births(text)]
    ['03/07/1950', '1962年3月4日']
    """
    return spans_of(Kind.BIRTH, chain.from_iterable(shape.finditer(text) for shape in SHAPES))


def written_births(born: date) -> tuple[str, ...]:
    """List the ways in which a date of birth is written.

    Parameters
    ----------
    born : date
        The date.

    Returns
    -------
    tuple of str
        With and without leading zeros, in the orders of China, Europe and America.

    Examples
    --------
    >>> from datetime import date
    >>> forms = written_births(date(1950, 3, 7))
    >>> "7 Mar 1950" in forms, "1950年3月7日" in forms, "03/07/50" in forms
    (True, True, True)
    """
    y, m, d = born.year, born.month, born.day
    forms = {f"{y:04}{m:02}{d:02}"}
    for month, day in ((f"{m}", f"{d}"), (f"{m:02}", f"{d:02}")):
        forms |= {f"{y}年{month}月{day}日", f"{y}年{month}月{day}号"}
        for sign in "-/.":
            short = f"{y % 100:02}"
            forms |= {sign.join(parts) for parts in ((str(y), month, day), (day, month, str(y)))}
            forms |= {sign.join(parts) for parts in ((month, day, str(y)), (month, day, short))}
            forms.add(sign.join((day, month, short)))
        for name in (MONTHS[m - 1], MONTHS[m - 1][:3]):
            forms |= {f"{name} {day}, {y}", f"{name} {day} {y}", f"{day} {name} {y}"}
            forms.add(f"{day}-{name}-{y}")
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))
