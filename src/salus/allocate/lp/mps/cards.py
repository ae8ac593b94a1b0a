"""The cards of an MPS file: its lines, by section, cut into fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.core.errors import Faults

SECTIONS = ("NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA")
# Where the fields of a card of 1960 stand; names may then hold spaces.
FIXED = (slice(1, 3), slice(4, 12), slice(14, 22), slice(24, 36), slice(39, 47), slice(49, 61))


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a file.

    Parameters
    ----------
    header : list of str
        The fields of the line that opens it.
    cards : list of list of str
        The fields of its lines; comments and empty lines are left out.
    lines : sequence of int
        The number of each line in the file, from 1.
    """

    header: list[str]
    cards: list[list[str]]
    lines: Sequence[int]


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
    lines = text.splitlines()
    found: dict[str, Section] = {}
    heads = [i for i, line in enumerate(lines) if line and line[0] not in " \t*"]
    for begin, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        header = lines[begin].split()
        name = header[0].upper()
        where = Where(source, begin + 1)
        if name not in SECTIONS:
            remedy = say("write a linear programme with the sections {names}", names=_names())
            faults.add(say("this section is not of a linear programme"), where, remedy, name[:40])
        elif name in found:
            faults.add(say("this section comes twice"), where, say("write it once"), name)
        else:
            found[name] = _section(header, lines, range(begin + 1, end), fixed=fixed)
        if name == "ENDATA":
            break
    return found


def _section(header: list[str], lines: list[str], which: range, *, fixed: bool) -> Section:
    numbers: Sequence[int] = which
    inside = lines[which.start : which.stop]
    if not all(line and line[0] != "*" and not line.isspace() for line in inside):
        kept = [i for i in which if lines[i] and lines[i][0] != "*" and not lines[i].isspace()]
        numbers, inside = kept, [lines[i] for i in kept]
    cards = [_fixed(line) for line in inside] if fixed else [line.split() for line in inside]
    return Section(header, cards, [number + 1 for number in numbers])


def _fixed(line: str) -> list[str]:
    fields = [line[place].strip() for place in FIXED]
    while fields and not fields[-1]:
        fields.pop()
    return fields if fields and fields[0] else fields[1:]


def _names() -> str:
    return ", ".join(SECTIONS)
