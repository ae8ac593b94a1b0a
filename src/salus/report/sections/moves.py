"""What a plan opens, and what one facility lends to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.service.day import Day

DONE = {"opened": say("opened"), "lent": say("lent")}
"""What is done, by its key in the table."""


def moves(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Section]:
    """Show what is opened and lent, in each case; nothing where a region offers nothing."""
    if not (day.region.surge or day.region.lending):
        return
    rows = tables["moves"].to_pylist()
    yield Section(
        "moves",
        say("What is opened and lent"),
        say("Opened and lent"),
        (
            say(
                "Facilities offer {surge:,} kinds of units that can be opened and {lending:,} that "
                "can be lent; what is used of it pays for its price.",
                surge=len(day.region.surge),
                lending=len(day.region.lending),
            ),
        ),
        tuple(_grid(day, key, answer.demand.label, rows) for key, answer in day.scenarios()),
    )


def _grid(day: Day, key: str, label: Message, rows: list[dict[str, str]]) -> Grid:
    names = {resource.id: resource.name for resource in day.region.resources}
    cells = tuple(
        (
            Cell(DONE[row["move"]]),
            Cell(names[row["resource"]]),
            Cell(row["units"], 1),
            Cell(row["facility"]),
            Cell(row["to_facility"]),
            Cell(row["first_day"]),
            Cell(row["last_day"]),
        )
        for row in rows
        if row["scenario"] == key
    )
    columns = (
        Column(say("what is done"), number=False),
        Column(say("resource"), number=False),
        Column(say("units")),
        Column(say("facility"), number=False),
        Column(say("to facility"), number=False),
        Column(say("first day"), number=False),
        Column(say("last day"), number=False),
    )
    return Grid(label, columns, cells, file="moves")
