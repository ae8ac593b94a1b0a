"""How evenly people are covered: bounds, coverage by deprivation, and what fairness costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salus.core.messages import Message, say
from salus.report.charts.front import front_chart
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.day import EXPECTED
from salus.service.fair_bounds import fairness_assumptions
from salus.service.fair_front import MOST_DISTRICTS, MOST_JOURNEYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.fair_front import FairFront
    from salus.service.plan_city import CityAnswer

NAMED = 3
SHORT = 12
"""Reasons that are told why a bound was given up."""


def fairness(day: Day, tables: Mapping[str, pa.Table], words: Words) -> Iterator[Section]:
    """Show bounds that are kept, coverage by deprivation, and need against fairness.

    Parameters
    ----------
    day : Day
        What was planned and explained.
    tables : mapping of str to pyarrow.Table
        All tables of the day.
    words : Words
        The reader's language, for what stands inside the picture.
    """
    if day.explained is None:
        return
    found = day.explained.front
    several = found is not None and len(found.front.points) > 1
    sentences = (*_bounds(day), *_groups(tables), *_front(day, found))
    if not sentences:
        return
    grids = (*_by_deprivation(day, tables), *((_grid(tables),) if several else ()))
    charts = (front_chart("fairness", found.front, words),) if found and several else ()
    title = say("How evenly people are covered") if found is None else say("What fairness costs")
    yield Section("fairness", title, say("Fairness"), sentences, grids, charts)


def _bounds(day: Day) -> Iterator[Message]:
    rules = tuple(fairness_assumptions(day.request.rules))
    if not rules:
        return
    yield from rules
    for _, answer in day.scenarios():
        yield from _unkept(answer)
    yield say(
        "The greedy plan and the status quo know of no bound on fairness, so they may cost less "
        "than the best plan that keeps it."
    )


def _unkept(answer: CityAnswer) -> Iterator[Message]:
    if answer.unkept:
        yield say(
            "{case}: no plan keeps the bounds on fairness, so it is planned without them.",
            case=answer.demand.label,
        )
    for fault in answer.unkept[:NAMED]:
        yield say("{why}.", why=fault.what)


def _groups(tables: Mapping[str, pa.Table]) -> Iterator[Message]:
    rows = [
        row
        for row in tables["deprivation"].to_pylist()
        if row["scenario"] == EXPECTED and row["coverage"] is not None
    ]
    told = [row["coverage"] for row in rows if row["group"] is not None]
    if told:
        shares = [row["coverage"] for row in rows]
        yield say(
            "Of the least deprived districts {least:.1%} of the cases are served, of the most "
            "deprived {most:.1%}; the widest gap between two groups is {gap:.1%}.",
            least=told[0],
            most=told[-1],
            gap=max(shares) - min(shares),
        )


def _front(day: Day, found: FairFront | None) -> Iterator[Message]:
    if found is not None:
        if any(fairness_assumptions(day.request.rules)):
            yield say(
                "What follows is planned without these bounds, and counts each case by its "
                "severity; the bounds count each as one."
            )
        yield from _sentences(found)
    elif day.expected.problem.need.any():
        yield say(
            "What it costs to cover the worst covered district better is not worked out: that "
            "takes long with more than {districts:,} districts, or where more than journeys is "
            "decided over more than {journeys:,} of them.",
            districts=MOST_DISTRICTS,
            journeys=MOST_JOURNEYS,
        )


def _sentences(found: FairFront) -> Iterator[Message]:
    first, last = found.front.points[0], found.front.points[-1]
    if first is last:
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
        "facility within reach are left out."
    )
    if not found.by_day:
        yield say("The days count as one here: a bed that is free on any of them is free.")


def _by_deprivation(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Grid]:
    rows = tables["deprivation"].to_pylist()
    columns = (
        Column(say("group by deprivation"), number=False),
        Column(say("districts")),
        Column(say("people")),
        Column(say("need (cases)")),
        Column(say("unmet need (cases)")),
        Column(say("coverage (%)")),
    )
    for key, answer in day.scenarios():
        mine = [row for row in rows if row["scenario"] == key]
        if mine:
            last = max(row["group"] or 0 for row in mine)
            title = say("Coverage by deprivation: {case}", case=answer.demand.label)
            cells = tuple(_row(row, last) for row in mine)
            yield Grid(title, columns, cells, SHORT if key == EXPECTED else 0, file="deprivation")


def _row(row: Mapping[str, Any], last: int) -> tuple[Cell, ...]:
    group = row["group"]
    return (
        Cell(_called(group, last)),
        Cell(row["districts"]),
        Cell(row["people"]),
        Cell(row["need_cases"], 1),
        Cell(row["unmet_cases"], 1),
        Cell(None if row["coverage"] is None else 100 * row["coverage"], 1),
    )


def _called(group: int | None, last: int) -> Message:
    if group is None:
        return say("not known")
    if group == 1:
        return say("1 (least deprived)")
    if group == last:
        return say("{group} (most deprived)", group=group)
    return say("{group}", group=group)


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
