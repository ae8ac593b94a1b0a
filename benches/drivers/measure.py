"""Run a command in a process of its own and measure what it and its children take."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PAUSE = 0.005
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a command took.

    Parameters
    ----------
    cpu_seconds : float
        Of the command and its children, in user and system mode.
    wall_seconds : float
        From start to end.
    peak_bytes : int
        Largest sum of resident memory over the command and its children, sampled every 5 ms.
        The system's own maximum is not used: a child inherits that of the process it was forked
        from, which is us.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_bytes: int


def measure(command: Sequence[str], environment: Mapping[str, str]) -> tuple[Taken, str]:
    """Run a command and measure it.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    environment : mapping of str to str
        The whole environment of the command.

    Returns
    -------
    tuple of Taken and str
        What it took, and what it wrote on standard output.

    Raises
    ------
    RuntimeError
        If the command fails; what it wrote on standard error is in the message.
    """
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=dict(environment), stdout=out, stderr=err)
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.stop()
        if process.returncode != 0:
            err.seek(0)
            message = f"{' '.join(command)} ended with {process.returncode}: {err.read()}"
            raise RuntimeError(message)
        out.seek(0)
        return Taken(usage.ru_utime + usage.ru_stime, wall, watch.peak), out.read()


def median(samples: Sequence[Taken]) -> Taken:
    """Return the median of each figure by itself."""
    return Taken(
        statistics.median(each.cpu_seconds for each in samples),
        statistics.median(each.wall_seconds for each in samples),
        int(statistics.median(each.peak_bytes for each in samples)),
    )


class _Watch(threading.Thread):
    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._process = process
        self._ended = threading.Event()

    def run(self) -> None:
        while not self._ended.wait(PAUSE):
            self.peak = max(self.peak, _resident(self._process))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _resident(process: int) -> int:
    return sum(_pages(each) for each in _family(process)) * PAGE


def _family(process: int) -> Iterator[int]:
    yield process
    for task in _tasks(process):
        for child in _read(task).split():
            yield from _family(int(child))


def _tasks(process: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{process}/task").glob("*/children"))
    except OSError:
        return []  # it ended while we looked


def _pages(process: int) -> int:
    fields = _read(Path(f"/proc/{process}/statm")).split()
    return int(fields[1]) if fields else 0


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""  # it ended while we looked
