"""What tells who somebody is, replaced by marks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.address import find_addresses
from salus.trust.masking.birth import find_births
from salus.trust.masking.chinese import find_chinese_names
from salus.trust.masking.contact import find_emails, find_phones
from salus.trust.masking.english import find_english_names
from salus.trust.masking.folding import folded
from salus.trust.masking.identity import find_identity, find_records
from salus.trust.masking.known import Known, find_known
from salus.trust.masking.span import Kind, Span, joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.core.messages import Message

FINDERS = (
    find_identity,
    find_records,
    find_phones,
    find_emails,
    find_addresses,
    find_births,
    find_english_names,
    find_chinese_names,
)
NOTHING = Known()
SHORTEST = 3
"""Signs of a name that is looked for again in the same text."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without what was found in it.

    Parameters
    ----------
    text : str
        With a mark in the place of each span.
    spans : tuple of Span
        What was found, by its places in the text as it was, in order.
    """

    text: str
    spans: tuple[Span, ...]

    @property
    def counts(self) -> tuple[tuple[Kind, int], ...]:
        """How many spans of each kind that was found."""
        found = Counter(span.kind for span in self.spans)
        return tuple((kind, found[kind]) for kind in Kind if kind in found)


def mask(text: str, known: Known = NOTHING, mark: Callable[[Message], str] = str) -> Masked:
    """Replace names, numbers, places and dates of birth by marks of their kind.

    English and Chinese are looked for at once, as notes mix them. Rules find what looks like an
    identifier and what the record knows; a name found once is found again in the same text. They
    overlook a name without title or cue, a nickname, a slip in a name that is known, and whatever
    tells who somebody is without naming them. A masked text is safer, not anonymous.

    Parameters
    ----------
    text : str
        Free text.
    known : Known
        What the record says of the people it may name: the surest way to find them.
    mark : callable
        Says the mark of a kind in the reader's language; English when left out.

    Returns
    -------
    Masked

    Examples
    --------
    >>> note = "Mrs. Jane Doe (DOB 03/07/1950, 305-555-0187) has Parkinson's disease."
    >>> mask(note).text
    "Mrs. [NAME] (DOB [DATE OF BIRTH], [PHONE]) has Parkinson's disease."
    >>> mask("患者王小明，住院号：20260301，电话13800138000，诊断：帕金森病。").text
    '患者[NAME]，住院号：[RECORD NUMBER]，电话[PHONE]，诊断：帕金森病。'

    References
    ----------
    Neamatullah, I. and others (2008). Automated de-identification of free-text medical records. BMC
    Medical Informatics and Decision Making 8, 32.
    """
    plain = folded(text)
    found = [span for find in FINDERS for span in find(plain)]
    again = find_known(plain, _named_here(plain, found))
    spans = joined(chain(found, again, find_known(plain, known)))
    return Masked(_marked(text, spans, mark), spans)


def _named_here(text: str, found: list[Span]) -> Known:
    # Whom a title named once, the rest of a note often calls by the family name alone.
    names = {text[span.start : span.end] for span in found if span.kind is Kind.NAME}
    return Known(names=tuple(sorted(name for name in names if len(name) >= SHORTEST)))


def _marked(text: str, spans: tuple[Span, ...], mark: Callable[[Message], str]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], mark(span.kind.mark)]
        at = span.end
    return "".join([*parts, text[at:]])
