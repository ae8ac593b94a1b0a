"""One line that says what is being done and how long it will take."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from salus.cli.output import heard_or_not
from salus.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.messages import Message
    from salus.core.progress import Progress as Listener
    from salus.report.words import Words


@contextmanager
def progress_line(words: Words, every: float | None = None) -> Iterator[Listener]:
    """Show progress on stderr while the work goes on.

    Parameters
    ----------
    words : Words
        The reader's language.
    every : float, optional
        Seconds between two plain lines where stderr is no terminal; without it there are none.

    Yields
    ------
    callable
        What the work tells its progress to.
    """
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield silent if every is None else _plainly(words, every)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    line = Progress(*columns, console=console, transient=True)
    task = line.add_task("", total=1.0)

    def listen(doing: Message, done: float) -> None:
        line.update(task, description=words(doing)[:60], completed=done)

    line.start()
    try:
        yield listen
    finally:
        with heard_or_not(sys.stderr):  # the terminal may have been closed
            line.stop()


def _plainly(words: Words, every: float) -> Listener:
    last = monotonic()

    def listen(doing: Message, done: float) -> None:
        nonlocal last
        if monotonic() - last >= every:
            last = monotonic()
            with heard_or_not(sys.stderr):
                sys.stderr.write(f"{done:4.0%}  {words(doing)}\n")

    return listen
