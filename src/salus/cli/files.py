"""Files that a command writes: refused before the work where they cannot be, and never replaced."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.files import disk_faults
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.core.errors import Faults


def writable(option: str, name: str | None, endings: tuple[str, ...], faults: Faults) -> None:
    """Look whether a file can be written, before the work begins.

    Parameters
    ----------
    option : str
        That names the file.
    name : str or None
        The file, if one is wanted.
    endings : tuple of str
        What its name may end in; nothing, where a folder may be made.
    faults : Faults
        Gathers another ending, and a file that is there already.
    """
    if name is None:
        return
    if Path(name).suffix.lower() not in endings:
        remedy = say("name a file that ends in {endings}", endings=", ".join(filter(None, endings)))
        faults.add(say("this ending means no format"), Where(option), remedy, name)
    elif Path(name).exists():
        faults.add(say("the file is there already"), Where(option), say("name another file"), name)


def keep(name: str, text: str) -> None:
    """Write a file that is not there yet.

    Parameters
    ----------
    name : str
        The file.
    text : str
        What belongs into it.

    Raises
    ------
    InputError
        If it is there by now, or cannot be written.
    """
    path = Path(name)
    with disk_faults(path):
        try:
            with path.open("x", encoding="utf-8", newline="") as stream:
                stream.write(text)
        except FileExistsError as error:
            what, remedy = say("the file is there already"), say("name another file")
            raise InputError(Fault(what, Where(name), remedy)) from error
