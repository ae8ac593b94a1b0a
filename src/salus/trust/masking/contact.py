"""Telephone numbers and e-mail addresses."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.span import GAP, Kind, Span, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE, AFTER = r"(?<![0-9A-Za-z.+/-])", r"(?![0-9A-Za-z/])(?!\.[0-9])"
EXTENSION = r"(?: ?(?:,|-|转|ext\.?|x|extension) ?[0-9]{1,5})?"
EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+'-])(?P<it>[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
)
MOBILE = r"(?:\+?(?:00)?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}"
LANDLINE = rf"(?:\(0[0-9]{{2,3}}\) ?|(?:\+?86[ -]?)?0[0-9]{{2,3}}[ -])[0-9]{{7,8}}{EXTENSION}"
LANDLINE_PLAIN = r"0(?:10|2[0-9]|[3-9][0-9]{2})[0-9]{8}|0[3-9][0-9]{2}[0-9]{7}"
SERVICE = r"[48]00-[0-9]{3,4}-[0-9]{3,4}"
AMERICAN = (
    r"(?:(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[.-])[0-9]{3}[ .-][0-9]{4}"
    rf"|\+?1 [2-9][0-9]{{2}} [0-9]{{3}} [0-9]{{4}}){EXTENSION}"
)
ABROAD = r"\+[1-9][0-9]{0,2}(?:[ ().-]{0,2}[0-9]){6,12}"
SHAPES = [
    re.compile(rf"{BEFORE}(?P<it>{shape}){AFTER}", re.IGNORECASE)
    for shape in (MOBILE, LANDLINE, LANDLINE_PLAIN, SERVICE, AMERICAN)
]
SHAPES.append(re.compile(rf"(?<![0-9A-Za-z])(?P<it>{ABROAD}){AFTER}"))
CUED = re.compile(
    r"(?:\b(?:tel(?:ephone)?|phone|mobile|cell(?:phone)?|fax|pager|beeper|call(?:ed|back)?"
    r"|contact(?:ed)?|reach(?:ed|able)?|text(?:ed)?|whatsapp)\b(?: (?:number|no\.?|at|on|him|her))*"
    r"|电话|手机|联系方式|致电|来电|传真|座机|小灵通|微信|微信号)(?:号码|号)?"
    rf"{GAP}(?:is |为|是)?{GAP}"
    rf"(?P<it>[+(]?[0-9](?:[ ().-]{{0,2}}[0-9]){{6,14}}{EXTENSION})(?![0-9A-Za-z])",
    re.IGNORECASE | re.ASCII,
)


def find_phones(text: str) -> Iterator[Span]:
    """Find telephone numbers: Chinese mobile and landline, American, international, or by a cue.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind phone; extensions included.

    Examples
    --------
    >>> [span.start for span in find_phones("13800138000 or (305) 555-0187 ext. 12")]
    [0, 15]
    """
    shapes = chain.from_iterable(shape.finditer(text) for shape in SHAPES)
    return spans_of(Kind.PHONE, chain(shapes, CUED.finditer(text)))


def find_emails(text: str) -> Iterator[Span]:
    """Find e-mail addresses.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind email.

    Examples
    --------
    >>> [span.end for span in find_emails("write to j.doe@mail.example.org.")]
    [31]
    """
    return spans_of(Kind.EMAIL, EMAIL.finditer(text))
