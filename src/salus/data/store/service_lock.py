"""One home has one service: it holds a lock that ends with it, however it ends."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from salus.core.errors import EnvironmentFaultError, Fault, Where
from salus.core.files import disk_faults
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK = "service.lock"
"""Stays in the home: to take it away would let in whoever opened it before."""


@contextmanager
def only_service(home: Path) -> Iterator[None]:
    """Be the only service of a home; the kernel lets go of it when the process is killed.

    Parameters
    ----------
    home : Path
        Folder of the store, which is there.

    Raises
    ------
    EnvironmentFaultError
        If another service runs on this home, or the home cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> home = Path(tempfile.mkdtemp())
    >>> with only_service(home), only_service(home):
    ...     pass
    Traceback (most recent call last):
    salus.core.errors.EnvironmentFaultError: ...: a service already runs on this home ...
    """
    path = home / LOCK
    with disk_faults(path):
        file = path.open("a+b")
    with file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise _taken(home, file.read().decode(errors="replace")) from error
        with disk_faults(path):
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
        yield


def _taken(home: Path, process: str) -> EnvironmentFaultError:
    what = say("a service already runs on this home (process {number})", number=process)
    remedy = say("use that one, or stop it first, or name another home with --home")
    return EnvironmentFaultError(Fault(what, Where(str(home)), remedy))
