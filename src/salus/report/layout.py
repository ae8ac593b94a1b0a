"""What a report is made of: sections of sentences, charts and grids, for every face alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from salus.core.messages import say

if TYPE_CHECKING:
    from datetime import date

    from salus.core.canonical import Json
    from salus.core.messages import Message
    from salus.report.words import Words
    from salus.service.figure import Figure

SYNTHETIC = say("SYNTHETIC")
"""The badge of what shows people who were made up."""

Shown: TypeAlias = "Message | str | float | date | None"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid.

    Parameters
    ----------
    value : Message, str, float, date or None
        What it shows; ``None`` shows a dash, for there is no figure.
    decimals : int
        Digits after the point of a number.
    key : str or None
        Key of the figure it shows, if it shows one.
    """

    value: Shown
    decimals: int = 0
    key: str | None = None

    @classmethod
    def of(cls, figure: Figure) -> Cell:
        """Show a figure."""
        return cls(figure.value, figure.decimals, figure.key)

    def text(self, words: Words) -> str:
        """Write the cell in the reader's language."""
        if self.value is None:
            return "–"
        if isinstance(self.value, int | float):
            return words.number(self.value, self.decimals)
        return str(words.value(self.value))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a grid.

    Parameters
    ----------
    head : Message
        What its cells are, with the unit.
    number : bool
        Whether it holds numbers.
    wraps : bool
        Whether its texts are sentences, which a terminal must not cut.
    """

    head: Message
    number: bool = True
    wraps: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table for people.

    Parameters
    ----------
    title : Message
        What it tells.
    columns : tuple of Column
        Heads, in order.
    rows : tuple of tuple of Cell
        The most important first.
    short : int
        How many rows a terminal shows; 0 leaves the grid to the page.
    long : int
        How many rows a page shows.
    file : str or None
        Name of the table that holds all rows.
    lead : int
        How many of the first rows are the ones proposed, and stand out.
    """

    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    short: int = 12
    long: int = 30
    file: str | None = None
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture for a page.

    Parameters
    ----------
    id : str
        Key within the page.
    title : Message
        The finding.
    option : JSON value
        What the chart library draws; strings that begin with ``--`` are colours of the theme.
        ``None`` where the picture was drawn already.
    outline : JSON value
        GeoJSON for a map; ``None`` for other charts.
    legend : tuple of (str, Message)
        Colours and what they mean.
    source : Message
        Where the figures come from.
    dense : bool
        Whether it has so many marks that a canvas must draw them.
    drawing : str
        SVG, of a picture that was drawn already in the reader's language.
    """

    id: str
    title: Message
    option: Json
    source: Message
    outline: Json = None
    legend: tuple[tuple[str, Message], ...] = ()
    dense: bool = False
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer.

    Parameters
    ----------
    id : str
        Anchor within the page.
    title : Message
        The answer in a few words.
    menu : Message
        The question in fewer, for the menu of a page.
    sentences : tuple of Message
        What a person must know before the figures.
    grids : tuple of Grid
        The figures.
    charts : tuple of Chart
        The pictures.
    synthetic : bool
        Whether it shows people who were made up, which a badge says.
    """

    id: str
    title: Message
    menu: Message
    sentences: tuple[Message, ...] = ()
    grids: tuple[Grid, ...] = ()
    charts: tuple[Chart, ...] = field(default=())
    synthetic: bool = False
