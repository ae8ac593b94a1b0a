"""From the cards of an MPS file to a programme."""

from __future__ import annotations

from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from salus.allocate.lp.mps.bounds import Bounds, say_sets
from salus.allocate.lp.mps.entries import entries, repeats
from salus.allocate.lp.program import (
    INFINITE_COEFFICIENT,
    INFINITE_COST,
    LinearProgram,
    Sense,
)
from salus.allocate.lp.text import gather_crossed
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.mps.cards import Numbers
    from salus.allocate.lp.mps.entries import Entries
    from salus.allocate.lp.mps.sections import Section
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults

KINDS = FREE, LESS, MORE, SAME = range(4)
KIND_OF = np.full(256, -1)
KIND_OF[list(b"NLGE")] = KIND_OF[list(b"nlge")] = KINDS
KIND_AND_NAME = 2  # fields of a row
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
        self.rows, self.kinds = self._rows()
        objective = self.kinds == FREE
        if not objective.any():
            remedy = say("write a row of kind N, the objective")
            faults.add(say("no row is the objective"), Where(source), remedy)
        self.m = int((~objective).sum())
        # The rows of kind N come after the others, and last the place of what is no row.
        after = np.where(objective, self.m + np.cumsum(objective), np.cumsum(~objective)) - 1
        self.most = self.m + max(1, int(objective.sum()))
        self.number = np.append(after, self.most)

    def program(self) -> LinearProgram | None:
        """Put the sections together; ``None`` where there are faults."""
        plain, marks = _without_marks(self.sections["COLUMNS"])
        sets = [name for name in ("RHS", "RANGES") if name in self.sections]
        labels, (filled, *told) = self._entries([plain, *(self.sections[name] for name in sets)])
        n = int(filled.which.max(initial=-1)) + 1
        columns = labels.slice(0, n)
        self._once(filled)
        self._finite(filled)
        whole = np.zeros(n, np.bool_)
        if marks.size:
            inside = np.searchsorted(marks, filled.lines) % 2 == 1
            whole[filled.which[inside]] = True
        sides, offset = self._sides(dict(zip(sets, told, strict=True)))
        bounds = Bounds(columns, whole)
        if "BOUNDS" in self.sections:
            bounds.read(self.sections["BOUNDS"], self.source, self.faults)
        if len(self.faults):
            return None
        cost = filled.rows == self.m
        return self._stated(
            c=np.bincount(filled.which[cost], filled.values[cost], n),
            matrix=_matrix(filled, self.m, n),
            row_lower=sides[0],
            row_upper=sides[1],
            lower=_endless(bounds.lower),
            upper=_endless(bounds.upper),
            sense=self._sense(),
            columns=tuple(columns.to_pylist()),
            rows=tuple(compress(self.rows.to_pylist(), (self.kinds != FREE).tolist())),
            integral=bounds.whole,
            offset=offset,
        )

    def _rows(self) -> tuple[pa.Array, Numbers]:
        # Their names and kinds, in the order of the file.
        cards = self.sections["ROWS"].cards
        good = cards.count == KIND_AND_NAME
        letters, sizes = cards.initials(cards.first[good])
        kind = np.where(sizes == 1, KIND_OF[letters], -1)
        good[good], kind = kind >= 0, kind[kind >= 0]
        for i in np.flatnonzero(~good).tolist():
            where, remedy = (
                Where(self.source, int(cards.lines[i])),
                say("write N, L, G or E, and a name"),
            )
            self.faults.add(say("this is no row"), where, remedy, " ".join(cards.card(i))[:40])
        names = cards.take(cards.first[good] + 1)
        told = names.dictionary_encode()
        again = repeats(told.indices.to_numpy())
        for i in again.tolist():
            where, remedy = (
                Where(self.source, int(cards.lines[good][i])),
                say("give each row a name of its own"),
            )
            self.faults.add(say("this row comes twice"), where, remedy, names[i].as_py()[:40])
        return told.dictionary, np.delete(kind, again)

    def _entries(self, sections: list[Section]) -> tuple[pa.Array, list[Entries]]:
        labels, found = entries(sections, self.rows, self.source, self.faults)
        return labels, [replace(each, rows=self.number[each.rows]) for each in found]

    def _sides(self, sets: dict[str, Entries]) -> tuple[tuple[Floats, Floats], float]:
        kinds, m = self.kinds[self.kinds != FREE], self.m
        side = self._set(sets.get("RHS"))
        low = np.where(kinds == LESS, -np.inf, side[:m])
        high = np.where(kinds == MORE, np.inf, side[:m])
        if "RANGES" in sets:
            spans = self._set(sets["RANGES"], missing=np.nan)[:m]
            ranged, size = ~np.isnan(spans), np.abs(spans)
            up = ranged & ((kinds == MORE) | ((kinds == SAME) & (spans >= 0)))
            down = ranged & ((kinds == LESS) | ((kinds == SAME) & (spans < 0)))
            high = np.where(up, side[:m] + size, high)
            low = np.where(down, side[:m] - size, low)
        low, high = _endless(low), _endless(high)
        self._crossed(low, high, sets.get("RHS"))
        # The side of the objective is what is taken from it.
        return (low, high), 0.0 - float(side[m])

    def _crossed(self, low: Floats, high: Floats, told: Entries | None) -> None:
        right = (low <= high) & (low < np.inf) & (high > -np.inf)
        for i in np.flatnonzero(~right).tolist():
            name = self.rows.filter(pa.array(self.kinds != FREE))[i].as_py()
            lines = [] if told is None else told.lines[told.rows == i].tolist()
            where = Where(self.source, int(lines[0]) if lines else None)
            gather_crossed((name, float(low[i]), float(high[i])), where, self.faults)

    def _set(self, told: Entries | None, missing: float = 0.0) -> Floats:
        values = np.full(self.most + 1, missing)
        if told is not None:
            self._once(replace(told, which=np.zeros_like(told.which)))
            if (told.which != told.which[:1]).any():
                say_sets(self.source, int(told.lines[0]), self.faults)
            values[told.rows] = told.values
        return values

    def _once(self, told: Entries) -> None:
        known = np.flatnonzero(told.rows < self.most)
        for i in known[repeats((told.which * self.most + told.rows)[known])].tolist():
            what, remedy = say("this number is given twice"), say("write each number once")
            self.faults.add(what, Where(self.source, int(told.lines[i])), remedy)

    def _finite(self, filled: Entries) -> None:
        most = np.where(filled.rows == self.m, INFINITE_COST, INFINITE_COEFFICIENT)
        for i in np.flatnonzero(~(np.abs(filled.values) < most)).tolist():
            what = say("this number is too large to be told from infinity")
            where, remedy = Where(self.source, int(filled.lines[i])), say("measure in another unit")
            self.faults.add(what, where, remedy, float(filled.values[i]))

    def _sense(self) -> Sense:
        section = self.sections.get("OBJSENSE")
        if section is None:
            return Sense.MIN
        cards = section.cards
        words = [
            *section.header[1:],
            *(word for i in range(cards.first.size) for word in cards.card(i)),
        ]
        return SENSES.get(words[0].upper() if words else "", Sense.MIN)

    def _stated(self, **parts: Any) -> LinearProgram | None:  # noqa: ANN401 - the parts of one value
        try:
            return LinearProgram(**parts)
        except ValueError as error:
            for what in str(error).split("; "):
                where, remedy = Where(self.source), say("mend the file")
                self.faults.add(say("no programme: {what}", what=what), where, remedy)
            return None


def _matrix(filled: Entries, m: int, n: int) -> sparse.csc_array:
    kept = filled.rows < m  # the rows of kind N come after
    rows, which, values = filled.rows[kept], filled.which[kept], filled.values[kept]
    key = which * m + rows
    if not (key[1:] > key[:-1]).all():
        order = np.argsort(key)
        rows, which, values = rows[order], which[order], values[order]
    ends = np.concatenate([[0], np.cumsum(np.bincount(which, minlength=n))])
    return sparse.csc_array((values, rows, ends), shape=(m, n))


def _without_marks(section: Section) -> tuple[Section, Numbers]:
    # Of the cards that part whole numbers from others, the lines alone count.
    cards = section.cards
    if not cards.hold(MARKER[0]):
        return section, cards.lines[:0]
    fields = np.flatnonzero(pc.equal(cards.texts, MARKER).to_numpy(zero_copy_only=False))
    card = np.searchsorted(cards.first, fields, "right") - 1
    marked = np.zeros(cards.first.size, np.bool_)
    marked[card[(card >= 0) & (fields < (cards.first + cards.count)[card])]] = True
    return replace(section, cards=cards.only(~marked)), cards.lines[marked]


def _endless(values: Floats) -> Floats:
    endless = np.abs(values) >= NO_LIMIT
    return np.where(endless, np.copysign(np.inf, values), values) if endless.any() else values
