"""The numbers on the cards: which row, which column, how much."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.lp.mps.cards import together
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.lp.mps.cards import Cards, Numbers
    from salus.allocate.lp.mps.sections import Section
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults


@dataclass(frozen=True, slots=True)
class Entries:
    """Numbers, each with a label and the row it belongs to, in the order of the file.

    Parameters
    ----------
    which : ndarray of int, shape (k,)
        Number of the label of each: its column, or the name of a set of sides.
    rows : ndarray of int, shape (k,)
        Number of the row, or -1 where there is no such row.
    values : ndarray, shape (k,)
        The numbers.
    lines : ndarray of int, shape (k,)
        Line of each in the file.
    """

    which: Numbers
    rows: Numbers
    values: Floats
    lines: Numbers

    def part(self, begin: int, end: int) -> Entries:
        """Take the entries of one section."""
        inside = slice(begin, end)
        return Entries(
            self.which[inside], self.rows[inside], self.values[inside], self.lines[inside]
        )


def entries(
    sections: Sequence[Section], rows: pa.Array, source: str, faults: Faults
) -> tuple[pa.Array, list[Entries]]:
    """Read the pairs of all sections that have them; what is wrong is gathered by line.

    Parameters
    ----------
    sections : sequence of Section
        COLUMNS first, whose cards must begin with a label; then sets of sides, which may leave it
        out.
    rows : Arrow array of str
        The names of the rows, by which they are numbered.
    source : str
        Name of the file, for the faults.
    faults : Faults
        Gathers what is wrong.

    Returns
    -------
    tuple of Arrow array of str and list of Entries
        The different labels, in the order of the file, and the entries of each section.
    """
    cards, ends = together([section.cards for section in sections])
    label, pairs = cards.count % 2, cards.count // 2
    whole = (pairs == 1) | (pairs == 2)  # noqa: PLR2004 - a card has one pair or two
    whole[: ends[0]] &= label[: ends[0]] == 1
    if not whole.all():
        of = np.searchsorted(ends, np.flatnonzero(~whole), "right").tolist()
        names = [sections[which].header[0] for which in of]
        _say_torn(cards.only(~whole), names, source, faults)
        kept = np.concatenate([[0], np.cumsum(whole)])
        cards, label, pairs, ends = cards.only(whole), label[whole], pairs[whole], kept[ends]
    done = np.concatenate([[0], np.cumsum(pairs)])
    named = np.repeat(cards.first + label - 2 * done[:-1], pairs) + 2 * np.arange(done[-1])
    # Taken at once: in a small file, each call of Arrow takes as long as all its work.
    texts = cards.take(np.concatenate([cards.first, named, named + 1]))
    k, size = cards.first.size, named.size
    labels = texts.slice(0, k)
    if not label.all():
        labels = pc.if_else(pa.array(label == 1), labels, "")
    told = labels.dictionary_encode()
    lines = np.repeat(cards.lines, pairs)
    which = np.repeat(told.indices.to_numpy(), pairs)
    numbers = _numbers_of(texts.slice(k, size), rows, lines, source, faults)
    found = Entries(which, numbers, floats(texts.slice(k + size), lines, source, faults), lines)
    edges = [0, *done[ends].tolist()]
    return told.dictionary, [found.part(*edge) for edge in pairwise(edges)]


def _say_torn(torn: Cards, names: list[str], source: str, faults: Faults) -> None:
    for name, count, line in zip(names, torn.count.tolist(), torn.lines.tolist(), strict=True):
        what = say("a line of {section} has {count} fields", section=name, count=count)
        remedy = say("write a name, then one or two rows, each with its number")
        faults.add(what, Where(source, line), remedy)


def places(names: pa.Array, known: pa.Array) -> Numbers:
    """Tell the places of names among others.

    Parameters
    ----------
    names : Arrow array of str, shape (k,)
        The names.
    known : Arrow array of str, shape (n,)
        Each name that there is, once.

    Returns
    -------
    ndarray of int, shape (k,)
        The place of each among those that are known, or -1.

    Examples
    --------
    >>> places(pa.array(["icu", "bed"]), pa.array(["ward", "icu"])).tolist()
    [1, -1]
    """
    found = pc.index_in(names, value_set=known)
    numbers: Numbers = (found.fill_null(-1) if found.null_count else found).to_numpy()
    return numbers


def repeats(keys: Numbers) -> Numbers:
    """Find what comes again.

    Parameters
    ----------
    keys : ndarray of int, shape (k,)
        Numbers that should differ.

    Returns
    -------
    ndarray of int
        The places of those that came before.

    Examples
    --------
    >>> repeats(np.array([3, 1, 3])).tolist()
    [2]
    """
    ordered = np.sort(keys)
    if (ordered[1:] != ordered[:-1]).all():
        return np.zeros(0, np.int64)
    _, first = np.unique(keys, return_index=True)
    return np.setdiff1d(np.arange(keys.size), first)


def floats(texts: pa.Array, lines: Numbers, source: str, faults: Faults) -> Floats:
    """Read numbers; NaN and what is none is gathered, and reads as 0.

    Parameters
    ----------
    texts : Arrow array of str, shape (k,)
        The numbers as they stand.
    lines : ndarray of int, shape (k,)
        Line of each.
    source : str
        Name of the file.
    faults : Faults
        Gathers what is wrong.

    Returns
    -------
    ndarray, shape (k,)
    """
    try:
        values: Floats = texts.cast(pa.float64()).to_numpy()
    except pa.ArrowInvalid:
        values = np.array([_float(text) for text in texts.to_pylist()])
    wrong = np.isnan(values)
    if not wrong.any():
        return values
    for i in np.flatnonzero(wrong).tolist():
        remedy = say("write a number such as {example}", example="12.5")
        where = Where(source, int(lines[i]))
        faults.add(say("this is no number"), where, remedy, texts[i].as_py()[:40])
    return np.where(wrong, 0.0, values)


def _float(text: str) -> float:
    # Fortran writes 1.0D2; Python reads 1_000, which nobody else does.
    try:
        return np.nan if "_" in text else float(text.upper().replace("D", "E"))
    except ValueError:
        return np.nan


def _numbers_of(
    names: pa.Array, rows: pa.Array, lines: Numbers, source: str, faults: Faults
) -> Numbers:
    numbers = places(names, rows)
    for i in np.flatnonzero(numbers < 0).tolist():
        remedy = say("name a row of the section ROWS")
        where = Where(source, int(lines[i]))
        faults.add(say("there is no such row"), where, remedy, names[i].as_py()[:40])
    return numbers
