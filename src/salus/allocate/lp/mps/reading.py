"""From the cards of an MPS file to a programme."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from salus.allocate.lp.mps.bounds import Bounds, say_sets
from salus.allocate.lp.mps.cards import Section
from salus.allocate.lp.mps.entries import entries
from salus.allocate.lp.program import (
    INFINITE_COEFFICIENT,
    INFINITE_COST,
    LinearProgram,
    Sense,
)
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.allocate.lp.mps.entries import Entries
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults

FREE, LESS, MORE, SAME = "N", "L", "G", "E"
NO_LIMIT = 1e20  # many programs write 1e30 for infinity
MARKER = "'MARKER'"
SENSES = {"MIN": Sense.MIN, "MINIMIZE": Sense.MIN, "MAX": Sense.MAX, "MAXIMIZE": Sense.MAX}


class Reading:
    """One file on its way to a programme.

    Parameters
    ----------
    sections : dict of str to Section
        The file, cut into its cards.
    source : str
        Its name, for the faults.
    faults : Faults
        Gathers what is wrong.
    """

    def __init__(self, sections: dict[str, Section], source: str, faults: Faults) -> None:
        self.sections, self.source, self.faults = sections, source, faults
        self.kinds: list[str] = []
        self.rows: list[str] = []
        self.index: dict[str, int] = {}
        self.free: list[str] = []

    def program(self) -> LinearProgram | None:
        """Put the sections together; ``None`` where there are faults."""
        self._read_rows()
        m = len(self.rows)
        plain, marks = _without_marks(self.sections["COLUMNS"])
        filled = entries(plain, self.index, self.source, self.faults)
        columns, which = filled.labels, filled.which
        self._once(filled.rows, which, filled.lines)
        self._finite(filled, m)
        whole = np.zeros(len(columns), np.bool_)
        if marks:
            inside = np.searchsorted(marks, filled.lines) % 2 == 1
            whole[which[inside]] = True
        sides, offset = self._sides(m)
        bounds = Bounds(dict(zip(columns, range(len(columns)), strict=True)), whole)
        if "BOUNDS" in self.sections:
            bounds.read(self.sections["BOUNDS"], self.source, self.faults)
        if len(self.faults):
            return None
        n = len(columns)
        cost, kept = filled.rows == m, filled.rows < m  # further rows of kind N come after
        c = np.bincount(which[cost], filled.values[cost], n)
        place = (filled.rows[kept], which[kept])
        return self._stated(
            c=c,
            matrix=sparse.csc_array((filled.values[kept], place), shape=(m, n)),
            row_lower=_endless(sides[0]),
            row_upper=_endless(sides[1]),
            lower=_endless(bounds.lower),
            upper=_endless(bounds.upper),
            sense=self._sense(),
            columns=tuple(columns),
            rows=tuple(self.rows),
            integral=bounds.whole,
            offset=offset,
        )

    def _read_rows(self) -> None:
        section = self.sections["ROWS"]
        for card, line in zip(section.cards, section.lines, strict=True):
            kind, name = (card[0].upper(), card[-1]) if len(card) == 2 else ("", "")  # noqa: PLR2004
            where = Where(self.source, line)
            if kind not in {FREE, LESS, MORE, SAME}:
                remedy = say("write N, L, G or E, and a name")
                self.faults.add(say("this is no row"), where, remedy, " ".join(card)[:40])
            elif name in self.index:
                remedy = say("give each row a name of its own")
                self.faults.add(say("this row comes twice"), where, remedy, name[:40])
            elif kind == FREE:
                self.free.append(name)
                self.index[name] = -1
            else:
                self.index[name] = len(self.rows)
                self.rows.append(name)
                self.kinds.append(kind)
        if not self.free:
            remedy = say("write a row of kind N, the objective")
            self.faults.add(say("no row is the objective"), Where(self.source), remedy)
        for place, name in enumerate(self.free):
            self.index[name] = len(self.rows) + place

    def _sides(self, m: int) -> tuple[tuple[Floats, Floats], float]:
        kinds, most = np.array(self.kinds, dtype="U1"), m + max(1, len(self.free))
        side = self._set("RHS", most)
        low = np.where(kinds == LESS, -np.inf, side[:m])
        high = np.where(kinds == MORE, np.inf, side[:m])
        spans = self._set("RANGES", most, missing=np.nan)[:m]
        ranged, size = ~np.isnan(spans), np.abs(spans)
        up = ranged & ((kinds == MORE) | ((kinds == SAME) & (spans >= 0)))
        down = ranged & ((kinds == LESS) | ((kinds == SAME) & (spans < 0)))
        high = np.where(up, side[:m] + size, high)
        low = np.where(down, side[:m] - size, low)
        # The side of the objective is what is taken from it.
        return (low, high), 0.0 - float(side[m])

    def _set(self, name: str, most: int, missing: float = 0.0) -> Floats:
        values = np.full(most, missing)
        if name in self.sections:
            section = self.sections[name]
            told = entries(section, self.index, self.source, self.faults, labelled=False)
            self._once(told.rows, np.zeros_like(told.rows), told.lines)
            if len(told.labels) > 1:
                say_sets(self.source, section.lines[0], self.faults)
            values[told.rows] = told.values
        return values

    def _once(
        self, rows: NDArray[np.int64], columns: NDArray[np.int64], lines: Sequence[int]
    ) -> None:
        keys = np.sort(columns * (len(self.index) + 1) + rows)
        if len(self.faults) or not (keys[1:] == keys[:-1]).any():
            return
        _, first = np.unique(columns * (len(self.index) + 1) + rows, return_index=True)
        for i in np.setdiff1d(np.arange(keys.size), first).tolist():
            remedy = say("write each number once")
            self.faults.add(say("this number is given twice"), Where(self.source, lines[i]), remedy)

    def _finite(self, filled: Entries, m: int) -> None:
        most = np.where(filled.rows == m, INFINITE_COST, INFINITE_COEFFICIENT)
        for i in np.flatnonzero(~(np.abs(filled.values) < most)).tolist():
            what = say("this number is too large to be told from infinity")
            where, remedy = Where(self.source, filled.lines[i]), say("measure in another unit")
            self.faults.add(what, where, remedy, float(filled.values[i]))

    def _sense(self) -> Sense:
        section = self.sections.get("OBJSENSE")
        if section is None:
            return Sense.MIN
        words = [*section.header[1:], *(word for card in section.cards for word in card)]
        return SENSES.get(words[0].upper() if words else "", Sense.MIN)

    def _stated(self, **parts: Any) -> LinearProgram | None:  # noqa: ANN401 - the parts of one value
        try:
            return LinearProgram(**parts)
        except ValueError as error:
            for what in str(error).split("; "):
                where, remedy = Where(self.source), say("mend the file")
                self.faults.add(say("no programme: {what}", what=what), where, remedy)
            return None


def _without_marks(section: Section) -> tuple[Section, list[int]]:
    if MARKER.encode() not in section.raw:
        return section, []
    kept, marks = [], []
    for number, line in enumerate(section.raw.decode().splitlines(), section.first):
        if MARKER in line:
            marks.append(number)
        # A comment keeps the place of a mark, so that the numbers of the lines stay.
        kept.append("*" if MARKER in line else line)
    raw = "\n".join([*kept, ""]).encode()
    return Section(section.header, raw, section.first, section.fixed), marks


def _endless(values: Floats) -> Floats:
    return np.where(np.abs(values) >= NO_LIMIT, np.copysign(np.inf, values), values)
