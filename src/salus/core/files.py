"""Files that are read whole, folders that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.messages import Message

REFUSED = {
    errno.EACCES,
    errno.EPERM,
    errno.EROFS,
    errno.ENOENT,  # a file system that makes no folders, such as /proc
    errno.ENOTDIR,
    errno.EEXIST,
    errno.ENOTEMPTY,
    errno.ENAMETOOLONG,
    errno.ELOOP,
}
"""What the operating system says when it is the place that is wrong."""

BLOCK, MOST_BYTES = 1 << 20, 1 << 30
"""Bytes that are read at once, and of a file that is read whole: a device may have no end."""


def read_whole(path: Path) -> bytes:
    """Read a file that a person names, unless it has no end.

    Parameters
    ----------
    path : Path
        A file, or something that can be read like one.

    Returns
    -------
    bytes
        At most ``MOST_BYTES``.

    Raises
    ------
    OSError
        If it cannot be read; ``EFBIG`` where it is longer.

    Examples
    --------
    >>> read_whole(Path("/dev/null"))
    b''
    """
    most = MOST_BYTES // BLOCK
    with path.open("rb") as stream:
        blocks = list(islice(iter(partial(stream.read, BLOCK), b""), most + 1))
    if len(blocks) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return b"".join(blocks)


@contextmanager
def whole_folder(target: Path, *, replace: bool = False) -> Iterator[Path]:
    """Fill a temporary folder beside the target, then rename it; after an error nothing stays.

    Parameters
    ----------
    target : Path
        The folder to make; parents are made as needed.
    replace : bool
        Whether an existing folder may be replaced.

    Yields
    ------
    Path
        The temporary folder to fill.

    Raises
    ------
    InputError
        If the target exists and may not be replaced.
    EnvironmentFaultError
        If the disk is full or the place cannot be written.

    Examples
    --------
    >>> place = Path(tempfile.mkdtemp()) / "plan"
    >>> with whole_folder(place) as folder:
    ...     _ = (folder / "plan.json").write_text("{}")
    >>> (place / "plan.json").exists()
    True
    """
    refuse_existing(target, replace=replace)
    with disk_faults(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            folder.chmod(0o755)
            yield folder
            _swap(folder, target)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def refuse_existing(target: Path, *, replace: bool = False) -> None:
    """Raise before any work is done if the target may not be written.

    Parameters
    ----------
    target : Path
        The folder to make.
    replace : bool
        Whether an existing folder may be replaced.

    Raises
    ------
    InputError
        If the target exists and may not be replaced, or is not a folder.
    EnvironmentFaultError
        If the place can be seen to be one that cannot be written.
    """
    with disk_faults(target):
        there = target.exists()
        _refuse_parent(target.absolute().parent)
    if there and not target.is_dir():
        what, remedy = say("the output is a file, not a folder"), say("name another folder")
        raise InputError(Fault(what, Where(str(target)), remedy))
    if there and not replace:
        what = say("the output folder exists already, and nothing is overwritten unasked")
        remedy = say("name another folder with --out, or add --force to replace this one")
        raise InputError(Fault(what, Where(str(target)), remedy))


def try_place(target: Path) -> None:
    """Raise before any work is done if a file or a folder cannot be made at a place.

    It is tried, for what permissions say is not all: nothing of the trial stays.

    Parameters
    ----------
    target : Path
        Not there yet. A file, if it has an ending, whose folder must be there; else a folder,
        whose parents would be made.

    Raises
    ------
    EnvironmentFaultError
        If the place cannot be written.

    Examples
    --------
    >>> try_place(Path(tempfile.mkdtemp()) / "plan.json")
    """
    with disk_faults(target):
        if target.suffix:
            target.open("xb").close()
            target.unlink()
        else:
            parent = _there(target.absolute().parent)
            Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=parent)).rmdir()


@contextmanager
def disk_faults(target: Path, elsewhere: Message | None = None) -> Iterator[None]:
    """Turn what the operating system refuses into advice.

    Parameters
    ----------
    target : Path
        What is written.
    elsewhere : Message, optional
        How another place is named, where it may not be written.

    Raises
    ------
    EnvironmentFaultError
        If an operation inside fails for want of space or permission.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            what, remedy = say("the disk is full"), say("free some space, or name another place")
        elif error.errno in REFUSED:
            what = say("this place cannot be written")
            remedy = elsewhere or say("name a folder you may write")
        else:
            raise
        raise EnvironmentFaultError(Fault(what, Where(str(target)), remedy)) from error


def _there(folder: Path) -> Path:
    while not folder.exists():
        folder = folder.parent
    return folder


def _refuse_parent(parent: Path) -> None:
    if not os.access(_there(parent), os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _swap(folder: Path, target: Path) -> None:
    if not target.exists():
        folder.rename(target)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent)) / target.name
    target.rename(old)
    try:
        folder.rename(target)
    except OSError:
        old.rename(target)
        raise
    finally:
        shutil.rmtree(old.parent, ignore_errors=True)
