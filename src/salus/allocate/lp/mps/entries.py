"""The numbers on the cards: which row, which column, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.mps.cards import Numbers
    from salus.allocate.lp.mps.sections import Section
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults

PAIR, TWO_PAIRS = 3, 5  # fields of a card: a label, then one or two names with numbers


@dataclass(frozen=True, slots=True)
class Entries:
    """Numbers, each with a label and the row it belongs to, in the order of the file.

    Parameters
    ----------
    labels : Arrow array of str
        The different first fields, in order: columns, or names of sets of sides.
    which : ndarray of int, shape (k,)
        Number of the label of each.
    rows : ndarray of int, shape (k,)
        Number of the row.
    values : ndarray, shape (k,)
        The numbers.
    lines : ndarray of int, shape (k,)
        Line of each in the file.
    """

    labels: pa.Array
    which: Numbers
    rows: Numbers
    values: Floats
    lines: Numbers


def entries(
    section: Section, rows: pa.Array, source: str, faults: Faults, *, labelled: bool = True
) -> Entries:
    """Read the pairs of a section; what is wrong is gathered by line.

    Parameters
    ----------
    section : Section
        COLUMNS, RHS or RANGES.
    rows : Arrow array of str
        The names of the rows, by which they are numbered.
    source : str
        Name of the file, for the faults.
    faults : Faults
        Gathers what is wrong.
    labelled : bool
        Whether each card must begin with a label; sets of sides may leave it out.

    Returns
    -------
    Entries
    """
    cards = section.cards
    whole = (cards.count == PAIR) | (cards.count == TWO_PAIRS)
    if not labelled:
        whole |= (cards.count == PAIR - 1) | (cards.count == TWO_PAIRS - 1)
    if not whole.all():
        for line, count in zip(cards.lines[~whole], cards.count[~whole].tolist(), strict=True):
            what = say("a line of {section} has {count} fields", section=section.header[0], count=count)
            remedy = say("write a name, then one or two rows, each with its number")
            faults.add(what, Where(source, int(line)), remedy)
        cards = cards.only(whole)
    label, pairs = cards.count % 2, cards.count // 2
    labels = cards.take(cards.first)
    if not label.all():
        labels = pc.if_else(pa.array(label == 1), labels, "")
    told = labels.dictionary_encode()
    done = np.cumsum(pairs) - pairs
    names = np.repeat(cards.first + label - 2 * done, pairs) + 2 * np.arange(pairs.sum())
    lines = np.repeat(cards.lines, pairs)
    return Entries(
        told.dictionary,
        np.repeat(told.indices.to_numpy(), pairs),
        _numbers_of(cards.take(names), rows, lines, source, faults),
        floats(cards.take(names + 1), lines, source, faults),
        lines,
    )


def places(names: pa.Array, known: pa.Array) -> Numbers:
    """Number names as others are.

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
    unknown = numbers < 0
    if not unknown.any():
        return numbers
    for i in np.flatnonzero(unknown).tolist():
        remedy = say("name a row of the section ROWS")
        where = Where(source, int(lines[i]))
        faults.add(say("there is no such row"), where, remedy, names[i].as_py()[:40])
    return np.where(unknown, 0, numbers)
