"""Reads a programme from an MPS file, and refuses what is not whole."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from salus.allocate.lp.mps.reading import Reading
from salus.allocate.lp.mps.sections import cut
from salus.allocate.lp.text import text_of
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram
    from salus.core.errors import Shown
    from salus.core.messages import Message

# Comments and empty lines, then the first word.
BEGINNING = re.compile(r"(?:\*.*\n|[^\S\n]*\n)*[^\S\n]*(?:NAME|ROWS|OBJSENSE)(?!\S)")


def read_mps(path: Path | str) -> LinearProgram:
    """Read a linear programme, fixed or free, plain or packed by gzip.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    LinearProgram
        With names. Rows of kind N after the first are left out, as is the custom.

    Raises
    ------
    InputError
        If the file is none, or is not whole; every fault is named with its line.

    References
    ----------
    IBM (1972), Mathematical Programming System Extended, program number 5734-XM4.
    """
    path = Path(path)
    text = text_of(path)
    # Cards of fixed columns may hold names with blanks, which the plain way tears apart.
    program = _whole(text, path.name, fixed=False) or _whole(text, path.name, fixed=True)
    if program is None:
        faults = Faults()
        program = _parse(text, path.name, faults, fixed=False)
        faults.stop()
    if program is None:  # a fault was gathered in that case
        raise InputError(Fault(say("this is no MPS file"), Where(path.name), say("name another")))
    return program


class _First(Faults):
    """Ends a reading where the first thing is wrong."""

    def add(self, what: Message, where: Where, remedy: Message, value: Shown = None) -> NoReturn:
        raise InputError(Fault(what, where, remedy, value))


def _whole(text: str, source: str, *, fixed: bool) -> LinearProgram | None:
    try:
        return _parse(text, source, _First(), fixed=fixed)
    except InputError:
        return None


def _parse(text: str, source: str, faults: Faults, *, fixed: bool) -> LinearProgram | None:
    if not BEGINNING.match(text) or "ROWS" not in text:
        what, remedy = say("this is no MPS file"), say("name a file that begins with NAME or ROWS")
        faults.add(what, Where(source), remedy)
        return None
    sections = cut(text, source, faults, fixed=fixed)
    missing = [name for name in ("ROWS", "COLUMNS", "ENDATA") if name not in sections]
    if missing:
        what = say("the file is not whole: {names} is missing", names=", ".join(missing))
        faults.add(what, Where(source), say("fetch the file again, or write it to its end"))
        if missing != ["ENDATA"]:
            return None
    return Reading(sections, source, faults).program()
