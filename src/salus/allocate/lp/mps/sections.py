"""The sections of an MPS file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.lp.mps.cards import BLANK, STAR, Cards, by_blanks, in_columns, page_of
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.errors import Faults

SECTIONS = ("NAME", "OBJSENSE", "ROWS", "COLUMNS", "RHS", "RANGES", "BOUNDS", "ENDATA")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a file.

    Parameters
    ----------
    header : list of str
        The fields of the line that opens it.
    cards : Cards
        Its lines, without the header, comments and empty lines.
    """

    header: list[str]
    cards: Cards


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
    >>> found = cut("NAME beds\nROWS\n N cost\nENDATA\n", "beds.mps", Faults(), fixed=False)
    >>> found["ROWS"].cards.card(0)
    ['N', 'cost']
    """
    page = page_of(text, fixed=fixed)
    cards, empty = in_columns(page) if fixed else by_blanks(page)
    opens = page.opens()
    told = ~empty & (opens != STAR)
    # What does not begin with a blank or a star opens a section.
    heads = np.flatnonzero((opens > BLANK) & (opens != STAR)).tolist()
    found: dict[str, Section] = {}
    for at, until in pairwise([*heads, opens.size]):
        header = page.line(at).split()
        name = header[0].upper() if header else ""
        where = Where(source, at + 1)
        if name not in SECTIONS:
            remedy = say("write a linear programme with the sections {names}", names=_names())
            faults.add(say("this section is not of a linear programme"), where, remedy, name[:40])
        elif name in found:
            faults.add(say("this section comes twice"), where, say("write it once"), name)
        else:
            inside = slice(at + 1, until)
            own = cards.only(inside)
            found[name] = Section(header, own if told[inside].all() else own.only(told[inside]))
        if name == "ENDATA":
            break
    return found


def _names() -> str:
    return ", ".join(SECTIONS)
