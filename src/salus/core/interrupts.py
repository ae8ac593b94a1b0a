"""Ctrl-C and kind requests to end, while there is work that must not be lost."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts(most: int) -> Iterator[Event]:
    """Let so many requests to end through as ``KeyboardInterrupt``, and only note further ones.

    Parameters
    ----------
    most : int
        How many may end what is being done, 0 or more.

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
    asked, left = Event(), [None] * most

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        asked.set()
        if left:
            left.pop()
            raise KeyboardInterrupt

    if current_thread() is not main_thread():
        yield asked
        return
    before = {each: signal.signal(each, hear) for each in ENDING}
    try:
        yield asked
    finally:
        for each, handler in before.items():
            signal.signal(each, handler or signal.SIG_DFL)
