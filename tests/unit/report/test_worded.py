"""A report keeps its words when it is written down and read again."""

from __future__ import annotations

import json
from datetime import date

from salus.core.messages import say
from salus.report.layout import Cell, Chart, Column, Grid, Section
from salus.report.worded import WordedReport, WordedTile, worded_from, worded_section
from salus.report.words import Words

GRID = Grid(
    say("By district"),
    (Column(say("district"), number=False), Column(say("unmet (cases)"))),
    ((Cell("East"), Cell(1234.5, 1)), (Cell(date(2026, 6, 27)), Cell(None))),
    file="districts",
    lead=1,
)
SECTION = Section(
    "places",
    say("Who is served where"),
    say("Who goes where"),
    (say("no patient is advised"),),
    (GRID,),
    (
        Chart(
            "map",
            say("full"),
            {"series": []},
            say("note"),
            {"type": "FeatureCollection"},
            (("--ink", say("full")),),
        ),
        Chart("beds", say("full"), None, say("note"), drawing="<svg></svg>"),
    ),
    synthetic=True,
)


def test_it_reads_what_it_has_written() -> None:
    """Written as JSON and read again, nothing is lost."""
    tile = WordedTile("unmet", "Unmet", "1,234.5", "cases")
    report = WordedReport(
        "Salus", "As of", (tile,), (worded_section(SECTION, Words("en")),), synthetic=True
    )
    assert worded_from(json.loads(json.dumps(report.document()))) == report


def test_numbers_can_be_sorted_and_words_are_said() -> None:
    """A number keeps its value beside its text; a date or a dash has none; heads are translated."""
    section = worded_section(SECTION, Words("zh"))
    first, second = section.grids[0].rows
    assert (first[1].text, first[1].number) == ("1,234.5", 1234.5)
    assert [cell.number for cell in second] == [None, None]
    assert section.grids[0].columns[0].head == "区县"
