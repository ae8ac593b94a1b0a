"""Kept plans in the reader's words, ready to be shown, read from the disk once."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup

from salus.core.tables import read_table
from salus.report.page import drawn, embedded
from salus.report.worded import worded_from

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from salus.core.canonical import Json
    from salus.report.worded import (
        Mark,
        WordedCell,
        WordedChart,
        WordedGrid,
        WordedSection,
        WordedTile,
    )

ROW, NUMBER, WORDS = Markup("<tr>{}</tr>\n"), Markup('<td class="n">{}</td>'), Markup("<td>{}</td>")
FIGURE = Markup('<data value="{}">{}</data>')
"""By its value a table is sorted."""

Held = TypeVar("Held", "Told", "Mapping[str, str]")

ROWS = 200
"""Rows of a table on a page; the file has them all."""

MOST = 24
"""Files that are held in memory, each some megabytes at most."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a page embeds it.

    Parameters
    ----------
    id, title : str
        Key within the page, and the finding.
    option : Markup
        What is drawn, as JSON that cannot end its element.
    outline : Markup or None
        GeoJSON of a map.
    legend : tuple of Mark
        What colours mean.
    source : str
        Where the figures come from.
    drawing : Markup
        SVG, of a picture that was drawn already; empty of others.
    """

    id: str
    title: str
    option: Markup
    outline: Markup | None
    legend: tuple[Mark, ...]
    source: str
    drawing: Markup

    @classmethod
    def of(cls, chart: WordedChart) -> Picture:
        """Make a chart ready; what is said on hover is drawn, for the policy forbids style."""
        outline = None if chart.outline is None else embedded(chart.outline)
        option = embedded(_drawn(chart.option))
        shown = drawn(chart.drawing)
        return cls(chart.id, chart.title, option, outline, chart.legend, chart.source, shown)


@dataclass(frozen=True, slots=True)
class Table:
    """A grid as a page embeds it: its rows are written once, as most of a page is made of them.

    Parameters
    ----------
    grid : WordedGrid
        What it shows.
    body : Markup
        Its first rows.
    more : int
        Rows that only the file has.
    """

    grid: WordedGrid
    body: Markup
    more: int

    @classmethod
    def of(cls, grid: WordedGrid) -> Table:
        """Make a grid ready."""
        shown = grid.rows[:ROWS]
        rows = (_row(row, grid, lead=place < grid.lead) for place, row in enumerate(shown))
        return cls(grid, Markup().join(rows), len(grid.rows) - len(shown))


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a plan as a page shows it.

    Parameters
    ----------
    id, title, menu : str
        Anchor, answer, and question in fewer words.
    sentences : tuple of str
        What a person must know first.
    tables : tuple of Table
        The figures; a grid without rows is none.
    charts : tuple of Picture
        The pictures.
    synthetic : bool
        Whether it shows people who were made up.
    """

    id: str
    title: str
    menu: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    charts: tuple[Picture, ...]
    synthetic: bool

    @classmethod
    def of(cls, section: WordedSection) -> Part:
        """Make a section ready."""
        return cls(
            section.id,
            section.title,
            section.menu,
            section.sentences,
            tuple(Table.of(grid) for grid in section.grids if grid.rows),
            tuple(map(Picture.of, section.charts)),
            section.synthetic,
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A kept plan in one language.

    Parameters
    ----------
    title, subtitle : str
        What it is about, and its as-of line.
    tiles : tuple of WordedTile
        The few figures above the fold.
    parts : tuple of Part
        What needs a decision first.
    """

    title: str
    subtitle: str
    tiles: tuple[WordedTile, ...]
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part | None:
        """Return the part of a key, if the plan has one."""
        return next((part for part in self.parts if part.id == key), None)


class Shelf:
    """Kept plans that were read before, the last ones used in memory.

    A plan that is kept anew under the same decision is read again.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Path, int], Told | Mapping[str, str]] = OrderedDict()
        self._lock = Lock()

    def told(self, path: Path) -> Told:
        """Return a plan in the words of a file.

        Parameters
        ----------
        path : Path
            The sections of one language, as :meth:`salus.data.store.reports.Kept.sections` finds
            them.

        Returns
        -------
        Told
        """
        return self._remembered(path, _read)

    def districts(self, tables: Path) -> Mapping[str, str]:
        """Return the names of the districts of a plan by their keys.

        Parameters
        ----------
        tables : Path
            The folder of its tables.

        Returns
        -------
        mapping of str to str
        """
        return self._remembered(tables / "districts.parquet", _names)

    def _remembered(self, path: Path, read: Callable[[Path], Held]) -> Held:
        key = (path, path.stat().st_mtime_ns)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                held: Any = self._held[key]
                return held
        found = read(path)
        with self._lock:
            self._held[key] = found
            while len(self._held) > MOST:
                self._held.popitem(last=False)
        return found


def _names(path: Path) -> Mapping[str, str]:
    table = read_table(path.parent, path.stem)
    keys, names = (table[name].to_pylist() for name in ("district_id", "district"))
    return dict(zip(keys, names, strict=True))


def _read(path: Path) -> Told:
    report = worded_from(json.loads(path.read_text(encoding="utf-8")))
    parts = tuple(map(Part.of, report.sections))
    return Told(report.title, report.subtitle, report.tiles, parts)


def _row(row: tuple[WordedCell, ...], grid: WordedGrid, *, lead: bool) -> Markup:
    cells = Markup().join(
        _cell(cell, number=column.number) for cell, column in zip(row, grid.columns, strict=True)
    )
    return (Markup('<tr class="lead">{}</tr>\n') if lead else ROW).format(cells)


def _cell(cell: WordedCell, *, number: bool) -> Markup:
    text: str | Markup = cell.text
    if cell.number is not None:
        text = FIGURE.format(cell.number, text)
    return (NUMBER if number else WORDS).format(text)


def _drawn(option: Json) -> Json:
    if not isinstance(option, dict) or not isinstance(option.get("tooltip"), dict):
        return option
    tooltip = {**option["tooltip"], "renderMode": "richText", "confine": True}
    return {**option, "tooltip": tooltip}
