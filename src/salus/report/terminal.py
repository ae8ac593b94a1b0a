"""The report in a terminal: the same sections, at most 100 columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from salus.report.layout import Grid, Section
    from salus.report.words import Words

WIDTH = 100


def terminal(out: TextIO, environment: Mapping[str, str]) -> Console:
    """Open a terminal of at most 100 columns, without colours where they are not wanted.

    Parameters
    ----------
    out : text stream
        Where to write.
    environment : mapping of str to str
        ``NO_COLOR`` and ``TERM`` are heeded.
    """
    console = Console(
        file=out, highlight=False, soft_wrap=False, no_color="NO_COLOR" in environment or None
    )
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


def show(console: Console, sections: Iterable[Section], words: Words) -> None:
    """Print sections: the heading, what to know, and the first rows of each grid.

    Parameters
    ----------
    console : rich.console.Console
        Where to print.
    sections : iterable of Section
        In the order of reading.
    words : Words
        The reader's language.
    """
    for section in sections:
        console.print()
        console.print(Text(words(section.title), style="bold"))
        for sentence in section.sentences:
            console.print(Text(f"  {words(sentence)}"))
        for grid in section.grids:
            if grid.rows:
                console.print(_table(grid, words))
                _rest(console, grid, words)


def _table(grid: Grid, words: Words) -> Table:
    table = Table(
        title=words(grid.title),
        title_justify="left",
        title_style="italic",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    for column in grid.columns:
        table.add_column(
            words(column.head),
            justify="right" if column.number else "left",
            no_wrap=column.number,
            overflow="fold",
        )
    for number, row in enumerate(grid.rows[: grid.short]):
        style = "bold" if number < grid.lead else ""
        table.add_row(*(Text(cell.text(words)) for cell in row), style=style)
    return table


def _rest(console: Console, grid: Grid, words: Words) -> None:
    left = len(grid.rows) - grid.short
    if left > 0:
        line = words.say("{count:,} more rows in {file}", count=left, file=f"{grid.file}.csv")
        console.print(Text(f"  … {line}", style="dim"))
