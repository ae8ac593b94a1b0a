"""Names in English text, by titles, by what comes before them, and by degrees behind them."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from salus.trust.masking.eponyms import is_illness, words
from salus.trust.masking.span import Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER = "A-ZÀ-ÖØ-Þ"
SMALL = "a-zß-öø-ÿ"
PART = f"(?:(?:O'|D'|Mc|Mac|St\\. )?[{LETTER}][{SMALL}]+(?:-[{LETTER}][{SMALL}]+){{0,3}})"
INITIAL = f"(?:[{LETTER}]\\.(?:-?[{LETTER}]\\.)?)"
PARTICLE = "(?:van der|van den|van|von|de la|de|del|della|di|da|dos|bin|al|el|la|le|ten)"
NAME = f"(?:(?:{PART}|{INITIAL})(?: (?:{PARTICLE} )?(?:{PART}|{INITIAL}|[{LETTER}]\\b)){{0,3}})"
WHOLE = f"(?:(?:{PARTICLE} )?{NAME})"
CAPITALS = f"(?:[{LETTER}][{LETTER}'-]{{1,29}}(?:,? [{LETTER}][{LETTER}'-]{{0,29}}\\.?){{0,3}})"
TITLE = (
    r"\b(?:Dr|DR|Doctor|Mr|MR|Mrs|MRS|Ms|MS|Miss|Mx|Prof|Professor|Sir|Dame"
    r"|Nurse(?: Practitioner| Specialist| Manager)?|Sister|Rev"
    r"|Reverend|Father|Rabbi|Imam)\b\.?"
)
CUE = (
    r"\b(?:[Pp]atient|[Pp]t|[Ss]igned|[Dd]ictated|[Rr]eviewed|[Ss]een|[Ee]xamined|[Rr]eferred"
    r"|[Ww]itnessed|[Dd]iscussed(?: the case| this| care)? with"
    r"|[Ss]poke (?:with|to)|[Cc]alled|[Cc]ontact|[Nn]ext of kin"
    r"|[Dd]aughter|[Ss]on|[Ww]ife|[Hh]usband|[Mm]other|[Ff]ather|[Bb]rother|[Ss]ister|[Ss]pouse"
    r"|[Pp]artner|[Aa]unt|[Uu]ncle|[Nn]iece|[Nn]ephew|[Cc]arer|[Cc]aregiver|[Ff]riend"
    r"|[Nn]eighbou?r|[Gg]uardian|[Gg]rand(?:son|daughter|mother|father)|[Pp]hysician|[Ss]urgeon"
    r"|[Aa]ttending|[Cc]onsultant|[Rr]esident|[Rr]egistrar|[Nn]urse|[Mm]idwife|[Pp]harmacist"
    r"|[Tt]herapist|[Pp]rovider|[Pp]ractitioner|GP|PCP|(?:gentle)?man|woman|lady|boy|girl)\b"
)
LINK = r"(?:,? (?:is|was|named|called|by|a (?:man|woman) named|of|to|for)\b)?"
FIELD = (
    r"\b(?i:(?:patient(?:'s)?|full|first|last|middle|family|given|maiden|physician|contact|guardian"
    r"|attending|provider|surgeon|emergency contact|next of kin)? ?(?:name|patient|physician"
    r"|surgeon|attending|provider|contact|signature|next of kin)|re|cc)(?: name)? ?[:=] ?"
)
DEGREE = r",? (?:M\.?D|D\.?O|R\.?N|N\.?P|PA-?C?|Ph\.?D|MBBS|FRCP|FRCS|FACP|PharmD|MSN|APRN|CRNA)\b"
CALLED = (
    r"\b(?:name is|named|known as|called|goes by|prefers|I am|I'm|Dear|Hi|Hello|to see"
    r"|I (?:have )?(?:saw|seen|met)) "
)

TITLED = re.compile(rf"{TITLE} (?P<it>{WHOLE}|{CAPITALS})")
SURE = [
    TITLED,
    re.compile(rf"{FIELD}(?:{TITLE} )?(?P<it>{WHOLE}(?:(?!{DEGREE}), {NAME})?|{CAPITALS})"),
    re.compile(rf"(?P<it>{PART}(?: (?:{PARTICLE} )?(?:{PART}|{INITIAL})){{1,3}}){DEGREE}"),
    re.compile(rf"(?P<it>{CAPITALS}){DEGREE}"),
    re.compile(rf"(?m)^(?P<it>(?:{PART}|{CAPITALS}), {NAME})(?= +(?:MRN|DOB|M\b|F\b|\())"),
]
LIKELY = [
    re.compile(rf"{CUE}{LINK}[ :(*,-]{{0,4}}(?!{TITLE})(?P<it>{WHOLE})"),
    re.compile(rf"(?P<it>{WHOLE})(?:,| is| was) an? [0-9]{{1,3}}[- ](?:year|yr|y/?o)"),
    re.compile(rf"{CALLED}(?!{TITLE})(?P<it>{WHOLE})"),
]


def find_english_names(text: str) -> Iterator[Span]:
    """Find names behind a title, a field or a cue such as *daughter*, or before a degree.

    What a title or a field announces is a name, unless it goes on as an illness. What a cue
    announces is none if its first word is an eponym or a word of notes.

    Parameters
    ----------
    text : str
        Folded.

    Yields
    ------
    Span
        Of kind name, without the title.

    Examples
    --------
    >>> text = "Dr. Ann Lee saw patient Tom Ray for Parkinson's disease; patient Crohn flare."
    >>> [text[span.start : span.end] for span in find_english_names(text)]
    ['Ann Lee', 'Tom Ray']
    """
    sure = (match for shape in SURE for match in shape.finditer(text))
    likely = (match for shape in LIKELY for match in shape.finditer(text))
    for match in chain(sure, (each for each in likely if not _is_clinical(each["it"]))):
        end = _end(match)
        if end > match.start("it") and not is_illness(text, match.start("it"), end):
            yield Span(match.start("it"), end, Kind.NAME)


def _is_clinical(name: str) -> bool:
    first = name.partition(" ")[0].removesuffix("'s")
    return not words("eponyms").isdisjoint(first.split("-"))


def _end(match: re.Match[str]) -> int:
    # "Dr Lee The" ends before the word that belongs to the next sentence.
    start, end = match.start("it"), match.start("it")
    for word in re.finditer(r"[^ ]+", match["it"]):
        if _ends_a_name(word, match):
            break
        end = start + word.end()
    kept = match.string[start:end]
    return end - (len(kept) - len(kept.rstrip(",")))


def _ends_a_name(word: re.Match[str], match: re.Match[str]) -> bool:
    plain = word.group().strip(".,").capitalize()
    if plain in words("names_too"):
        return match.re is not TITLED and word.group() == match["it"]
    return plain in words("not_names")
