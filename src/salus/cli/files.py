"""Files that a command writes: refused before the work where they cannot be, and never replaced."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from salus.cli.faults import show_faults
from salus.core.errors import EnvironmentFaultError, Fault, InputError, SalusError, Where
from salus.core.files import disk_faults, try_place
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from salus.core.errors import Faults
    from salus.core.messages import Message
    from salus.report.words import Words

MOST_NAMES = 9
"""So many names are tried in each folder, for what cannot stand where it was asked for."""


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
        Gathers another ending, a file that is there already, and a place that cannot be written.
    """
    if name is None:
        return
    if not name:
        faults.add(say("the name is empty"), Where(option), say("name a file or a folder"))
        return
    path = Path(name)
    bare = path.name.lower() in filter(None, endings)
    if bare or path.suffix.lower() not in endings:
        remedy = say("name a folder, without a dot")
        if any(endings):
            named = ", ".join(filter(None, endings))
            remedy = say("name a file that ends in {endings}", endings=named)
        what = say("the name has an ending only") if bare else say("this ending means no format")
        faults.add(what, Where(option), remedy, name)
    elif name == "-":
        what, remedy = say("nothing is written to stdout here"), say("name a file or a folder")
        faults.add(what, Where(option), remedy, name)
    else:
        _refuse_place(option, path, faults)


def _refuse_place(option: str, path: Path, faults: Faults) -> None:
    try:
        with disk_faults(path):
            there = path.exists()
        if not there:
            try_place(path)
    except EnvironmentFaultError as error:
        for each in error.faults:
            faults.add(each.what, Where(option), each.remedy, str(path))
        return
    if there:
        what, remedy = say("the file is there already"), say("name another file")
        if path.is_dir():
            what, remedy = say("the folder is there already"), say("name another folder")
        faults.add(what, Where(option), remedy, str(path))


def keep(text: str, path: Path) -> None:
    """Write a file that is not there yet.

    Parameters
    ----------
    text : str
        What belongs into it.
    path : Path
        The file.

    Raises
    ------
    InputError
        If it is there by now, or cannot be written.
    """
    with disk_faults(path):
        try:
            with path.open("x", encoding="utf-8", newline="") as stream:
                stream.write(text)
        except FileExistsError as error:
            what, remedy = say("the file is there already"), say("name another file")
            raise InputError(Fault(what, Where(str(path)), remedy)) from error


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the work of a long search is.

    Parameters
    ----------
    asked : str
        Where it was to be written.
    place : str or None
        Where it is; ``None`` where it could not be written anywhere.
    error : SalusError or None
        Why it is not where it was asked for.
    """

    asked: str
    place: str | None
    error: SalusError | None = None

    def sentence(self) -> Message:
        """Say where it is."""
        if self.error is None:
            return say("Written: {file}.", file=self.asked)
        what = self.error.faults[0].what
        if self.place is None:
            return say("{file} was not written: {what}.", file=self.asked, what=what)
        return say(
            "{file} was not written: {what}. What belongs there is in {place}.",
            file=self.asked,
            what=what,
            place=self.place,
        )


def keep_somewhere(asked: str, write: Callable[[Path], None]) -> Kept:
    """Write the work of a long search, if need be under another name or in the working folder.

    The place may have been taken, or have gone, since it was looked at.

    Parameters
    ----------
    asked : str
        A file or a folder.
    write : callable
        Writes to a place, or raises a ``SalusError``; replaces nothing.

    Returns
    -------
    Kept
    """
    error = _failed(write, Path(asked))
    if error is None:
        return Kept(asked, asked)
    for place in _others(Path(asked)):
        if _failed(write, place) is None:
            return Kept(asked, str(place), error)
    return Kept(asked, None, error)


def lost(kept: Iterable[Kept | None], words: Words) -> int:
    """Tell what could not be written anywhere.

    Parameters
    ----------
    kept : iterable of Kept or None
        What was to be written.
    words : Words
        The reader's language.

    Returns
    -------
    int
        Exit code; 0 where all is written.
    """
    errors = [each.error for each in kept if each and each.place is None and each.error]
    for error in errors:
        show_faults(error, words, as_json=False)  # stdout holds the result
    return max((error.exit_code for error in errors), default=0)


def _others(asked: Path) -> Iterator[Path]:
    names = [f"{asked.stem}-{number}{asked.suffix}" for number in range(2, MOST_NAMES + 2)]
    yield from map(asked.with_name, names)
    yield from map(Path, (asked.name, *names))


def _failed(write: Callable[[Path], None], place: Path) -> SalusError | None:
    try:
        write(place)
    except SalusError as error:
        return error
    return None
