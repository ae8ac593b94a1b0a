"""Kept plans are read once, and again when they were kept anew."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from markupsafe import escape

from salus.report.worded import (
    Mark,
    WordedCell,
    WordedChart,
    WordedColumn,
    WordedGrid,
    WordedReport,
    WordedSection,
    WordedTile,
)
from salus.web.shelf import MOST, ROWS, Picture, Shelf, Table

if TYPE_CHECKING:
    from pathlib import Path

CHART = WordedChart(
    "map", "</script>", {"tooltip": {"trigger": "item"}, "series": []}, None, (), "source"
)


def _written(path: Path, title: str) -> Path:
    section = WordedSection("places", "Who", "Who", (), (), (CHART,), synthetic=False)
    tile = WordedTile("unmet", "Unmet", "3", "cases")
    report = WordedReport(title, "", (tile,), (section,), synthetic=False)
    path.write_text(json.dumps(report.document()))
    return path


def test_a_plan_is_read_once(tmp_path: Path) -> None:
    """The second look finds what the first has read."""
    shelf, path = Shelf(), _written(tmp_path / "sections.en.json", "one")
    assert shelf.told(path) is shelf.told(path)


def test_a_plan_that_is_kept_anew_is_read_again(tmp_path: Path) -> None:
    """The same decision may be kept again, with another text."""
    shelf, path = Shelf(), _written(tmp_path / "sections.en.json", "one")
    assert shelf.told(path).title == "one"
    _written(path, "two")
    os.utime(path, ns=(1, 1))
    assert shelf.told(path).title == "two"


def test_not_more_is_held_than_fits(tmp_path: Path) -> None:
    """The plans that were looked at longest ago are forgotten."""
    shelf = Shelf()
    paths = [_written(tmp_path / f"{number}.json", str(number)) for number in range(MOST + 1)]
    first = shelf.told(paths[0])
    for path in paths[1:]:
        shelf.told(path)
    assert shelf.told(paths[0]) is not first


def test_a_picture_cannot_end_its_element_and_needs_no_style(tmp_path: Path) -> None:
    """Its JSON holds no sign that closes a script, and what is said on hover is drawn."""
    told = Shelf().told(_written(tmp_path / "sections.en.json", "one"))
    part = told.part("places")
    assert part is not None
    assert "<" not in part.charts[0].option
    assert json.loads(part.charts[0].option)["tooltip"]["renderMode"] == "richText"
    assert Mark("--ink", "full") not in part.charts[0].legend


def test_rows_are_escaped_and_counted() -> None:
    """A name is only a name; what is not shown is in the file; what stands out is marked."""
    rows = tuple((WordedCell("<b>"), WordedCell("1.0", 1.0)) for _ in range(ROWS + 3))
    columns = (WordedColumn("name", number=False), WordedColumn("cases", number=True))
    table = Table.of(WordedGrid("By district", columns, rows, 30, "districts", 1))
    assert table.more == 3
    assert table.body.count("<tr") == ROWS
    first = table.body.splitlines()[0]
    assert first == (
        '<tr class="lead"><td>&lt;b&gt;</td><td class="n"><data value="1.0">1.0</data></td></tr>'
    )


def test_a_drawn_picture_stands_in_the_page_as_it_was_drawn() -> None:
    """Its SVG is markup already; it is not escaped again."""
    chart = WordedChart("beds", "Beds", None, None, (), "source", "<svg></svg>")
    assert Picture.of(chart).drawing == "<svg></svg>"
    assert str(escape(Picture.of(chart).drawing)) == "<svg></svg>"
