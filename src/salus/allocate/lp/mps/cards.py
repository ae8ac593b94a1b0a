"""The cards of an MPS file: its lines, by section, cut into fields."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.errors import Faults

SECTIONS = ("NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA")
NEW_LINE = ord("\n")
INDENTED = list(b" \t*\n\r")
# Where the fields of a card of 1960 stand; names may then hold spaces.
FIXED = (slice(1, 3), slice(4, 12), slice(14, 22), slice(24, 36), slice(39, 47), slice(49, 61))


@dataclass(frozen=True)
class Section:
    """One section of a file.

    Parameters
    ----------
    header : list of str
        The fields of the line that opens it.
    raw : bytes
        Its lines as they stand, without the header.
    first : int
        Number of its first line in the file, from 1.
    fixed : bool
        Whether fields stand in fixed columns; else, blanks part them.
    """

    header: list[str]
    raw: bytes
    first: int
    fixed: bool = False

    @cached_property
    def numbered(self) -> list[tuple[int, str]]:
        """Its lines with their numbers; comments and empty lines are left out."""
        lines = enumerate(self.raw.decode().splitlines(), self.first)
        return [(n, line) for n, line in lines if line and line[0] != "*" and not line.isspace()]

    @cached_property
    def cards(self) -> list[list[str]]:
        """The fields of each line."""
        fields = _fixed if self.fixed else str.split
        return [fields(line) for _, line in self.numbered]

    @cached_property
    def lines(self) -> list[int]:
        """The number of each line in the file."""
        return [number for number, _ in self.numbered]


def cut(text: str, source: str, faults: Faults, *, fixed: bool) -> dict[str, Section]:
    r"""Cut a file into sections and fields.

    Parameters
    ----------
    text : str
        The file.
    source : str
        Its name, for the faults.
    faults : Faults
        Gathers what is wrong.
    fixed : bool
        Whether fields stand in fixed columns; else, blanks part them.

    Returns
    -------
    dict of str to Section
        By name, in the order of the file.

    Examples
    --------
    >>> from salus.core.errors import Faults
    >>> cut("NAME beds\nROWS\n N cost\nENDATA\n", "beds.mps", Faults(), fixed=False)["ROWS"].cards
    [['N', 'cost']]
    """
    data = text.encode()
    if not data.endswith(b"\n"):
        data += b"\n"
    letters = np.frombuffer(data, np.uint8)
    begins = np.concatenate([[0], np.flatnonzero(letters == NEW_LINE) + 1])
    # What does not begin with a blank or a star opens a section.
    heads = np.flatnonzero(~np.isin(letters[begins[:-1]], INDENTED))
    found: dict[str, Section] = {}
    for at, until in zip(heads.tolist(), [*heads[1:].tolist(), begins.size - 1], strict=True):
        header = data[begins[at] : begins[at + 1]].decode().split()
        name = header[0].upper() if header else ""
        where = Where(source, at + 1)
        if name not in SECTIONS:
            remedy = say("write a linear programme with the sections {names}", names=_names())
            faults.add(say("this section is not of a linear programme"), where, remedy, name[:40])
        elif name in found:
            faults.add(say("this section comes twice"), where, say("write it once"), name)
        else:
            raw = data[begins[at + 1] : begins[until]]
            found[name] = Section(header, raw, at + 2, fixed)
        if name == "ENDATA":
            break
    return found


def _fixed(line: str) -> list[str]:
    fields = [line[place].strip() for place in FIXED]
    while fields and not fields[-1]:
        fields.pop()
    return fields if fields and fields[0] else fields[1:]


def _names() -> str:
    return ", ".join(SECTIONS)
