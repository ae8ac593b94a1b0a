"""The numbers on the cards: which row, which column, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.mps.swift import fields_of
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from salus.allocate.lp.mps.cards import Section
    from salus.allocate.lp.program import Floats
    from salus.core.errors import Faults

PAIR, TWO_PAIRS = 3, 5  # fields of a card: a label, then one or two names with numbers


@dataclass(frozen=True, slots=True)
class Entries:
    """Numbers, each with a label and the row it belongs to.

    Parameters
    ----------
    labels : list of str
        The different first fields, in order: columns, or names of sets of sides.
    which : ndarray of int, shape (k,)
        Number of the label of each.
    rows : ndarray of int, shape (k,)
        Number of the row.
    values : ndarray, shape (k,)
        The numbers.
    lines : sequence of int
        Line of each in the file.
    """

    labels: list[str]
    which: NDArray[np.int64]
    rows: NDArray[np.int64]
    values: Floats
    lines: Sequence[int]


def entries(
    section: Section, rows: Mapping[str, int], source: str, faults: Faults, *, labelled: bool = True
) -> Entries:
    """Read the pairs of a section; what is wrong is gathered by line.

    Parameters
    ----------
    section : Section
        COLUMNS, RHS or RANGES.
    rows : mapping of str to int
        Number of each row by name.
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
    swift = _swiftly(section, rows)
    if swift is not None:
        return swift
    cards, lines = section.cards, section.lines
    if not labelled:
        cards = [["", *card] if len(card) in {PAIR - 1, TWO_PAIRS - 1} else card for card in cards]
    sizes = set(map(len, cards))
    if not sizes <= {PAIR, TWO_PAIRS}:
        lines, cards = _whole_cards(section.header[0], cards, lines, source, faults)
    second = [i for i, card in enumerate(cards) if len(card) == TWO_PAIRS]
    labels = [card[0] for card in cards] + [cards[i][0] for i in second]
    names = [card[1] for card in cards] + [cards[i][3] for i in second]
    texts = [card[2] for card in cards] + [cards[i][4] for i in second]
    at = [*lines, *(lines[i] for i in second)]
    told, which = _labels(labels)
    return Entries(
        told,
        which,
        _numbers_of(names, rows, at, source, faults),
        floats(texts, at, source, faults),
        at,
    )


def _swiftly(section: Section, rows: Mapping[str, int]) -> Entries | None:
    # Whole columns of fields at once; anything odd is left to the look at each line.
    fields = fields_of(section)
    if fields is None or not np.isin(fields.count, (PAIR, TWO_PAIRS)).all():
        return None
    more = np.flatnonzero(fields.count == TWO_PAIRS)
    labels = fields.take(fields.first)
    fresh = np.concatenate([[True], labels[1:] != labels[:-1]])
    told = [label.decode() for label in labels[fresh].tolist()]
    at = np.concatenate([fields.first, fields.first[more] + 2])
    of_line = np.cumsum(fresh) - 1
    index = {name.encode(): number for name, number in rows.items()}
    try:
        numbers = np.array([index[name] for name in fields.take(at + 1).tolist()], np.int64)
        texts = fields.take(at + 2).tolist()
        values = np.array(list(map(float, texts)), np.float64)
    except (KeyError, ValueError):
        return None
    if len(set(told)) != len(told) or np.isnan(values).any() or b"_" in b"".join(texts):
        return None
    lines = section.first + np.concatenate([np.arange(fields.first.size), more])
    return Entries(told, np.concatenate([of_line, of_line[more]]), numbers, values, lines.tolist())


def _labels(labels: list[str]) -> tuple[list[str], NDArray[np.int64]]:
    told = {label: number for number, label in enumerate(dict.fromkeys(labels))}
    return list(told), np.array([told[label] for label in labels], np.int64)


def floats(texts: list[str], lines: Sequence[int], source: str, faults: Faults) -> Floats:
    """Read numbers; NaN and what is none is gathered, and reads as 0.

    Parameters
    ----------
    texts : list of str
        The numbers as they stand.
    lines : sequence of int
        Line of each.
    source : str
        Name of the file.
    faults : Faults
        Gathers what is wrong.

    Returns
    -------
    ndarray, shape (len(texts),)
    """
    try:
        values = np.array(list(map(float, texts)), dtype=np.float64)
    except ValueError:
        values = np.array([_float(text) for text in texts], dtype=np.float64)
    wrong = np.isnan(values)
    if any("_" in text for text in texts):  # Python reads 1_000, which nobody else does
        wrong |= np.array(["_" in text for text in texts])
    for i in np.flatnonzero(wrong).tolist():
        remedy = say("write a number such as {example}", example="12.5")
        faults.add(say("this is no number"), Where(source, lines[i]), remedy, texts[i][:40])
        values[i] = 0.0
    return values


def _float(text: str) -> float:
    try:
        return float(text.upper().replace("D", "E"))  # Fortran writes 1.0D2
    except ValueError:
        return np.nan


def _whole_cards(
    name: str,
    cards: list[list[str]],
    lines: Sequence[int],
    source: str,
    faults: Faults,
) -> tuple[list[int], list[list[str]]]:
    good = [i for i, card in enumerate(cards) if len(card) in {PAIR, TWO_PAIRS}]
    for i in sorted(set(range(len(cards))) - set(good)):
        what = say("a line of {section} has {count} fields", section=name, count=len(cards[i]))
        remedy = say("write a name, then one or two rows, each with its number")
        faults.add(what, Where(source, lines[i]), remedy)
    return [lines[i] for i in good], [cards[i] for i in good]


def _numbers_of(
    names: list[str], rows: Mapping[str, int], lines: Sequence[int], source: str, faults: Faults
) -> NDArray[np.int64]:
    try:
        return np.array(list(map(rows.__getitem__, names)), dtype=np.int64)
    except KeyError:
        for name, line in zip(names, lines, strict=True):
            if name not in rows:
                remedy = say("name a row of the section ROWS")
                faults.add(say("there is no such row"), Where(source, line), remedy, name[:40])
        return np.array([rows.get(name, 0) for name in names], dtype=np.int64)
