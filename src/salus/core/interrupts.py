"""Ctrl-C and kind requests to end, while there is work that must not be lost."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, *filter(None, (getattr(signal, "SIGHUP", None),)))
"""Ctrl-C, a kind kill, and, where there is such a signal, a terminal that was closed."""


class _Hearing:
    """A handler of signals that raises so many times."""

    def __init__(self, most: int, outer: object) -> None:
        self.asked, self._left = Event(), most
        self._outer = outer if isinstance(outer, _Hearing) else None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        if self._note():
            raise KeyboardInterrupt

    def _note(self) -> bool:
        self.asked.set()
        outer = self._outer is None or self._outer._note()  # noqa: SLF001  # one of its own kind
        self._left -= 1
        return outer and self._left >= 0


@contextmanager
def interrupts(most: int) -> Iterator[Event]:
    """Let so many requests to end through as ``KeyboardInterrupt``, and only note further ones.

    Parameters
    ----------
    most : int
        How many may end what is being done, 0 or more; within another such block, no more than
        that one still lets through, which hears of all.

    Yields
    ------
    Event
        Set by the first request. Outside the main thread, which alone hears requests, none comes.

    Examples
    --------
    >>> with interrupts(0) as asked:
    ...     signal.raise_signal(signal.SIGINT)
    ...     asked.is_set()
    True
    """
    if current_thread() is not main_thread():
        yield Event()
        return
    before = {each: signal.getsignal(each) for each in ENDING}
    hear = _Hearing(most, before[signal.SIGINT])
    for each, handler in before.items():
        if each == signal.SIGINT or handler != signal.SIG_IGN:  # a closed terminal, as nohup wants
            signal.signal(each, hear)
    try:
        yield hear.asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler or signal.SIG_DFL)
