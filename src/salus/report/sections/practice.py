"""What practice forbids and prices, who overrode it, and what facilities keep and decline."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from salus.allocate.city.practice.rule import CAUSES, Rule
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.called import called
from salus.service.day import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.allocate.city.explain.names import Names
    from salus.service.day import Day

    Rows = list[dict[str, Any]]

ALL = say("all")
DISTRICT = Column(say("district"), number=False)
FACILITY = Column(say("facility"), number=False)
SERVICE = Column(say("service"), number=False)
RULE = Column(say("against the rule"), number=False, wraps=True)
REASON = Column(say("reason"), number=False, wraps=True)
CASES = Column(say("cases"))


def practice(day: Day, tables: Mapping[str, pa.Table]) -> Iterator[Section]:
    """Show the ledger of practice and the rights of facilities; nothing where there are none.

    Parameters
    ----------
    day : Day
        What was planned.
    tables : mapping of str to pyarrow.Table
        All tables of the day.
    """
    rows = {
        name: tables[name].to_pylist()
        for name in ("practice", "practice_journeys", "overrides", "reserves", "declines")
    }
    if not any(rows.values()):
        return
    names = called(day.region)
    rules = rows["practice"]
    grids = (
        *(_rules(rules, key, answer.demand.label) for key, answer in day.scenarios() if rules),
        _journeys(_expected(rows["practice_journeys"]), names),
        _overrides(_expected(rows["overrides"]), names),
        _reserves(rows["reserves"], names),
        _declines(rows["declines"], names),
        _replanned(tables["replanned"].to_pylist(), names),
    )
    yield Section(
        "practice",
        say("What practice and the rights of facilities change"),
        say("Practice"),
        tuple(_sentences(rows, tables["replanned"].to_pylist())),
        tuple(grid for grid in grids if grid.rows),
    )


def _expected(rows: Rows) -> Rows:
    return [row for row in rows if row["scenario"] == EXPECTED]


def _sentences(rows: Mapping[str, Rows], replanned: Rows) -> Iterator[Message]:
    expected = _expected(rows["practice"])
    if expected:
        yield say(
            "Practice forbids {forbidden:,} journeys and prices {priced:,}, a journey once for "
            "each rule; the proposed plan pays {minutes:,.0f} weighted minutes for it.",
            forbidden=sum(row["journeys_forbidden"] for row in expected),
            priced=sum(row["journeys_priced"] for row in expected),
            minutes=sum(row["price_minutes"] for row in expected),
        )
    if over := _expected(rows["overrides"]):
        yield say(
            "Overrides that somebody answers for: {count:,}. They let {journeys:,} journeys pass, "
            "and {cases:,.1f} cases use them.",
            count=len(over),
            journeys=sum(row["journeys"] for row in over),
            cases=sum(row["cases"] for row in over),
        )
    if rows["declines"]:
        yield say(
            "Declines: {count:,}, of which {now:,} hold in the days of the plan. Against the plan "
            "without them, {elsewhere:,.1f} cases are served elsewhere, {lost:,.1f} are no longer "
            "served and {gained:,.1f} are now served as well.",
            count=len(rows["declines"]),
            now=sum(row["days_in_plan"] > 0 for row in rows["declines"]),
            elsewhere=sum(row["elsewhere_cases"] for row in replanned),
            lost=sum(row["lost_cases"] for row in replanned),
            gained=sum(row["gained_cases"] for row in replanned),
        )


def _rules(rows: Rows, key: str, label: Message) -> Grid:
    columns = (
        RULE,
        Column(say("journeys forbidden")),
        Column(say("journeys priced")),
        Column(say("journeys overridden")),
        CASES,
        Column(say("weighted minutes")),
    )
    cells = tuple(
        (
            Cell(CAUSES[Rule(row["rule"])]),
            Cell(row["journeys_forbidden"]),
            Cell(row["journeys_priced"]),
            Cell(row["journeys_overridden"]),
            Cell(row["cases"], 1),
            Cell(row["price_minutes"]),
        )
        for row in rows
        if row["scenario"] == key
    )
    title = say("Rules of practice: {case}", case=label)
    return Grid(title, columns, cells, 12 if key == EXPECTED else 0, file="practice")


def _journeys(rows: Rows, names: Names) -> Grid:
    let = any(row["decided_by"] is not None for row in rows)
    columns = (
        DISTRICT,
        FACILITY,
        SERVICE,
        RULE,
        CASES,
        Column(say("minutes added")),
        *((Column(say("let pass by"), number=False), REASON) if let else ()),
    )
    cells = tuple(
        (
            Cell(row["district"]),
            Cell(row["facility"]),
            Cell(names.service(row["service"])),
            Cell(CAUSES[Rule(row["rule"])]),
            Cell(row["cases"], 1),
            Cell(row["minutes_per_case"]),
            *((Cell(row["decided_by"]), Cell(row["reason"])) if let else ()),
        )
        for row in rows
    )
    title = say("Journeys of the proposed plan that go against a rule")
    return Grid(title, columns, cells, file="practice_journeys")


def _overrides(rows: Rows, names: Names) -> Grid:
    columns = (
        DISTRICT,
        FACILITY,
        SERVICE,
        Column(say("journeys")),
        CASES,
        Column(say("let pass by"), number=False),
        REASON,
    )
    cells = tuple(
        (
            *_places(row, names, "district", "facility", "service"),
            Cell(row["journeys"]),
            Cell(row["cases"], 1),
            Cell(row["decided_by"]),
            Cell(row["reason"]),
        )
        for row in rows
    )
    return Grid(say("Overrides"), columns, cells, file="overrides")


def _reserves(rows: Rows, names: Names) -> Grid:
    columns = (
        FACILITY,
        Column(say("resource"), number=False),
        Column(say("kept in reserve (units)")),
        Column(say("of staffed (units)")),
    )
    cells = tuple(
        (
            Cell(row["facility"]),
            Cell(names.resource(row["resource"])),
            Cell(row["reserve_units"]),
            Cell(row["staffed_units"]),
        )
        for row in rows
    )
    return Grid(say("Reserves, out of every plan"), columns, cells, file="reserves")


def _declines(rows: Rows, names: Names) -> Grid:
    columns = (
        FACILITY,
        SERVICE,
        DISTRICT,
        Column(say("first day"), number=False),
        Column(say("last day"), number=False),
        Column(say("days in the plan")),
        REASON,
    )
    cells = tuple(
        (
            *_places(row, names, "facility", "service", "district"),
            Cell(row["first_day"]),
            Cell(row["last_day"]),
            Cell(row["days_in_plan"]),
            Cell(row["reason"]),
        )
        for row in rows
    )
    return Grid(say("What facilities decline"), columns, cells, file="declines")


def _replanned(rows: Rows, names: Names) -> Grid:
    columns = (
        DISTRICT,
        SERVICE,
        Column(say("served elsewhere (cases)")),
        Column(say("no longer served (cases)")),
        Column(say("now served as well (cases)")),
    )
    cells = tuple(
        (
            Cell(row["district"]),
            Cell(names.service(row["service"])),
            Cell(row["elsewhere_cases"], 1),
            Cell(row["lost_cases"], 1),
            Cell(row["gained_cases"], 1),
        )
        for row in rows
    )
    return Grid(say("What the declines change"), columns, cells, file="replanned")


def _places(row: Mapping[str, Any], names: Names, *kinds: str) -> Iterator[Cell]:
    for kind in kinds:
        key = row["service" if kind == "service" else f"{kind}_id"]
        yield Cell(ALL if key is None else getattr(names, kind)(key))
