"""Who is served where: by district, by facility, and between them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from salus.core.messages import Message, say
from salus.report.charts.map import city_map
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.day import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from salus.report.words import Words
    from salus.service.day import Day

    Rows = list[dict[str, Any]]

NAMED = 2


def places(day: Day, tables: Mapping[str, pa.Table], words: Words) -> Section:
    """Show who is served where under the plan for the expected days."""
    flows, districts, facilities = (
        [row for row in tables[name].to_pylist() if row["scenario"] == EXPECTED]
        for name in ("flows", "districts", "facilities")
    )
    return Section(
        "places",
        say("Who is served where"),
        say("Who goes where"),
        (say("Unmet need comes first, then the longest journeys; full facilities come first."),),
        (
            _districts(day, districts, flows),
            _facilities(day, facilities),
            _largest_flows(day, flows),
        ),
        (city_map(day, EXPECTED, day.expected, words),),
    )


def _names(day: Day) -> dict[str, Message]:
    services = {service.id: service.name for service in day.region.services}
    return services | {resource.id: resource.name for resource in day.region.resources}


def _districts(day: Day, rows: Rows, flows: Rows) -> Grid:
    names, served_at = _names(day), defaultdict(list)
    for flow in flows:
        served_at[flow["district_id"], flow["service"]].append((-flow["cases"], flow["facility"]))
    rows = [row for row in rows if row["need_cases"]]
    rows.sort(key=lambda r: (-r["unmet_cases"], -(r["travel_mean_minutes"] or 0)))
    columns = (
        Column(say("district"), number=False),
        Column(say("service"), number=False),
        Column(say("need (cases)")),
        Column(say("unmet (cases)")),
        Column(say("coverage (%)")),
        Column(say("travel (minutes)")),
        Column(say("mostly served at"), number=False),
    )
    cells = tuple(
        (
            Cell(row["district"]),
            Cell(names[row["service"]]),
            Cell(row["need_cases"], 1),
            Cell(row["unmet_cases"], 1),
            Cell(100 * row["coverage"], 1),
            Cell(row["travel_mean_minutes"], 1),
            Cell(_top(served_at[row["district_id"], row["service"]])),
        )
        for row in rows
    )
    return Grid(say("By district"), columns, cells, file="districts")


def _top(served: list[tuple[float, str]]) -> Message | None:
    if not served:
        return None
    first = tuple(name for _, name in sorted(served)[:NAMED])
    more = len(served) - len(first)
    if more:
        return say("{names} and {more} more", names=first, more=more)
    return say("{names}", names=first)


def _facilities(day: Day, rows: Rows) -> Grid:
    names = _names(day)
    rows.sort(key=lambda r: (-r["load"], -r["capacity_resource_days"]))
    columns = (
        Column(say("facility"), number=False),
        Column(say("resource"), number=False),
        Column(say("capacity (resource-days)")),
        Column(say("used (%)")),
    )
    cells = tuple(
        (
            Cell(row["facility"]),
            Cell(names[row["resource"]]),
            Cell(row["capacity_resource_days"]),
            Cell(100 * row["load"], 1),
        )
        for row in rows
    )
    return Grid(say("By facility"), columns, cells, file="facilities")


def _largest_flows(day: Day, flows: Rows) -> Grid:
    names = _names(day)
    flows.sort(key=lambda r: (-r["cases"], r["district_id"], r["facility_id"]))
    columns = (
        Column(say("from district"), number=False),
        Column(say("to facility"), number=False),
        Column(say("service"), number=False),
        Column(say("served (cases)")),
        Column(say("travel (minutes)")),
    )
    cells = tuple(
        (
            Cell(row["district"]),
            Cell(row["facility"]),
            Cell(names[row["service"]]),
            Cell(row["cases"], 1),
            Cell(row["travel_minutes"], 1),
        )
        for row in flows
    )
    return Grid(say("The largest flows"), columns, cells, file="flows")
