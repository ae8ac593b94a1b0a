"""What it costs to cover the worst covered district better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.charts.front import front_chart
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.allocate.city.pareto import Front
    from salus.report.words import Words
    from salus.service.day import Day


def fairness(day: Day, tables: Mapping[str, pa.Table], words: Words) -> Iterator[Section]:
    """Show need against fairness; nothing where there is no front of them.

    Parameters
    ----------
    day : Day
        What was planned and explained.
    tables : mapping of str to pyarrow.Table
        All tables of the day.
    words : Words
        The reader's language, for what stands inside the picture.
    """
    if day.explained is None or day.explained.front is None:
        return
    front = day.explained.front
    several = len(front.points) > 1
    yield Section(
        "fairness",
        say("What fairness costs"),
        say("Fairness"),
        tuple(_sentences(front)),
        (_grid(tables),) if several else (),
        (front_chart("fairness", front, words),) if several else (),
    )


def _sentences(front: Front) -> Iterator[Message]:
    first, last = front.points[0], front.points[-1]
    if len(front.points) == 1:
        yield say(
            "No plan covers the worst covered district better than the one that serves need best: "
            "{share:.1%}.",
            share=1 - first.measure,
        )
        return
    yield say(
        "The worst covered district can be covered to {high:.1%} rather than {low:.1%}; unmet "
        "need and travel weigh {more:.3%} more then.",
        high=1 - last.measure,
        low=1 - first.measure,
        more=(last.need - first.need) / max(1.0, abs(first.need)),
    )
    yield say(
        "Each row is a plan that no other beats in both: in what need costs, and in the coverage "
        "of the worst covered district, each case by its severity. Districts without any "
        "facility within reach are left out; the days count as one."
    )


def _grid(tables: Mapping[str, pa.Table]) -> Grid:
    rows = tuple(
        (
            Cell(row["plan"]),
            Cell(100 * row["worst_coverage"], 1),
            Cell(row["need_minutes"]),
            Cell(100 * row["more_share"], 3),
        )
        for row in tables["front"].to_pylist()
    )
    columns = (
        Column(say("plan")),
        Column(say("worst coverage (%)")),
        Column(say("unmet need and travel (weighted minutes)")),
        Column(say("more than the first (%)")),
    )
    return Grid(say("Need against fairness"), columns, rows, file="front")
