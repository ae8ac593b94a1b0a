"""What a plan opens, and what one facility lends to another."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.day import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.service.day import Day

DONE = {
    "opened": say("opened"),
    "lent": say("lent"),
    "ordered": say("ordered"),
    "sent": say("sent"),
}
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
                "Offers of facilities to open units: {surge:,}; to lend them: {lending:,}. What is "
                "used of them pays for its price.",
                surge=len(day.region.surge),
                lending=len(day.region.lending),
            ),
        ),
        tuple(_grid(day, key, answer.demand.label, rows) for key, answer in day.scenarios()),
    )


def moves_finding(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Message]:
    """Say in one sentence what is opened, lent and moved; nothing where nothing is.

    Parameters
    ----------
    day : Day
        What was planned.
    tables : mapping of str to pyarrow.Table
        All tables of the day.

    Yields
    ------
    Message
    """
    names = {resource.id: resource.name for resource in day.region.resources}
    units: dict[tuple[str, str], float] = defaultdict(float)
    for row in tables["moves"].to_pylist():
        if row["scenario"] == EXPECTED:
            units[row["move"], row["resource"]] += row["units"]
    done = [
        say(
            "{resource} {done} ({units:,g})",
            units=round(amount, 1),
            resource=names[resource],
            done=DONE[move],
        )
        for (move, resource), amount in units.items()
    ]
    patients = sum(
        row["patients"] for row in tables["transfers"].to_pylist() if row["scenario"] == EXPECTED
    )
    if patients:
        done.append(say("{patients:,.0f} patients moved", patients=patients))
    if done:
        yield say("Beside journeys the plan has: {done}.", done=tuple(done))


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
        Column(say("amount")),
        Column(say("facility"), number=False),
        Column(say("to facility"), number=False),
        Column(say("first day"), number=False),
        Column(say("last day"), number=False),
    )
    return Grid(label, columns, cells, 12 if key == EXPECTED else 0, file="moves")
