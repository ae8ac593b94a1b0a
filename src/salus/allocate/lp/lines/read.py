"""Reads a programme from an LP file, and refuses what is not whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from salus.allocate.lp.lines.sentences import (
    MisreadError,
    Reader,
    Sum,
    by_line,
    gathering,
    statements,
)
from salus.allocate.lp.lines.words import TORN, split
from salus.allocate.lp.program import INFINITE_COST, LinearProgram, Sense
from salus.allocate.lp.text import gather_crossed, text_of
from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.lines.words import Word

TURNED = {"<=": ">=", ">=": "<=", "=": "="}


def read_lp(path: Path | str) -> LinearProgram:
    """Read a linear programme in the LP format, plain or packed by gzip.

    Parameters
    ----------
    path : Path or str
        The file. It begins with Minimize or Maximize and ends with End; rows end with a number,
        and each stands in lines of its own.

    Returns
    -------
    LinearProgram
        With names.

    Raises
    ------
    InputError
        If the file is none, or is not whole; every fault is named with its line.
    """
    path = Path(path)
    faults = Faults()
    sections = split(text_of(path), path.name, faults)
    missing = [name for name in ("rows", "end") if sections and name not in sections]
    if missing or not sections:
        called = {"rows": "Subject To", "end": "End"}
        names = ", ".join(called[name] for name in missing) or "Minimize, Maximize"
        if sections or not len(faults):
            what = say("the file is not whole: {names} is missing", names=names)
            faults.add(what, Where(path.name), say("fetch the file again, or write it to its end"))
        if "rows" not in sections:
            faults.stop()
    draft = _Draft(path.name, faults)
    draft.objective([*sections.get("min", []), *sections.get("max", [])])
    for words in statements(sections["rows"]):
        draft.row(words)
    for words in by_line(sections.get("bounds", [])):
        draft.bound(words)
    for kind in ("whole", "binary"):
        draft.marked(sections.get(kind, []), binary=kind == "binary")
    draft.look()
    faults.stop()
    return draft.program(Sense.MAX if "max" in sections else Sense.MIN)


@dataclass(slots=True)
class _Row:
    name: str
    total: Sum
    low: float
    high: float
    line: int


@dataclass(slots=True)
class _Draft:
    """A programme while its lines are read."""

    source: str
    faults: Faults
    goal: Sum = field(default_factory=Sum)
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[_Row] = field(default_factory=list)
    bounds: dict[str, list[float]] = field(default_factory=dict)
    bounded: dict[str, int] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def objective(self, words: list[Word]) -> None:
        if self._torn(words):
            return
        reader = Reader(words)
        reader.label()
        with gathering(self.source, self.faults):
            self.goal = reader.total(INFINITE_COST)
            self._know(self.goal)
            if reader.word() is not None:
                raise MisreadError(say("the objective is compared with something"), reader.word())

    def row(self, words: list[Word]) -> None:
        if self._torn(words):
            return
        reader = Reader(words)
        name = reader.label() or f"row{len(self.rows)}"
        with gathering(self.source, self.faults):
            total, low, high = _sides(reader)
            if not total.terms:
                raise MisreadError(say("a variable is missing"), reader.last)
            self._know(total)
            self.rows.append(_Row(name, total, low, high, words[0].line))

    def bound(self, words: list[Word]) -> None:
        if self._torn(words, known=True):
            return
        free = words[-1].text.lower() == "free" and len(words) == 2  # noqa: PLR2004
        with gathering(self.source, self.faults):
            if free:
                total, low, high = Sum({words[0].text: 1.0}), -np.inf, np.inf
            else:
                total, low, high = _sides(Reader(words))
            if list(total.terms.values()) != [1.0]:
                raise MisreadError(say("a bound is of one variable"), words[0])
            name = next(iter(total.terms))
            if name not in self.columns:
                raise MisreadError(say("there is no such variable"), words[0])
            kept = self.bounds.setdefault(name, [0.0, np.inf])
            self.bounded[name] = words[0].line
            # A side that a line does not speak of stays as it was.
            if free or low > -np.inf or _says(words, "-inf"):
                kept[0] = low
            if free or high < np.inf:
                kept[1] = high

    def marked(self, words: list[Word], *, binary: bool) -> None:
        for word in words:
            with gathering(self.source, self.faults):
                if word.text not in self.columns:
                    raise MisreadError(say("there is no such variable"), word)
            self.whole.add(word.text)
            if binary:
                self.bounds[word.text] = [0.0, 1.0]

    def look(self) -> None:
        """Gather what no single sentence shows: names given twice, and sides that cross."""
        seen: set[str] = set()
        for row in self.rows:
            if row.name in seen:
                remedy = say("give each row a name of its own")
                where = Where(self.source, row.line)
                self.faults.add(say("this row comes twice"), where, remedy, row.name[:40])
            seen.add(row.name)
            gather_crossed((row.name, row.low, row.high), Where(self.source, row.line), self.faults)
        for name, (low, high) in self.bounds.items():
            where = Where(self.source, self.bounded.get(name))
            gather_crossed((name, low, high), where, self.faults)

    def _torn(self, words: list[Word], *, known: bool = False) -> bool:
        # What follows from a word that was not understood is no fault of its own.
        if all(word.kind != TORN for word in words):
            return False
        for word, coming in zip(words, [*words[1:], None], strict=True):
            if word.kind == "name" and not known and (coming is None or coming.text != ":"):
                self.columns.setdefault(word.text, len(self.columns))
        return True

    def _know(self, total: Sum) -> None:
        for name in total.terms:
            self.columns.setdefault(name, len(self.columns))

    def program(self, sense: Sense) -> LinearProgram:
        n, m = len(self.columns), len(self.rows)
        matrix = sparse.lil_array((m, n))
        for i, row in enumerate(self.rows):
            for name, value in row.total.terms.items():
                matrix[i, self.columns[name]] = value
        ends = np.array([self.bounds.get(name, [0.0, np.inf]) for name in self.columns])
        try:
            return LinearProgram(
                np.array([self.goal.terms.get(name, 0.0) for name in self.columns]),
                sparse.csc_array(matrix),
                np.array([row.low for row in self.rows]),
                np.array([row.high for row in self.rows]),
                ends.reshape(n, 2)[:, 0],
                ends.reshape(n, 2)[:, 1],
                sense,
                columns=tuple(self.columns),
                rows=tuple(row.name for row in self.rows),
                integral=np.array([name in self.whole for name in self.columns], np.bool_),
                offset=self.goal.constant,
            )
        except ValueError as error:
            for what in str(error).split("; "):
                said = say("no programme: {what}", what=what)
                self.faults.add(said, Where(self.source), say("mend the file"))
            self.faults.stop()
            raise


def _says(words: list[Word], text: str) -> bool:
    return text in "".join(word.text for word in words)


def _sides(reader: Reader) -> tuple[Sum, float, float]:
    # [number compared] sum compared number
    begin, first = reader.at, reader.number()
    sides = {"<=": np.inf, ">=": -np.inf}
    if first is not None and reader.text() in {"<=", ">=", "="}:
        sign = TURNED[reader.compared()]
        sides |= {">=": first, "<=": first} if sign == "=" else {sign: first}
        total = reader.total()
        if reader.word() is None:
            return total, sides[">="] - total.constant, sides["<="] - total.constant
    else:
        reader.at = begin
        total = reader.total()
    sign, last = reader.compared(), reader.number()
    if last is None or reader.word() is not None:
        raise MisreadError(say("a row ends with one number"), reader.last)
    sides |= {">=": last, "<=": last} if sign == "=" else {sign: last}
    return total, sides[">="] - total.constant, sides["<="] - total.constant
