"""The sentences of an LP file: sums of terms, and what they are compared with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from salus.allocate.lp.program import INFINITE_COEFFICIENT
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.lp.lines.words import Word
    from salus.core.errors import Faults
    from salus.core.messages import Message

COMPARED = ("<=", ">=", "=")


class MisreadError(Exception):
    """A sentence that is none; what is wrong and in which line."""

    def __init__(self, what: Message, word: Word | None) -> None:
        super().__init__(str(what))
        self.what, self.word = what, word


@dataclass(slots=True)
class Sum:
    """A sum of terms and a number.

    Parameters
    ----------
    terms : dict of str to float
        Coefficient of each variable.
    constant : float
        What stands alone.
    """

    terms: dict[str, float] = field(default_factory=dict)
    constant: float = 0.0


class Reader:
    """Reads one word after another.

    Parameters
    ----------
    words : list of Word
        Of one section.
    """

    def __init__(self, words: list[Word]) -> None:
        self.words, self.at = words, 0

    def word(self, ahead: int = 0) -> Word | None:
        """Look at a word that comes."""
        return self.words[self.at + ahead] if self.at + ahead < len(self.words) else None

    def text(self, ahead: int = 0) -> str:
        """Look at the text of a word that comes; empty at the end."""
        word = self.word(ahead)
        return word.text if word else ""

    def label(self) -> str | None:
        """Take a label, if one comes."""
        word = self.word()
        if word is None or word.kind != "name" or self.text(1) != ":":
            return None
        self.at += 2
        return word.text

    def compared(self) -> str:
        """Take a comparison."""
        if self.text() not in COMPARED:
            raise MisreadError(say("a comparison is missing"), self.last)
        self.at += 1
        return self.words[self.at - 1].text

    @property
    def last(self) -> Word | None:
        """The word that comes, or the last one."""
        return self.word() or (self.words[-1] if self.words else None)

    def number(self) -> float | None:
        """Take a number with its signs, if one comes that is no coefficient."""
        begin, sign = self.at, self._signs()
        word = self.word()
        if word is None or word.kind != "number":
            self.at = begin
            return None
        self.at += 1
        return sign * float(word.text)

    def total(self, infinite: float = INFINITE_COEFFICIENT) -> Sum:
        """Take a sum of terms below a size, up to a comparison or the end."""
        found, first = Sum(), True
        while (word := self.word()) is not None and word.text not in COMPARED:
            if not first and word.text not in {"+", "-"}:
                raise MisreadError(say("a sign is missing between two terms"), word)
            self._term(found, infinite)
            first = False
        return found

    def _term(self, found: Sum, infinite: float) -> None:
        sign, word = self._signs(), self.word()
        value = 1.0
        if word is not None and word.kind == "number":
            if not float(word.text) < infinite:
                raise MisreadError(say("this number is too large to be told from infinity"), word)
            self.at += 1
            value, word = float(word.text), self.word()
            if word is None or word.kind != "name" or self.text(1) == ":":
                found.constant += sign * value
                return
        if word is None or word.kind != "name":
            raise MisreadError(say("a variable is missing"), self.last)
        if word.text in found.terms:
            raise MisreadError(say("this variable comes twice in one sum"), word)
        self.at += 1
        found.terms[word.text] = sign * value

    def _signs(self) -> float:
        sign = 1.0
        while self.text() in {"+", "-"}:
            sign = -sign if self.text() == "-" else sign
            self.at += 1
        return sign


def statements(words: list[Word]) -> Iterator[list[Word]]:
    """Part the words of the rows: one begins in a new line, with a label or after a whole row.

    Parameters
    ----------
    words : list of Word
        Of the section.

    Yields
    ------
    list of Word
        Of one row.
    """
    found: list[Word] = []
    for word, coming in zip_longest(words, words[1:]):
        if found and word.line != found[-1].line:
            compared = any(each.text in COMPARED for each in found)
            labelled = coming is not None and coming.text == ":"
            if labelled or (compared and found[-1].kind == "number"):
                yield found
                found = []
        found.append(word)
    if found:
        yield found


def by_line(words: list[Word]) -> list[list[Word]]:
    """Part the words of the bounds, each of which has a line."""
    return [list(group) for _, group in groupby(words, key=lambda word: word.line)]


@contextmanager
def gathering(source: str, faults: Faults) -> Iterator[None]:
    """Keep a misread sentence as a fault, and go on."""
    try:
        yield
    except MisreadError as error:
        line = error.word.line if error.word else None
        value = error.word.text[:40] if error.word else None
        remedy = say("write a row such as {example}", example="beds: 2 x + y <= 40")
        faults.add(error.what, Where(source, line), remedy, value)
