"""Where the report goes: a place that may be written, and that holds nothing else."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.files import disk_faults, refuse_existing
from salus.core.messages import say
from salus.report.write import refuse_other

if TYPE_CHECKING:
    from collections.abc import Iterator

PARENT = Path("salus-out")


def refuse_place(out: Path, kept: tuple[Path, ...], *, replace: bool) -> None:
    """Raise before any work is done if the report may not be written there.

    Parameters
    ----------
    out : Path
        The folder of the report.
    kept : tuple of Path
        Folders that must survive: the region and the home.
    replace : bool
        Whether an older report may be replaced.

    Raises
    ------
    InputError
        If the folder exists and may not be replaced, or holds anything but a report.
    EnvironmentFaultError
        If the place cannot be written.
    """
    with disk_faults(out):
        inside = [folder for folder in kept if folder.resolve().is_relative_to(out.resolve())]
    if inside:
        what = say("the report would take the place of {folder}", folder=str(inside[0]))
        raise InputError(Fault(what, Where("--out"), say("name another folder"), str(out)))
    refuse_existing(out, replace=replace)
    refuse_other(out)


@contextmanager
def own_place(wanted: Path) -> Iterator[Path]:
    """Take a folder that no other run has; give it back after an error.

    Parameters
    ----------
    wanted : Path
        The folder; a number is added where another run has it already.

    Yields
    ------
    Path
        The folder, empty.

    Raises
    ------
    EnvironmentFaultError
        If the place cannot be written.
    """
    out, number = wanted, 1
    with disk_faults(out):
        wanted.parent.mkdir(exist_ok=True)
        while not _taken(out):
            number += 1
            out = wanted.with_name(f"{wanted.name}-{number}")
    try:
        yield out
    except BaseException:
        out.rmdir()
        raise


def _taken(out: Path) -> bool:
    try:
        out.mkdir()
    except FileExistsError:
        return False
    return True
