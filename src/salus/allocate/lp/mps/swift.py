"""Cuts a large section into fields without a look at each line: all its letters at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.lp.mps.cards import Section

BLANK, NEW_LINE = 32, 10  # no letter below a blank belongs to a field
WIDEST = 64
SMALL = 4000  # letters; fewer are sooner looked at line by line


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a section.

    Parameters
    ----------
    letters : ndarray of uint8
        The section.
    begins, ends : ndarray of int
        Where each field begins and ends.
    first : ndarray of int
        Number of the first field of each line.
    count : ndarray of int
        How many fields each line has.
    """

    letters: NDArray[np.uint8]
    begins: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.int64]
    count: NDArray[np.int64]

    def take(self, which: NDArray[np.int64]) -> NDArray[np.bytes_]:
        """Take some fields as texts of one width."""
        begins, sizes = self.begins[which], self.ends[which] - self.begins[which]
        width = int(sizes.max(initial=1))
        windows = np.lib.stride_tricks.sliding_window_view(self.letters, width)
        letters = np.where(np.arange(width) < sizes[:, None], windows[begins], 0)
        return np.ascontiguousarray(letters, dtype=np.uint8).view(f"S{width}").ravel()


def fields_of(section: Section) -> Fields | None:
    """Cut a section into fields.

    Parameters
    ----------
    section : Section
        Its fields are parted by blanks.

    Returns
    -------
    Fields or None
        ``None`` where lines must be looked at one by one: fixed columns, comments, empty lines,
        letters that none should have, or fields of great length.
    """
    raw = section.raw
    if section.fixed or len(raw) < SMALL or b"\n*" in raw or raw[:1] == b"*" or b"\0" in raw:
        return None
    letters = np.frombuffer(raw + bytes(WIDEST), np.uint8)
    blank = letters <= BLANK
    blank[len(raw) :] = True
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    if not blank[0]:
        return None
    begins, ends = edges[0::2], edges[1::2]
    until = np.searchsorted(begins, np.flatnonzero(letters[: len(raw)] == NEW_LINE))
    first = np.concatenate([[0], until[:-1]])
    count = until - first
    if not count.all() or (ends - begins).max(initial=0) > WIDEST:
        return None
    return Fields(letters, begins, ends, first, count)
