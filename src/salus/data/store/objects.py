"""Files kept under the name of their content: each is kept once, and none can change unseen."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from salus.core.canonical import digest_file
from salus.core.errors import Fault, MismatchError, Where
from salus.core.files import disk_faults
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK = 1 << 20


class Objects:
    """A folder of contents, at ``<two digits>/<SHA-256>``.

    Parameters
    ----------
    folder : Path
        Made when the first content is kept.

    Examples
    --------
    >>> import io
    >>> kept = Objects(Path(tempfile.mkdtemp()) / "objects")
    >>> name, size = kept.keep(io.BytesIO(b"salus"))
    >>> name[:12], size
    ('d9738f6fb917', 5)
    >>> kept.find(name, Where("answer")).read_bytes()
    b'salus'
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: IO[bytes]) -> tuple[str, int]:
        """Keep a content; an equal one takes its own place, which mends a damaged copy.

        Parameters
        ----------
        content : binary stream
            Read to its end.

        Returns
        -------
        tuple of str and int
            SHA-256 in hexadecimal, and the size in bytes.

        Raises
        ------
        EnvironmentFaultError
            If the folder cannot be written; nothing half-written stays.
        """
        with disk_faults(self._folder), _temporary(self._folder) as (path, stream):
            name, size = _copy(content, stream)
            target = self._place(name)
            target.parent.mkdir(mode=0o700, exist_ok=True)
            path.rename(target)
            _sync(target.parent)
        return name, size

    def find(self, name: str, where: Where) -> Path:
        """Return the file of a content, checked.

        Parameters
        ----------
        name : str
            SHA-256 in hexadecimal.
        where : Where
            What people call it, for the fault.

        Returns
        -------
        Path

        Raises
        ------
        MismatchError
            If it is missing, or is not what its name says.
        """
        path = self._place(name)
        if not path.is_file():
            remedy = say("put a copy back as {path}", path=str(path))
            raise MismatchError(Fault(say("the recorded file is missing"), where, remedy))
        found = digest_file(path)
        if found != name:
            what = say("the recorded file was altered; its SHA-256 was {name}", name=name)
            remedy = say("put a genuine copy back as {path}", path=str(path))
            raise MismatchError(Fault(what, where, remedy, found))
        return path

    def _place(self, name: str) -> Path:
        return self._folder / name[:2] / name


@contextmanager
def _temporary(folder: Path) -> Iterator[tuple[Path, IO[bytes]]]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".new-", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield path, stream
    finally:
        path.unlink(missing_ok=True)


def _copy(content: IO[bytes], stream: IO[bytes]) -> tuple[str, int]:
    sha256, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        sha256.update(block)
        size += stream.write(block)
    stream.flush()
    os.fsync(stream.fileno())
    return sha256.hexdigest(), size


def _sync(folder: Path) -> None:
    # A new name lasts only when the folder itself has reached the disk.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
