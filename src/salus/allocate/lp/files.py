"""Programmes in files: which format a name means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salus.allocate.lp.lines.read import read_lp
from salus.allocate.lp.lines.write import lp_text
from salus.allocate.lp.mps.read import read_mps
from salus.allocate.lp.mps.write import mps_text
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.lp.program import LinearProgram

READERS = {".mps": read_mps, ".lp": read_lp}
WRITERS = {".mps": mps_text, ".lp": lp_text}


def read_program(path: Path | str) -> LinearProgram:
    r"""Read a programme from a file that ends in .mps or .lp, or either and .gz.

    Parameters
    ----------
    path : Path or str
        The file.

    Returns
    -------
    LinearProgram
        With names.

    Raises
    ------
    InputError
        If the ending means no format, or the file is none; every fault is named with its line.

    Examples
    --------
    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "beds.lp"
    >>> _ = file.write_text("Minimize\n cost: 2 x\nSubject To\n need: x >= 3\nEnd\n")
    >>> read_program(file).rows
    ('need',)
    """
    path = Path(path)
    return READERS[_ending(Path(path.stem) if path.suffix.lower() == ".gz" else path)](path)


def program_text(program: LinearProgram, path: Path | str) -> str:
    """Write a programme in the format that the name of a file means.

    Parameters
    ----------
    program : LinearProgram
        What to write.
    path : Path or str
        A name that ends in .mps or .lp.

    Returns
    -------
    str
        What belongs into the file.

    Raises
    ------
    InputError
        If the ending means no format, or the format cannot hold a name.
    """
    return WRITERS[_ending(Path(path))](program)


def _ending(path: Path) -> str:
    ending = path.suffix.lower()
    if ending not in READERS:
        remedy = say("name a file that ends in {endings}", endings=", ".join(READERS))
        where = Where(path.name or str(path))
        raise InputError(Fault(say("this ending means no format of a programme"), where, remedy))
    return ending
