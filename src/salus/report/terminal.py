"""The report in a terminal: the same sections, at most 100 columns wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.cells import cell_len, chop_cells
from rich.console import Console
from rich.table import Table
from rich.text import Text

from salus.report.layout import SYNTHETIC
from salus.report.lines import folded, lines, narrowest, widest
from salus.report.words import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TextIO

    from salus.core.messages import Message
    from salus.report.layout import Grid, Section
    from salus.report.words import Words

WIDTH = 100
NARROWEST, WRAPPED = 6, 8
"""Columns that a text keeps, even where the figures need them all; and a sentence, before a name
is cut for it."""


def terminal(out: TextIO, environment: Mapping[str, str]) -> Console:
    """Open a terminal of at most 100 columns, without colours where they are not wanted.

    Parameters
    ----------
    out : text stream
        Where to write.
    environment : mapping of str to str
        ``NO_COLOR`` and ``TERM`` are heeded.
    """
    console = _Terminal(
        file=out, highlight=False, soft_wrap=False, no_color="NO_COLOR" in environment or None
    )
    console.width = min(console.width, WIDTH) if console.is_terminal else WIDTH
    return console


class _Terminal(Console):
    """A console that leaves it to the caller what a closed pipe means."""

    def on_broken_pipe(self) -> None:
        """Go on with the error that rich has caught."""
        raise  # noqa: PLE0704  # rich calls this while it handles the error


def show(
    console: Console, sections: Iterable[Section], words: Words, page: str = "report.html"
) -> None:
    """Print sections: the heading, what to know, and the first rows of each grid.

    A section that holds pictures alone, or tables for a page, is left to the page.

    Parameters
    ----------
    console : rich.console.Console
        Where to print.
    sections : iterable of Section
        In the order of reading.
    words : Words
        The reader's language.
    page : str
        Where a grid without a file of its own has all its rows.
    """
    for section in sections:
        grids = [grid for grid in section.grids if grid.rows and grid.short]
        if section.charts and not section.sentences and not grids:
            continue
        console.print()
        console.print(heading(section.title, words, synthetic=section.synthetic))
        for sentence in section.sentences:
            for line in lines(capital(words(sentence)), console.width - 2):
                console.print(Text(f"  {line}"))
        for grid in grids:
            _print(console, _table(grid, words, console.width))
            _rest(console, grid, words, page)


def _print(console: Console, table: Table) -> None:
    # In a narrow terminal lines run on, up to the width of a wide one, rather than break figures.
    wide = console.measure(table, options=console.options.update(max_width=WIDTH)).maximum
    there = console.width
    console.width = max(there, wide)
    console.print(table, crop=False)
    console.width = there


def heading(title: Message, words: Words, *, synthetic: bool) -> Text:
    """Write a heading, with the badge where it is about people who were made up.

    Parameters
    ----------
    title : Message
        What is said.
    words : Words
        The reader's language.
    synthetic : bool
        Whether the badge is shown.

    Returns
    -------
    rich.text.Text
    """
    badge = f" [{words(SYNTHETIC)}]" if synthetic else ""
    return Text(capital(words(title)) + badge, style="bold")


def listing(title: str, rows: Iterable[tuple[str, str]]) -> Table:
    """Lay out names and what they mean, for help.

    Parameters
    ----------
    title : str
        Head of the list.
    rows : iterable of (str, str)
        Name and meaning.

    Returns
    -------
    rich.table.Table
    """
    table = Table(
        title=title, title_justify="left", title_style="italic", box=None, show_header=False
    )
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    found = [(Text(f"  {name}"), meaning) for name, meaning in rows]
    spare = WIDTH - 4 - max((name.cell_len for name, _ in found), default=0)
    for name, meaning in found:
        table.add_row(name, Text("\n".join(lines(meaning, spare))))
    return table


def _table(grid: Grid, words: Words, most: int) -> Table:
    heads = [words(column.head) for column in grid.columns]
    rows = [[cell.text(words) for cell in row] for row in grid.rows[: grid.short]]
    table = Table(
        title=Text(capital(words(grid.title)), style="italic"),
        title_justify="left",
        title_style="italic",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1),
    )
    widths = _widths(grid, heads, rows, most)
    wrapping = [
        column.wraps or _alike((row[place] for row in rows), widths[place])
        for place, column in enumerate(grid.columns)
    ]
    for column, head, width, wraps in zip(grid.columns, heads, widths, wrapping, strict=True):
        table.add_column(
            Text(folded(head, width) if column.number else head),
            justify="right" if column.number else "left",
            width=width,
            no_wrap=not column.number and not wraps,
            overflow="fold" if column.number or wraps else "ellipsis",
        )
    for number, row in enumerate(rows):
        cells = map(_cell, row, widths, wrapping)
        table.add_row(*cells, style="bold" if number < grid.lead else "")
    return table


def _cell(text: str, width: int, wraps: bool) -> Text:  # noqa: FBT001 (of a column, by map)
    return Text("\n".join(lines(text, width)) if wraps else text)


def _alike(texts: Iterable[str], width: int) -> bool:
    """Tell whether two of the texts would read the same, were they cut."""
    cut = [chop_cells(each, width - 1)[0] for each in set(texts) if cell_len(each) > width]
    return len(set(cut)) < len(cut)


def _widths(grid: Grid, heads: list[str], rows: list[list[str]], most: int) -> list[int]:
    # A figure is never cut. Where there is little room, Chinese heads of figures fold first, then
    # sentences go on in the next line, and names are cut last.
    columns = list(enumerate(grid.columns))
    cells = [max(cell_len(row[place]) for row in rows) for place, _ in columns]
    folds = {
        place: max(cells[place], narrowest(heads[place]))
        for place, column in columns
        if column.number
    }
    wraps = {place: WRAPPED for place, column in columns if column.wraps}
    texts = {place: NARROWEST for place, column in columns if not column.number}
    wanted = [
        max(cells[place], (widest if column.number or column.wraps else cell_len)(heads[place]))
        for place, column in columns
    ]
    over = sum(wanted) + 3 * len(wanted) + 1 - most
    for least in (folds, wraps, texts):
        while over > 0 and (wide := [at for at in least if wanted[at] > least[at]]):
            wanted[max(wide, key=wanted.__getitem__)] -= 1
            over -= 1
    return wanted


def _rest(console: Console, grid: Grid, words: Words, page: str) -> None:
    left = len(grid.rows) - grid.short
    if left > 0:
        file = page if grid.file is None else f"{grid.file}.csv"
        line = words.say("{count:,} more rows in {file}", count=left, file=file)
        console.print(Text(f"  … {line}", style="dim"))
