"""Where people live: streets with a number, post boxes, postal codes."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.span import Kind, Span, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = r"(?:[A-Z][A-Za-z'-]*\.?|[0-9]{1,3}(?:st|nd|rd|th))"
STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Way|Place|Pl|Terrace"
    r"|Ter|Circle|Cir|Parkway|Pkwy|Highway|Hwy|Square|Sq|Close|Crescent|Gardens|Grove|Row|Walk"
    r"|Trail|Alley|Mews|Loop|Plaza)\b\.?"
)
FLAT = r"(?:,? (?:Apt|Apartment|Unit|Suite|Ste|Flat|Floor|Room|#)\.? ?[A-Z]?[0-9]*[A-Z]?\b)"
STATE = r"[A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?\b"
TOWN = rf"(?:, (?:[A-Z][a-z]+ ?){{1,3}}(?:, {STATE}|,? {STATE})?)"
ENGLISH = [
    re.compile(
        rf"(?<![\w.,/-])(?P<it>[0-9]{{1,5}}[A-Z]?,? {WORD}(?: {WORD}){{0,3}} {STREET}"
        rf"{FLAT}?{TOWN}?)"
    ),
    re.compile(r"(?P<it>\bP\.? ?O\.? Box [0-9]+)", re.IGNORECASE),
    re.compile(r"(?P<it>(?:\b[A-Z][a-z]+ ?){1,3}, [A-Z]{2},? [0-9]{5}(?:-[0-9]{4})?\b)"),
    re.compile(
        r"\b(?:ZIP|zip|postal|post)(?: ?code)?[: ]+(?P<it>[A-Z0-9][A-Z0-9 -]{3,8}[A-Z0-9])\b"
    ),
    re.compile(
        r"\b(?i:(?:home |mailing |current )?address)(?: is)?: ?"
        r"(?P<it>[A-Z0-9](?:[^;\n.]|\.(?! [A-Z]|\n|$)|(?<=St|Rd|Dr|Ln)\.|(?<=Ave|Apt)\.){4,80})"
    ),
]

# Signs that stand between a place and what was said before it.
NOT_IN_A_PLACE = frozenset("在住于址居为是的者患院自及与并又回到往由从转寄给送")
FARTHEST = 24
"""Signs of province, city, district and street before a house number."""
NUMBER = "(?:[0-9]{1,5}|[一二三四五六七八九十百]{1,4}|[A-Za-z甲乙丙丁东西南北])-?[0-9]{0,4} ?"
PART = f"(?:{NUMBER}(?:号楼|号院|单元|号|栋|幢|座|层|楼|室|户|门|弄|组|队))"
HOUSE = f"(?:{NUMBER}(?:号楼|号院|号|栋|幢|座|弄))"
ROAD = "(?:大道|大街|胡同|路|街|道|巷|弄|里|坊|条)"
ESTATE = "(?:小区|花园|新村|公寓|大厦|家园|广场|苑|村)"
HOUSES = re.compile(
    f"(?P<it>(?:{ROAD}{HOUSE}|{ESTATE}{PART})(?:(?:[\u4e00-\u9fff]{{1,7}}?{ESTATE})?{PART}){{0,6}}"
    "(?:[0-9]{3,4}(?![0-9]))?)"
)
VILLAGE = re.compile("(?P<it>[县区镇乡][\u4e00-\u9fff]{1,6}?村)")
CHINESE = [
    re.compile(
        "(?:地址|住址|现住址?|家住|住所|户籍地|籍贯|出生地)[: 为是在于]{0,3}"
        "(?P<it>[\u4e00-\u9fff0-9A-Za-z#-]{3,50})"
    ),
    re.compile("(?:邮编|邮政编码)[: 为是]{0,3}(?P<it>[0-9]{6})(?![0-9])"),
]


def find_addresses(text: str) -> Iterator[Span]:
    """Find addresses: a street or an estate with a number, a village, a post box, a postal code.

    A town alone is left: where somebody was treated is not where they live.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind address.

    Examples
    --------
    >>> text = "lives at 12 Harbour Lane, Apt 4B; 患者住在杭州市西湖区文三路138号2幢301室。"
    >>> [text[span.start : span.end] for span in find_addresses(text)]
    ['12 Harbour Lane, Apt 4B', '杭州市西湖区文三路138号2幢301室']
    """
    found = chain.from_iterable(shape.finditer(text) for shape in (*ENGLISH, *CHINESE))
    yield from spans_of(Kind.ADDRESS, found)
    for match in chain(HOUSES.finditer(text), VILLAGE.finditer(text)):
        start = _begin(text, match.start())
        if start < match.start():
            yield Span(start, match.end(), Kind.ADDRESS)


def _begin(text: str, end: int) -> int:
    # Backwards from the house: a pattern that seeks region after region tries without end.
    start = end
    while start > max(0, end - FARTHEST) and _is_of_a_place(text, start - 1):
        start -= 1
    return start


def _is_of_a_place(text: str, at: int) -> bool:
    if "自由" in text[max(0, at - 1) : at + 2]:
        return True
    return "\u4e00" <= text[at] <= "\u9fff" and text[at] not in NOT_IN_A_PLACE
