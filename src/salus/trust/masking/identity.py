"""Numbers that a state or a hospital gave to a person."""

from __future__ import annotations

import re
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.span import GAP, Kind, Span, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
PROVINCES = frozenset(
    chain(
        *(range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55)),
        *(range(61, 66), (71, 81, 82, 83)),
    )
)
"""First two digits (GB/T 2260)."""

RESIDENT = re.compile(r"(?<![0-9A-Za-z])(?P<it>[1-9][0-9]{16}[0-9Xx])(?![0-9A-Za-z])")
APART = re.compile(
    r"(?<![0-9A-Za-z])(?P<it>[1-9][0-9]{5}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx])(?![0-9A-Za-z])"
)
SOCIAL = re.compile(
    r"(?<![\w.-])(?P<it>[0-9]{3}([- ])[0-9]{2}\2[0-9]{4})(?![\w-])(?!\.[0-9])", re.ASCII
)
CUED = re.compile(
    r"(?:\b(?:SSN|social security|passport|national id|identity (?:card|number))"
    r"(?: (?:number|no\.?|card))*|身份证件?|护照|军官证|港澳通行证|驾驶证)"
    rf"(?:号码|号)?{GAP}(?:is |为|是)?{GAP}"
    r"(?P<it>[A-Za-z]{0,3}(?:[ -]?[0-9]){4,18}[A-Za-z]?)(?![A-Za-z0-9])",
    re.IGNORECASE | re.ASCII,
)
RECORD_WORDS = (
    r"\b(?:MRN|(?:medical |hospital |health |case )?record|chart|hospital|patient|case|account|acct"
    r"|visit|encounter|admission|member|policy|insurance|medicare|medicaid|NHS|accession|specimen)"
    r"(?: (?:number|no\b\.?|num\b|id\b|identifier|#))+|\bMRN\b|\bMR ?#|\b(?:chart|acct) ?#"
    r"|\b(?:NHS|Medicare)(?= [0-9][0-9A-Z]{2,3}[ -][0-9A-Z]{3})"
    r"|(?:病历|病案|住院|门诊|急诊|就诊|就诊卡|诊疗卡|医保|医保卡|社保卡|社会保障|登记|档案|健康卡"
    r"|标本|条码|检查|影像|流水|住院病案)(?:号码|卡号|编号|号)|(?:病人|患者)(?:ID|编号)"
)
RECORD = re.compile(
    rf"(?:{RECORD_WORDS}){GAP}(?:is |was |为|是)?{GAP}"
    r"(?P<it>(?=[A-Z-/]*[0-9][A-Z0-9/-]*[0-9])[A-Z0-9]+(?:[-/][A-Z0-9]+| [0-9]{3,})*)",
    re.IGNORECASE | re.ASCII,
)


def resident_check_digit(number: str) -> str:
    """Work out the last sign of a Chinese resident identity number.

    Parameters
    ----------
    number : str
        Its first 17 digits; what follows is not looked at.

    Returns
    -------
    str
        A digit or X.

    Examples
    --------
    >>> resident_check_digit("11010519491231002")
    'X'

    References
    ----------
    GB 11643-1999, Citizen identification number; ISO 7064, MOD 11-2.
    """
    return CHECK_DIGITS[sum(w * int(digit) for w, digit in zip(WEIGHTS, number, strict=False)) % 11]


def find_identity(text: str) -> Iterator[Span]:
    """Find Chinese resident numbers, US social security numbers, and others by their cue.

    A resident number is one of 18 digits with a province and a date, or with the right last digit
    where it is written in three parts. A slip in any other place is still found.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind identity.

    Examples
    --------
    >>> [span.start for span in find_identity("11010519491231002X, not 123456789012345678")]
    [0]
    """
    whole = (match for match in RESIDENT.finditer(text) if _is_resident(match["it"]))
    apart = (match for match in APART.finditer(text) if _checks(re.sub("[ -]", "", match["it"])))
    others = chain(SOCIAL.finditer(text), CUED.finditer(text))
    return spans_of(Kind.IDENTITY, chain(whole, apart, others))


def find_records(text: str) -> Iterator[Span]:
    """Find record, visit and insurance numbers by the words before them.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind record; at least two digits.

    Examples
    --------
    >>> [span.start for span in find_records("MRN: 00482913, 住院号 ZY20260301")]
    [5, 19]
    """
    return spans_of(Kind.RECORD, RECORD.finditer(text))


def _is_resident(number: str) -> bool:
    if int(number[:2]) not in PROVINCES:
        return False
    year, month, day = (int(number[at:to]) for at, to in ((6, 10), (10, 12), (12, 14)))
    try:
        date(year, month, day)
    except ValueError:
        return _checks(number)
    return 1880 <= year <= 2100 or _checks(number)  # noqa: PLR2004 - years in which people live


def _checks(number: str) -> bool:
    return resident_check_digit(number) == number[-1].upper()
