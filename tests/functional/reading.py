"""Reading a page back: its grids, its figures, and what it refers to."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class GridRead:
    """One table of the page."""

    caption: str = ""
    numbers: list[bool] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass
class FigureRead:
    """One keyed figure of the page."""

    key: str
    value: str
    text: str = ""


class Page(HTMLParser):
    """Collects grids, figures, references and charts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.grids: list[GridRead] = []
        self.figures: list[FigureRead] = []
        self.references: list[str] = []
        self.charts = 0
        self.tags: set[str] = set()
        self._inside = ""
        self._cell = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a grid, a row, a cell or a figure."""
        given = dict(attrs)
        self.tags.add(tag)
        self.references += [given[name] or "" for name in ("src", "href") if name in given]
        self.charts += "data-chart" in given
        if tag == "table":
            self.grids.append(GridRead())
        elif tag == "th":
            self.grids[-1].numbers.append(given.get("class") == "n")
        elif tag == "tr" and self.grids[-1].numbers:
            self.grids[-1].rows.append([])
        elif tag == "td":
            self._cell = True
            self.grids[-1].rows[-1].append("")
        elif tag == "data":
            self.figures.append(FigureRead(given["data-key"] or "", given["value"] or ""))
        if tag in {"caption", "td", "data"}:
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        """Leave a figure for its cell, and a cell for nothing."""
        if tag == "td":
            self._cell = False
        if tag == self._inside:
            self._inside = "td" if tag == "data" and self._cell else ""

    def handle_data(self, data: str) -> None:
        """Keep the text of captions, cells and figures."""
        if self._inside == "caption":
            self.grids[-1].caption += data
        if self._inside == "data":
            self.figures[-1].text += data
        if self._inside in {"td", "data"} and self._cell:
            self.grids[-1].rows[-1][-1] += data
