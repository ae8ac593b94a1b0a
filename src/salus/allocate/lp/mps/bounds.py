"""The section BOUNDS: between which values each variable may lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.mps.entries import floats
from salus.allocate.lp.mps.swift import fields_of
from salus.allocate.lp.text import gather_crossed
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.allocate.lp.mps.cards import Section
    from salus.allocate.lp.program import Flags, Floats
    from salus.core.errors import Faults

VALUED = {"UP", "LO", "FX", "UI", "LI"}
BARE = {"FR", "MI", "PL", "BV"}
SIMPLE = (b"UP", b"LO", b"FX")
SET, NAME, VALUE, FULL = 1, 2, 3, 4  # fields after the kind, and of a card with all of them


class Bounds:
    """The bounds of all variables, as card after card tells them.

    Parameters
    ----------
    columns : mapping of str to int
        Number of each variable by name.
    whole : ndarray of bool, shape (n,)
        Which must be whole numbers; grows by those whose bounds say so.
    """

    def __init__(self, columns: Mapping[str, int], whole: Flags) -> None:
        self.columns, self.whole = columns, whole
        self.lower: Floats = np.zeros(len(columns))
        # By old custom, a whole number without bounds is 0 or 1.
        self.upper: Floats = np.where(whole, 1.0, np.inf)
        self._told: dict[tuple[str, int], int] = {}

    def read(self, section: Section, source: str, faults: Faults) -> None:
        """Read the cards; what is wrong is gathered by line.

        Parameters
        ----------
        section : Section
            BOUNDS.
        source : str
            Name of the file, for the faults.
        faults : Faults
            Gathers what is wrong.
        """
        if self._swiftly(section):
            self._crossed(source, faults)
            return
        read = [_fields(card) for card in section.cards]
        texts = [fields[VALUE - 1] or "0" for fields in read]
        values = floats(texts, section.lines, source, faults)
        sets = {fields[3] for fields in read}
        if len(sets) > 1:
            say_sets(source, section.lines[0], faults)
        for (kind, name, text, _), value, line in zip(
            read, values.tolist(), section.lines, strict=True
        ):
            where = Where(source, line)
            if kind not in VALUED | BARE or (kind in VALUED) != bool(text):
                remedy = say("write one of {kinds} with what it needs", kinds="UP, LO, FX, FR, MI")
                faults.add(say("this bound is none that is known"), where, remedy, kind[:40])
            elif name not in self.columns:
                remedy = say("name a variable of the section COLUMNS")
                faults.add(say("there is no such variable"), where, remedy, name[:40])
            else:
                self._take(kind, self.columns[name], value, where, faults)
        self._below_zero(source, faults)
        self._crossed(source, faults)

    def _crossed(self, source: str, faults: Faults) -> None:
        wrong = np.flatnonzero(
            ~((self.lower <= self.upper) & (self.lower < np.inf) & (self.upper > -np.inf))
        )
        if not wrong.size:
            return
        names = list(self.columns)
        lines = {column: line for (_, column), line in self._told.items()}
        for column in wrong.tolist():
            sides = names[column], float(self.lower[column]), float(self.upper[column])
            gather_crossed(sides, Where(source, lines.get(column)), faults)

    def _swiftly(self, section: Section) -> bool:
        # The plain case at once: one set, kinds with a value, each side given once.
        fields = fields_of(section)
        if fields is None or not (fields.count == FULL).all():
            return False
        kinds = fields.take(fields.first)
        if not np.isin(kinds, SIMPLE).all() or np.unique(fields.take(fields.first + 1)).size > 1:
            return False
        index = {name.encode(): number for name, number in self.columns.items()}
        texts = fields.take(fields.first + 3).tolist()
        try:
            at = np.array([index[name] for name in fields.take(fields.first + 2).tolist()])
            values = np.array(list(map(float, texts)), np.float64)
        except (KeyError, ValueError):
            return False
        up, low = kinds != b"LO", kinds != b"UP"
        once = all(np.unique(at[side]).size == side.sum() for side in (up, low))
        if not once or np.isnan(values).any() or (values[up] < 0).any() or b"_" in b"".join(texts):
            return False
        # A whole number with a lower bound alone has no upper one.
        self.upper[at[kinds == b"LO"]] = np.inf
        self.upper[at[up]], self.lower[at[low]] = values[up], values[low]
        return True

    def _take(self, kind: str, column: int, value: float, where: Where, faults: Faults) -> None:
        for side in _sides(kind):
            if (side, column) in self._told:
                faults.add(say("this bound was given before"), where, say("write it once"), kind)
            self._told[side, column] = where.row or 0
        if kind in {"LO", "FX", "LI"}:
            self.lower[column] = value
        if kind in {"UP", "FX", "UI"}:
            self.upper[column] = value
        if kind in {"FR", "MI"}:
            self.lower[column] = -np.inf
        if kind in {"FR", "PL"} or ((kind in {"LO", "MI", "LI"}) and not self._has_upper(column)):
            self.upper[column] = np.inf
        if kind == "BV":
            self.lower[column], self.upper[column] = 0.0, 1.0
        if kind in {"BV", "UI", "LI"}:
            self.whole[column] = True

    def _has_upper(self, column: int) -> bool:
        return ("upper", column) in self._told

    def _below_zero(self, source: str, faults: Faults) -> None:
        for (side, column), line in self._told.items():
            if side == "upper" and self.upper[column] < 0 and ("lower", column) not in self._told:
                what = say("an upper bound below 0 stands without a lower bound")
                remedy = say("write a lower bound too (MI for none): programs differ in what it is")
                faults.add(what, Where(source, line), remedy, float(self.upper[column]))


def say_sets(source: str, line: int, faults: Faults) -> None:
    """Say that a section holds several sets, of which one only can be meant."""
    what = say("this section holds several sets")
    faults.add(what, Where(source, line), say("keep the set that is meant"))


def _sides(kind: str) -> tuple[str, ...]:
    if kind in {"LO", "LI", "MI"}:
        return ("lower",)
    return ("upper",) if kind in {"UP", "UI", "PL"} else ("lower", "upper")


def _fields(card: list[str]) -> tuple[str, str, str, str]:
    # Kind, name, value and set; the set may be left out, and some kinds have no value.
    kind, rest = card[0].upper(), card[1:]
    if kind in BARE:
        rest = rest[:2]  # some programs write a value there that means nothing
        return (kind, rest[-1] if rest else "", "", rest[0] if len(rest) > 1 else "")
    if len(rest) == VALUE:
        return (kind, rest[1], rest[2], rest[0])
    return (kind, rest[0], rest[1], "") if len(rest) == NAME else (kind, "", "", "")
