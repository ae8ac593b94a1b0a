"""The section BOUNDS: between which values each variable may lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.lp.mps.entries import floats, places, repeats
from salus.allocate.lp.text import gather_crossed
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.mps.cards import Cards, Flags, Numbers
    from salus.allocate.lp.mps.sections import Section
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults

VALUED, BARE = ("UP", "LO", "FX", "UI", "LI"), ("FR", "MI", "PL", "BV")
KINDS = (*VALUED, *BARE)
GIVEN = np.nan  # the bound is what the card gives
LOWER = {"LO": GIVEN, "LI": GIVEN, "FX": GIVEN, "MI": -np.inf, "FR": -np.inf, "BV": 0.0}
UPPER = {"UP": GIVEN, "UI": GIVEN, "FX": GIVEN, "PL": np.inf, "FR": np.inf, "BV": 1.0}
WHOLE = np.array([kind in {"UI", "LI", "BV"} for kind in KINDS])
NAMED, FULL = 3, 4  # fields of a card with a value: without its set, and with it


class Bounds:
    """The bounds of all variables, as the cards tell them.

    Parameters
    ----------
    columns : Arrow array of str
        Names of the variables, by which they are numbered.
    whole : ndarray of bool, shape (n,)
        Which must be whole numbers; grows by those whose bounds say so.
    """

    def __init__(self, columns: pa.Array, whole: Flags) -> None:
        self.columns, self.whole = columns, whole
        self.lower: Floats = np.zeros(len(columns))
        # By old custom, a whole number without bounds is 0 or 1.
        self.upper: Floats = np.where(whole, 1.0, np.inf)
        self._lines = np.zeros(len(columns), np.int64)

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
        cards = section.cards
        kind = places(pc.utf8_upper(cards.take(cards.first)), pa.array(KINDS, pa.large_string()))
        valued = (kind >= 0) & (kind < len(VALUED))
        full = (cards.count == NAMED) | (cards.count == FULL)
        known = np.where(valued, full, (kind >= 0) & (cards.count > 1))
        # Some programs write a value after a kind without one; it means nothing.
        named = cards.first + np.where(valued, cards.count - 2, np.minimum(cards.count - 1, 2))
        values, given = np.zeros(kind.size), valued & known
        values[given] = floats(cards.take(named[given] + 1), cards.lines[given], source, faults)
        in_set = np.where(valued | (kind < 0), cards.count == FULL, cards.count >= NAMED)
        if len(cards.take(cards.first[in_set] + 1).unique()) + (not in_set.all()) > 1:
            say_sets(source, int(cards.lines[0]), faults)
        column = np.full(kind.size, -1)
        column[known] = places(cards.take(named[known]), self.columns)
        good = column >= 0
        if not good.all():
            _say_unknown(cards, np.where(known, named, -1), ~good, source, faults)
        self._take(
            kind[good], column[good], values[good], cards.lines[good], source=source, faults=faults
        )
        self._crossed(source, faults)

    def _take(
        self,
        kind: Numbers,
        column: Numbers,
        value: Floats,
        lines: Numbers,
        *,
        source: str,
        faults: Faults,
    ) -> None:
        low, lower = _side(LOWER, kind, value)
        up, upper = _side(UPPER, kind, value)
        for told in (low, up):
            for i in np.flatnonzero(told)[repeats(column[told])].tolist():
                what, remedy = say("this bound was given before"), say("write it once")
                faults.add(what, Where(source, int(lines[i])), remedy, KINDS[kind[i]])
        self.upper[column[~up]] = np.inf  # a whole number with a lower bound alone has no upper one
        self.lower[column[low]], self.upper[column[up]] = lower[low], upper[up]
        self.whole[column[WHOLE[kind]]] = True
        self._lines[column] = lines
        below = np.flatnonzero(up & (upper < 0))
        for i in below[~np.isin(column[below], column[low])].tolist():
            what = say("an upper bound below 0 stands without a lower bound")
            remedy = say("write a lower bound too (MI for none): programs differ in what it is")
            faults.add(what, Where(source, int(lines[i])), remedy, float(upper[i]))

    def _crossed(self, source: str, faults: Faults) -> None:
        right = (self.lower <= self.upper) & (self.lower < np.inf) & (self.upper > -np.inf)
        for column in np.flatnonzero(~right).tolist():
            name = self.columns[column].as_py()
            sides = name, float(self.lower[column]), float(self.upper[column])
            gather_crossed(sides, Where(source, int(self._lines[column])), faults)


def say_sets(source: str, line: int, faults: Faults) -> None:
    """Say that a section holds several sets, of which one only can be meant."""
    what = say("this section holds several sets")
    faults.add(what, Where(source, line), say("keep the set that is meant"))


def _side(told: dict[str, float], kind: Numbers, value: Floats) -> tuple[Flags, Floats]:
    # Which cards tell a side, and what it is.
    fixed = np.array([told.get(each, GIVEN) for each in KINDS])[kind]
    tells = np.array([each in told for each in KINDS])[kind]
    return tells, np.where(np.isnan(fixed), value, fixed)


def _say_unknown(cards: Cards, named: Numbers, wrong: Flags, source: str, faults: Faults) -> None:
    for i in np.flatnonzero(wrong).tolist():
        where = Where(source, int(cards.lines[i]))
        if named[i] >= 0:
            remedy, name = say("name a variable of the section COLUMNS"), cards.text(named[i])
            faults.add(say("there is no such variable"), where, remedy, name[:40])
        else:
            remedy = say("write one of {kinds} with what it needs", kinds="UP, LO, FX, FR, MI")
            kind = cards.text(cards.first[i]).upper()
            faults.add(say("this bound is none that is known"), where, remedy, kind[:40])
