"""Which process works on a job: it holds a lock that ends with it, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER = "jobs"
TRIES, PAUSE = 20, 0.02
"""How often, and after how many seconds, a lock is tried again."""


@contextmanager
def held(home: Path, job: int) -> Iterator[bool]:
    """Hold the lock of a job while it is worked on.

    Parameters
    ----------
    home : Path
        Folder of the store.
    job : int
        Number of the job.

    Yields
    ------
    bool
        Whether this process holds it now; another one may.
    """
    path = _path(home, job)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with path.open("a+b") as file:
        # Whoever asks for the holder holds the lock for a moment.
        if not _lock_soon(file.fileno()):
            yield False
            return
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)


def holder(home: Path, job: int) -> int | None:
    """Return the number of the process that works on a job; ``None`` when none does.

    Parameters
    ----------
    home : Path
        Folder of the store.
    job : int
        Number of the job.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> home = Path(tempfile.mkdtemp())
    >>> with held(home, 7):
    ...     holder(home, 7) == os.getpid()
    True
    >>> holder(home, 7) is None
    True
    """
    try:
        with _path(home, job).open("rb") as file:
            if _lock(file.fileno()):
                return None
            return int(file.read() or b"0") or None
    except FileNotFoundError:
        return None


def _lock_soon(handle: int) -> bool:
    for _ in range(TRIES):
        if _lock(handle):
            return True
        time.sleep(PAUSE)
    return False


def _lock(handle: int) -> bool:
    # A lock of an open file, not of a process: two files opened by one process exclude each other.
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _path(home: Path, job: int) -> Path:
    return home / FOLDER / f"{job}.lock"
