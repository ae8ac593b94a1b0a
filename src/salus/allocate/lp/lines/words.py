"""The words of an LP file: numbers, names and signs, by section, each with its line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.errors import Faults

HEADS = {
    "min": ("minimize", "minimise", "minimum", "min"),
    "max": ("maximize", "maximise", "maximum", "max"),
    "rows": ("subject to", "such that", "st", "s.t.", "st."),
    "bounds": ("bounds", "bound"),
    "whole": ("general", "generals", "gen", "integer", "integers", "int"),
    "binary": ("binary", "binaries", "bin"),
    "end": ("end",),
}
SECTIONS = {word: kind for kind, words in HEADS.items() for word in words}
WORD = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<name>[A-Za-z_!#$%&@{}~?'\"`|()][^\s+\-*/^<>=:\[\]\\]*)"
    r"|(?P<sign><=|=<|>=|=>|<|>|=|\+|-|:))"
)
OTHERS = re.compile(
    r"(semi(-continuous)?|semis|sos[12]?|pwlobj|sc|general constraints?|lazy constraints|user cuts)"
    r":?",
    re.IGNORECASE,
)
"""Sections that other programs write, for what is no linear programme."""
TORN = "torn"
SAME = {"<": "<=", "=<": "<=", ">": ">=", "=>": ">="}
ENDLESS = {"inf", "infinity"}


@dataclass(frozen=True, slots=True)
class Word:
    """One word.

    Parameters
    ----------
    text : str
        As it stands; comparisons as ``<=``, ``>=`` or ``=``.
    kind : str
        ``number``, ``name``, ``sign``, or ``torn`` where something was not understood.
    line : int
        Its line in the file.
    """

    text: str
    kind: str
    line: int


def split(text: str, source: str, faults: Faults) -> dict[str, list[Word]]:
    r"""Split a file into the words of each section.

    Parameters
    ----------
    text : str
        The file; a backslash opens a comment.
    source : str
        Its name, for the faults.
    faults : Faults
        Gathers what is wrong.

    Returns
    -------
    dict of str to list of Word
        By kind of section, in the order of the file.

    Examples
    --------
    >>> from salus.core.errors import Faults
    >>> [word.text for word in split("Min\n 2 x\nEnd\n", "a.lp", Faults())["min"]]
    ['2', 'x']
    """
    found: dict[str, list[Word]] = {}
    section: list[Word] | None = None
    for number, whole in enumerate(text.splitlines(), 1):
        line = whole.partition("\\")[0].strip()
        kind = SECTIONS.get(" ".join(line.lower().split()))
        if kind:
            section = found.setdefault(kind, [])
        elif section is not None and OTHERS.fullmatch(line):
            what, remedy = say("this section is not of a linear programme"), say("leave it out")
            faults.add(what, Where(source, number), remedy, line)
            section = []
        elif line and section is None:
            what, remedy = say("this is no LP file"), say("begin with Minimize or Maximize")
            faults.add(what, Where(source, number), remedy)
            return {}
        elif section is not None:
            section.extend(_words(line, number, source, faults))
        if kind == "end":
            break
    return found


def _words(line: str, number: int, source: str, faults: Faults) -> list[Word]:
    found: list[Word] = []
    at = 0
    while at < len(line):
        match = WORD.match(line, at)
        if match is None or match.lastgroup is None:
            if not any(each.kind == TORN for each in found):
                remedy = say("write numbers with a point, names and + - <= >= = :")
                rest = line[at:].strip()[:40]
                faults.add(say("this is not understood"), Where(source, number), remedy, rest)
                found.append(Word("", TORN, number))
            at += 1
            continue
        word, kind = match[match.lastgroup], match.lastgroup
        if kind == "name" and word.lower() in ENDLESS:
            word, kind = "inf", "number"
        if kind == "name" and word.lower() == "nan":
            what, remedy = (
                say("this is no number"),
                say("write a number such as {example}", example="12.5"),
            )
            faults.add(what, Where(source, number), remedy, word)
            word, kind = "0", "number"
        found.append(Word(SAME.get(word, word), kind, number))
        at = match.end()
    return found
