"""A report in the reader's words: what a face shows without knowing the day any more."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from salus.report.words import capital

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.canonical import Json
    from salus.report.contents import Report
    from salus.report.layout import Cell, Chart, Grid, Section
    from salus.report.words import Words


@dataclass(frozen=True, slots=True)
class WordedCell:
    """One cell of a grid.

    Parameters
    ----------
    text : str
        What it shows.
    number : float or None
        Its number, by which a reader may sort; ``None`` where it shows words or nothing.
    """

    text: str
    number: float | None = None


@dataclass(frozen=True, slots=True)
class WordedColumn:
    """One column of a grid.

    Parameters
    ----------
    head : str
        What its cells are, with the unit.
    number : bool
        Whether it holds numbers.
    """

    head: str
    number: bool


@dataclass(frozen=True, slots=True)
class WordedGrid:
    """A table for people; see :class:`~salus.report.layout.Grid`.

    Parameters
    ----------
    title : str
        What it tells.
    columns : tuple of WordedColumn
        Heads, in order.
    rows : tuple of tuple of WordedCell
        The most important first.
    long : int
        How many rows a page shows.
    file : str or None
        Name of the table that holds all rows.
    lead : int
        How many of the first rows stand out.
    """

    title: str
    columns: tuple[WordedColumn, ...]
    rows: tuple[tuple[WordedCell, ...], ...]
    long: int
    file: str | None
    lead: int


@dataclass(frozen=True, slots=True)
class Mark:
    """One entry of a legend.

    Parameters
    ----------
    colour : str
        A colour, or the name of a token of the theme.
    meaning : str
        What it stands for.
    """

    colour: str
    meaning: str


@dataclass(frozen=True, slots=True)
class WordedChart:
    """A picture; see :class:`~salus.report.layout.Chart`.

    Parameters
    ----------
    id : str
        Key within the page.
    title : str
        The finding.
    option, outline : JSON value
        What the chart library draws, and the GeoJSON of a map.
    legend : tuple of Mark
        What colours mean.
    source : str
        Where the figures come from.
    drawing : str
        SVG, of a picture that was drawn already.
    """

    id: str
    title: str
    option: Json
    outline: Json
    legend: tuple[Mark, ...]
    source: str
    drawing: str = ""


@dataclass(frozen=True, slots=True)
class WordedSection:
    """One question and its answer; see :class:`~salus.report.layout.Section`.

    Parameters
    ----------
    id : str
        Anchor within the page.
    title, menu : str
        The answer in a few words, and the question in fewer.
    sentences : tuple of str
        What a person must know before the figures.
    grids : tuple of WordedGrid
        The figures.
    charts : tuple of WordedChart
        The pictures.
    synthetic : bool
        Whether it shows people who were made up.
    """

    id: str
    title: str
    menu: str
    sentences: tuple[str, ...]
    grids: tuple[WordedGrid, ...]
    charts: tuple[WordedChart, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True)
class WordedTile:
    """A figure above the fold.

    Parameters
    ----------
    key : str
        Of the figure.
    label, text, unit : str
        What it is, the number as it is written, and what it is counted in.
    """

    key: str
    label: str
    text: str
    unit: str


@dataclass(frozen=True, slots=True)
class WordedReport:
    """A whole report in one language; see :class:`~salus.report.contents.Report`.

    Parameters
    ----------
    title, subtitle : str
        What it is about, and its as-of line.
    tiles : tuple of WordedTile
        The few figures above the fold.
    sections : tuple of WordedSection
        What needs a decision first.
    synthetic : bool
        Whether the whole region was made up.
    """

    title: str
    subtitle: str
    tiles: tuple[WordedTile, ...]
    sections: tuple[WordedSection, ...]
    synthetic: bool

    def section(self, key: str) -> WordedSection | None:
        """Return the section of a key, if the report has one."""
        return next((each for each in self.sections if each.id == key), None)

    def document(self) -> dict[str, Json]:
        """Write the report as JSON; :func:`worded_from` reads it again."""
        document: dict[str, Json] = asdict(self)
        return document


def worded(report: Report, words: Words) -> WordedReport:
    """Say a report in the reader's language.

    Parameters
    ----------
    report : Report
        Laid out in the same language, for what stands inside pictures.
    words : Words
        The reader's language.

    Returns
    -------
    WordedReport
    """
    return WordedReport(
        words(report.title),
        words(report.subtitle),
        tuple(
            WordedTile(
                tile.key,
                capital(words(tile.label)),
                "–" if tile.value is None else words.number(tile.value, tile.decimals),
                words(tile.unit),
            )
            for tile in report.tiles
        ),
        tuple(worded_section(section, words) for section in report.sections),
        report.synthetic,
    )


def worded_section(section: Section, words: Words) -> WordedSection:
    """Say a section in the reader's language.

    Parameters
    ----------
    section : Section
        What is shown.
    words : Words
        The reader's language; pictures must have been laid out in the same.

    Returns
    -------
    WordedSection
    """
    return WordedSection(
        section.id,
        capital(words(section.title)),
        words(section.menu),
        tuple(capital(words(sentence)) for sentence in section.sentences),
        tuple(_grid(grid, words) for grid in section.grids),
        tuple(_chart(chart, words) for chart in section.charts),
        section.synthetic,
    )


def worded_from(document: Mapping[str, Any]) -> WordedReport:
    """Read a report that was written as JSON.

    Parameters
    ----------
    document : mapping
        As :meth:`WordedReport.document` writes it.

    Returns
    -------
    WordedReport
    """
    return WordedReport(
        document["title"],
        document["subtitle"],
        tuple(WordedTile(**each) for each in document["tiles"]),
        tuple(map(_section_from, document["sections"])),
        document["synthetic"],
    )


def _section_from(document: Mapping[str, Any]) -> WordedSection:
    return WordedSection(
        document["id"],
        document["title"],
        document["menu"],
        tuple(document["sentences"]),
        tuple(map(_grid_from, document["grids"])),
        tuple(map(_chart_from, document["charts"])),
        document["synthetic"],
    )


def _grid(grid: Grid, words: Words) -> WordedGrid:
    return WordedGrid(
        capital(words(grid.title)),
        tuple(WordedColumn(words(each.head), each.number) for each in grid.columns),
        tuple(tuple(_cell(cell, words) for cell in row) for row in grid.rows),
        grid.long,
        grid.file,
        grid.lead,
    )


def _cell(cell: Cell, words: Words) -> WordedCell:
    value = cell.value
    if isinstance(value, int | float) and math.isfinite(value):
        return WordedCell(cell.text(words), value)
    return WordedCell(cell.text(words))


def _chart(chart: Chart, words: Words) -> WordedChart:
    return WordedChart(
        chart.id,
        capital(words(chart.title)),
        chart.option,
        chart.outline,
        tuple(Mark(colour, words(meaning)) for colour, meaning in chart.legend),
        words(chart.source),
        chart.drawing,
    )


def _grid_from(document: Mapping[str, Any]) -> WordedGrid:
    return WordedGrid(
        document["title"],
        tuple(WordedColumn(**each) for each in document["columns"]),
        tuple(tuple(WordedCell(**cell) for cell in row) for row in document["rows"]),
        document["long"],
        document["file"],
        document["lead"],
    )


def _chart_from(document: Mapping[str, Any]) -> WordedChart:
    legend = tuple(Mark(**each) for each in document["legend"])
    return WordedChart(**{**document, "legend": legend})
