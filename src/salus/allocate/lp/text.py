"""The text of a file, plain or packed."""

from __future__ import annotations

import gzip
import math
import zlib
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.files import read_whole
from salus.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.errors import Faults


def text_of(path: Path) -> str:
    """Read a text of one programme, plain or packed by gzip.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str

    Raises
    ------
    InputError
        If there is no such file, it is cut off, or it is no text.
    """
    try:
        raw = read_whole(path)
        plain = gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw
        return plain.decode("utf-8")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        what, remedy = say("the packed file is cut off or damaged"), say("fetch it again")
        raise InputError(Fault(what, Where(path.name), remedy)) from error
    except OSError as error:
        what, remedy = say("this file cannot be read"), say("name a file that is there")
        raise InputError(Fault(what, Where(str(path)), remedy, error.strerror)) from error
    except UnicodeDecodeError as error:
        what, remedy = say("this is no text in UTF-8"), say("name a file of a linear programme")
        raise InputError(Fault(what, Where(path.name), remedy)) from error


def gather_crossed(sides: tuple[str, float, float], where: Where, faults: Faults) -> None:
    """Gather a fault where the lower side of a row or variable lies above the upper one.

    Parameters
    ----------
    sides : tuple of str, float and float
        Name of the row or variable, its lower and its upper side.
    where : Where
        Where they were written.
    faults : Faults
        Gathers what is wrong.
    """
    name, low, high = sides
    if not (low <= high and low < math.inf and high > -math.inf):
        what = say(
            "{name} cannot be {low:g} or more and {high:g} or less", name=name, low=low, high=high
        )
        faults.add(what, where, say("mend one of the two numbers"))
