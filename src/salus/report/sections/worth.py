"""What one more bed is worth, where beds are worth most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.allocate.city.explain.binding import binding
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.plan_city import CityAnswer


def worth(day: Day, figures: Mapping[str, Figure]) -> Section:
    """Show what one more bed is worth at the tightest places of each case."""
    grids = tuple(_grid(day, key, answer, figures) for key, answer in day.scenarios())
    return Section(
        "worth",
        say("What one more bed is worth"),
        say("One more bed"),
        (
            say(
                "One more staffed bed in all {days} days at the tightest places. Every value was "
                "confirmed by planning again with the bed; an unconfirmed one is not shown.",
                days=len(day.need.expected.days),
            ),
            *_full(day, day.expected),
        ),
        grids,
    )


def _full(day: Day, answer: CityAnswer) -> Iterator[Message]:
    full = Counter(item.resource for item in binding(answer.problem, answer.proposed.plan))
    held = (answer.problem.capacity > 0).any(axis=2).sum(axis=0)
    for resource, places in zip(day.region.resources, held.tolist(), strict=True):
        yield say(
            "{resource} are used up at {full:,} of {places:,} facilities that have them.",
            resource=resource.name,
            full=full[resource.id],
            places=places,
        )


def _grid(day: Day, key: str, answer: CityAnswer, figures: Mapping[str, Figure]) -> Grid:
    facilities = {facility.id: facility.name for facility in day.region.facilities}
    resources = {resource.id: resource.name for resource in day.region.resources}
    rows = tuple(
        (
            Cell(facilities[item.facility]),
            Cell(resources[item.resource]),
            *(
                Cell.of(figures[f"{key}.worth.{rank}.{part}"])
                for part in ("cases", "minutes", "saved")
            ),
        )
        for rank, item in enumerate(answer.worth, start=1)
    )
    columns = (
        Column(say("facility"), number=False),
        Column(say("resource"), number=False),
        Column(say("more cases served")),
        Column(say("change of travel (minutes)")),
        Column(say("cost saved (weighted minutes)")),
    )
    return Grid(answer.demand.label, columns, rows, file="worth")
