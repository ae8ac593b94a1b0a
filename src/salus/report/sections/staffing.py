"""What staff may work, who is moved with which escort, and what could not be planned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salus.allocate.city.explain.binding import binding
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.day import EXPECTED
from salus.service.unplanned import unplanned

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.service.day import Day

    Rows = list[dict[str, Any]]

RULES = {
    "ratio": say("patients for each of the staff"),
    "hours": say("hours in a week"),
    "rest": say("rest"),
}
MOVES = {"opened": say("opening"), "lent": say("loan"), "moved": say("transfer")}


def staffing(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Section]:
    """Show staff limits, transfers and what is impossible; nothing where a region has none."""
    found = {name: tables[name].to_pylist() for name in ("staff", "transfers", "impossible")}
    if not (day.region.staff or day.region.transfers or found["impossible"]):
        return
    yield Section(
        "staffing",
        say("What staff may work, and who is moved"),
        say("Staff and transfers"),
        tuple(_sentences(day, found)),
        tuple(_grids(day, found)),
    )


def _sentences(day: Day, found: Mapping[str, Rows]) -> Iterator[Message]:
    expected = day.expected.demand.label
    if day.region.staff:
        yield say(
            "{scenario}: facilities that staff hold back: {count:,}.",
            scenario=expected,
            count=len(_held_back(day, found["staff"])),
        )
    if day.region.transfers:
        moved = [row for row in found["transfers"] if row["scenario"] == EXPECTED]
        yield say(
            "{scenario}: {patients:,.0f} patients are moved; escorts are away for {hours:,.1f} "
            "hours.",
            scenario=expected,
            patients=sum(row["patients"] for row in moved),
            hours=sum(row["escort_hours"] for row in moved),
        )


def _held_back(day: Day, rows: Rows) -> set[str]:
    """Name the facilities whose staff reach a limit of the law, or are used up by services."""
    lawful = {
        row["facility_id"] for row in rows if row["runs_full"] and row["scenario"] == EXPECTED
    }
    groups, answer = {group.id for group in day.region.staff}, day.expected
    full = binding(answer.problem, answer.proposed.plan)
    return lawful | {one.facility for one in full if one.resource in groups}


def _grids(day: Day, found: Mapping[str, Rows]) -> Iterator[Grid]:
    for key, answer in day.scenarios():
        rows = {
            name: [row for row in every if row["scenario"] == key] for name, every in found.items()
        }
        short = 12 if key == EXPECTED else 0
        if full := [row for row in rows["staff"] if row["runs_full"]]:
            yield _limits(day, answer.demand.label, full, short)
        if rows["transfers"]:
            yield _moved(day, answer.demand.label, rows["transfers"], short)
        if rows["impossible"]:
            yield _impossible(day, answer.demand.label, rows["impossible"], short)


def _limits(day: Day, label: Message, rows: Rows, short: int) -> Grid:
    names = {group.id: group.name for group in day.region.staff}
    rows = sorted(rows, key=lambda row: (-row["runs_full"], -(row["load"] or 0)))
    cells = tuple(
        (
            Cell(row["facility"]),
            Cell(names[row["staff"]]),
            Cell(RULES[row["rule"]]),
            Cell(row["first_full_day"]),
            Cell(row["runs_full"]),
            Cell(None if row["load"] is None else 100 * row["load"], 1),
        )
        for row in rows
    )
    columns = (
        Column(say("facility"), number=False, wraps=True),
        Column(say("staff"), number=False),
        Column(say("what limits them"), number=False, wraps=True),
        Column(say("first day"), number=False, wraps=True),
        Column(say("times reached")),
        Column(say("worked of what is allowed (%)")),
    )
    title = say("{scenario}: where staff hold the plan back", scenario=label)
    return Grid(title, columns, cells, short, file="staff")


def _moved(day: Day, label: Message, rows: Rows, short: int) -> Grid:
    names = {service.id: service.name for service in day.region.services}
    cells = tuple(
        (
            Cell(row["day"]),
            Cell(row["patients"]),
            Cell(names[row["service"]]),
            Cell(row["facility"]),
            Cell(row["to_facility"]),
            Cell(names[row["to_service"]]),
            Cell(row["escort"]),
        )
        for row in rows
    )
    columns = (
        Column(say("day"), number=False, wraps=True),
        Column(say("patients moved")),
        Column(say("service"), number=False, wraps=True),
        Column(say("facility"), number=False, wraps=True),
        Column(say("to facility"), number=False, wraps=True),
        Column(say("service there"), number=False, wraps=True),
        Column(say("escort"), number=False, wraps=True),
    )
    title = say("{scenario}: who is moved", scenario=label)
    return Grid(title, columns, cells, short, file="transfers")


def _impossible(day: Day, label: Message, rows: Rows, short: int) -> Grid:
    names = {resource.id: resource.name for resource in day.region.resources}
    reasons = _reasons(day)
    cells = tuple(
        (
            Cell(MOVES[row["move"]]),
            Cell(names.get(row["what"], row["what"])),
            Cell(row["facility"]),
            Cell(row["to_facility"] or ""),
            Cell(reasons[row["reason"]]),
        )
        for row in rows
    )
    columns = (
        Column(say("what was asked"), number=False),
        Column(say("what or whom"), number=False),
        Column(say("facility"), number=False, wraps=True),
        Column(say("to facility"), number=False, wraps=True),
        Column(say("why not"), number=False, wraps=True),
    )
    title = say("{scenario}: what cannot be planned", scenario=label)
    return Grid(title, columns, cells, short, file="impossible")


def _reasons(day: Day) -> dict[str, Message]:
    """Find the sentence behind each reason as a table holds it."""
    of_features = {
        str(each.reason): each.reason
        for _, answer in day.scenarios()
        for feature in answer.problem.features
        for each in getattr(feature, "missing", ())
    }
    return of_features | {
        str(each.reason): each.reason
        for _, answer in day.scenarios()
        for each in unplanned(day.region, answer)
    }
