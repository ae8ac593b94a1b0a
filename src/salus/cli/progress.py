"""One line that says what is being done and how long it will take."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from salus.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.messages import Message
    from salus.core.progress import Progress as Listener
    from salus.report.words import Words


@contextmanager
def progress_line(words: Words) -> Iterator[Listener]:
    """Show progress on stderr while the work goes on; nothing when nobody looks.

    Parameters
    ----------
    words : Words
        The reader's language.

    Yields
    ------
    callable
        What the work tells its progress to.
    """
    console = Console(file=sys.stderr)
    if not console.is_terminal:
        yield silent
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as line:
        task = line.add_task("", total=1.0)

        def listen(doing: Message, done: float) -> None:
            line.update(task, description=words(doing)[:60], completed=done)

        yield listen
