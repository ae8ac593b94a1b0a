"""The cards of an MPS file: its lines, cut into fields all at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.int64]
    Letters: TypeAlias = NDArray[np.uint8] | NDArray[np.uint32]
    Flags: TypeAlias = NDArray[np.bool_]

BLANK, NEW_LINE, STAR = ord(" "), ord("\n"), ord("*")
BLANKS = bytes(range(BLANK + 1))  # no letter below a blank belongs to a field
# Where the fields of a card of 1960 begin and end; names may then hold blanks.
BEGINS, ENDS = np.array([1, 4, 14, 24, 39, 49]), np.array([3, 12, 22, 36, 47, 61])
WIDE = (0x7F, 0x7FF, 0xFFFF)  # letters beyond them take one more byte


@dataclass(frozen=True, slots=True)
class Cards:
    """Lines of a file, and the fields of each.

    Parameters
    ----------
    texts : Arrow array of str
        The fields of the whole file.
    first : ndarray of int, shape (k,)
        Number of the first field of each line.
    count : ndarray of int, shape (k,)
        How many fields each line has.
    lines : ndarray of int, shape (k,)
        Number of each line in the file, from 1.
    """

    texts: pa.Array
    first: Numbers
    count: Numbers
    lines: Numbers

    def take(self, which: Numbers) -> pa.Array:
        """Take some fields by their numbers."""
        return self.texts.take(pa.array(which))

    def initials(self, which: Numbers) -> tuple[Letters, Numbers]:
        """Take the first letters of some fields that are not empty, and the sizes of these."""
        _, offsets, letters = self.texts.buffers()
        edges = np.frombuffer(offsets, np.int64)
        begins = edges[which]
        return np.frombuffer(letters, np.uint8)[begins], edges[which + 1] - begins

    def hold(self, letter: str) -> bool:
        """Tell whether a letter of ASCII is between the first field and the last."""
        _, offsets, letters = self.texts.buffers()
        edges = np.frombuffer(offsets, np.int64)
        begin, end = edges[self.first[:1]], edges[self.first[-1:] + self.count[-1:]]
        return bool(
            (np.frombuffer(letters, np.uint8)[begin.sum() : end.sum()] == ord(letter)).any()
        )

    def text(self, which: int) -> str:
        """Take one field by its number."""
        field: str = self.texts[int(which)].as_py()
        return field

    def card(self, which: int) -> list[str]:
        """Take all fields of one line."""
        fields: list[str] = self.texts.slice(self.first[which], self.count[which]).to_pylist()
        return fields

    def only(self, which: Flags | slice) -> Cards:
        """Keep some of the lines."""
        return Cards(self.texts, self.first[which], self.count[which], self.lines[which])


def together(parts: Sequence[Cards]) -> tuple[Cards, Numbers]:
    """Put lines of one file behind each other.

    Parameters
    ----------
    parts : sequence of Cards
        At least one.

    Returns
    -------
    tuple of Cards and ndarray of int
        All of them, and where each part ends.
    """
    first, count, lines = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("first", "count", "lines")
    )
    ends = np.cumsum([part.first.size for part in parts])
    return Cards(parts[0].texts, first, count, lines), ends


@dataclass(frozen=True, slots=True)
class Page:
    """The letters of a text, and where its lines begin and end.

    Parameters
    ----------
    letters : ndarray of uint8 or uint32
        Bytes of UTF-8; or whole letters, where their place in the line counts and some take more
        than a byte.
    begins, ends : ndarray of int, shape (k,)
        The first letter of each line, and the line feed that ends it.
    """

    letters: Letters
    begins: Numbers
    ends: Numbers

    def line(self, which: int) -> str:
        """Read one line."""
        line = self.letters[self.begins[which] : self.ends[which]].tobytes()
        return line.decode("utf-8" if self.letters.itemsize == 1 else "utf-32-le")

    def opens(self) -> Letters:
        """Read the first letter of each line."""
        return self.letters[self.begins]


def page_of(text: str, *, fixed: bool) -> Page:
    """Lay out the letters of a text.

    Parameters
    ----------
    text : str
        The file.
    fixed : bool
        Whether the place of a letter in its line counts.

    Returns
    -------
    Page
    """
    ended = text if text.endswith("\n") else text + "\n"
    letters = (
        np.frombuffer(ended.encode("utf-32-le"), np.uint32)
        if fixed and not ended.isascii()
        else np.frombuffer(ended.encode(), np.uint8)
    )
    ends = np.flatnonzero(letters == NEW_LINE)
    return Page(letters, np.concatenate([[0], ends[:-1] + 1]), ends)


def by_blanks(page: Page) -> tuple[Cards, Flags]:
    r"""Cut each line where blanks part it.

    Parameters
    ----------
    page : Page
        Bytes of UTF-8.

    Returns
    -------
    tuple of Cards and ndarray of bool, shape (k,)
        All lines, and which of them are empty.

    Examples
    --------
    >>> cards, empty = by_blanks(page_of(" N  cost\n\n L  beds\n", fixed=False))
    >>> cards.card(2), empty.tolist()
    (['L', 'beds'], [False, True, False])
    """
    blank = page.letters <= BLANK
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    if not blank[0]:
        edges = np.concatenate([[0], edges])
    begins, ends = edges[0::2], edges[1::2]
    offsets = np.zeros(begins.size + 1, np.int64)
    np.cumsum(ends - begins, out=offsets[1:])
    until = np.searchsorted(begins, page.ends)
    first = np.concatenate([[0], until[:-1]])
    count = until - first
    texts = _texts(page.letters.tobytes().translate(None, BLANKS), offsets)
    return Cards(texts, first, count, np.arange(1, first.size + 1)), count == 0


def in_columns(page: Page) -> tuple[Cards, Flags]:
    r"""Cut each line at the columns of a card.

    Parameters
    ----------
    page : Page
        Whole letters.

    Returns
    -------
    tuple of Cards and ndarray of bool, shape (k,)
        All lines, and which of them are empty. The first field of a card may be missing.

    Examples
    --------
    >>> cards, _ = in_columns(page_of(" N  BED DAY\n", fixed=True))
    >>> cards.card(0)
    ['N', 'BED DAY']
    """
    letters = page.letters
    solid = letters > BLANK
    before = np.concatenate([[0], np.cumsum(solid)])
    low, high = (
        before[np.minimum(page.begins[:, None] + edge, page.ends[:, None]).ravel()]
        for edge in (BEGINS, ENDS)
    )
    filled = low < high
    places = np.append(np.flatnonzero(solid), letters.size)
    begins, ends = places[low], places[high - 1] + 1
    steps = np.zeros(letters.size, np.int8)
    steps[begins[filled]], steps[ends[filled]] = 1, -1
    inside = np.cumsum(steps, dtype=np.int8).astype(np.bool_)
    kept = letters[inside]
    number = np.concatenate([[0], np.cumsum(np.where(filled, ends - begins, 0))])
    texts = _texts(*_bytes(kept, number))
    there = filled.reshape(-1, BEGINS.size)
    last = np.where(there.any(axis=1), BEGINS.size - np.argmax(there[:, ::-1], axis=1), 0)
    skipped = ~there[:, 0]
    first = BEGINS.size * np.arange(last.size) + skipped
    cards = Cards(texts, first, np.maximum(last - skipped, 0), np.arange(1, last.size + 1))
    return cards, np.diff(before[page.ends], prepend=0) == 0


def _bytes(kept: Letters, number: Numbers) -> tuple[bytes, Numbers]:
    # Whole letters as UTF-8, and where each field then begins.
    if kept.itemsize == 1:
        return kept.tobytes(), number
    sizes = sum((kept > limit for limit in WIDE), np.ones(kept.size, np.int64))
    before = np.concatenate([[0], np.cumsum(sizes)])
    return kept.tobytes().decode("utf-32-le").encode(), before[number]


def _texts(letters: bytes, offsets: Numbers) -> pa.Array:
    where, what = pa.py_buffer(offsets), pa.py_buffer(letters)
    return pa.LargeStringArray.from_buffers(offsets.size - 1, where, what)
