"""The process that a command runs in: what it hears, where it writes, and how it ends."""

from __future__ import annotations

import atexit
import os
import signal
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from salus.cli.output import heard_or_not
from salus.core.interrupts import ENDING

if TYPE_CHECKING:
    from typing import NoReturn


def begin() -> None:
    """Let kind requests to end be heard as Ctrl-C is, and have streams that can be written."""
    for each in ENDING:
        if each != signal.SIGINT and signal.getsignal(each) != signal.SIG_IGN:  # as nohup wants it
            signal.signal(each, signal.default_int_handler)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, TextIOWrapper):
            # A terminal without Chinese shows marks of its own rather than nothing.
            stream.reconfigure(errors="replace")
        elif stream is None:
            # It was closed before we began: nobody reads, and no file may take its number.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  # kept


def end(code: int) -> NoReturn:
    """Exit with a code, which no request to end changes any more.

    Parameters
    ----------
    code : int
        How the command ended. While its threads end, a request ends the process at once, and after
        that nothing is heard.
    """
    for stream in (sys.stdout, sys.stderr):
        with heard_or_not(stream):
            stream.flush()
    for each in ENDING:
        signal.signal(each, lambda *_: os._exit(code))
    atexit.register(_be_deaf)
    sys.exit(code)


def _be_deaf() -> None:
    for each in ENDING:
        signal.signal(each, signal.SIG_IGN)
