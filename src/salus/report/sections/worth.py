"""What one more bed is worth, where beds are worth most."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.binding import binding
from salus.allocate.city.explain.changes.relax import Room
from salus.core.messages import Message, say
from salus.data.region.defaults import RESOURCES
from salus.report.layout import Cell, Column, Grid, Section
from salus.service.called import called
from salus.service.day import EXPECTED
from salus.service.explain_city import MOST_TOGETHER
from salus.service.staffing import unit_gives

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.plan_city import CityAnswer

MOST_REASONS = 4
"""Reasons that are shown, at most: those that stop most cases."""


def worth(day: Day, figures: Mapping[str, Figure]) -> Section:
    """Show what one more bed is worth at the tightest places of each case."""
    grids = tuple(_grid(day, key, answer, figures) for key, answer in day.scenarios())
    return Section(
        "worth",
        *_called(day),
        (
            say(
                "One more staffed unit in all {days} days at the tightest places. Every value was "
                "confirmed by planning again with it; an unconfirmed one is not shown.",
                days=len(day.need.expected.days),
            ),
            *_full(day, day.expected),
            *_unsearched(day),
            *_short(day),
        ),
        (*grids, *_ranges(day, figures), *_prices(day)),
    )


def _called(day: Day) -> tuple[Message, Message]:
    if all(resource in RESOURCES for resource in day.region.taken):
        return say("What one more bed is worth"), say("One more bed")
    return say("What one more unit is worth"), say("One more unit")


def _unsearched(day: Day) -> Iterator[Message]:
    """Say why days, ranges and remedies are not told, where they are not."""
    if day.explained is None or not day.expected.worth:
        return
    if not day.expected.problem.plain:
        yield say(
            "What a single resource-day is worth is not told: more than journeys is decided here, "
            "so the days of the plan touch one another."
        )
    if not day.explained.searched:
        yield say(
            "For how many units a value holds, and what would serve the district that is served "
            "least, is not worked out: the days touch, and there are more than {most:,} journeys.",
            most=MOST_TOGETHER,
        )


def _short(day: Day) -> Iterator[Message]:
    if day.explained is None or day.explained.short is None:
        return
    short, names = day.explained.short, called(day.region)
    yield say(
        "Most need stays unmet in {district}: {cases:,.1f} cases; {share:.1%} of its need is "
        "covered. Why, and what would serve it:",
        district=names.district(short.district),
        cases=sum(short.unmet),
        share=short.coverage,
    )
    reasons = sorted(short.reasons, key=lambda reason: -reason.cases)
    # What is declined as a whole is a reason for each service.
    told = tuple(dict.fromkeys(reason.sentence for reason in reasons))
    yield from told[:MOST_REASONS]
    remedy = day.explained.remedy
    if remedy is not None:
        yield remedy.sentence(names)
        if isinstance(remedy.change, Room):
            yield _room(day, remedy.change)
    elif day.explained.searched:
        yield say("No single change was found that serves it.")


def _room(day: Day, change: Room) -> Message:
    problem, rules = day.expected.problem, day.request.rules
    uses = problem.uses[problem.services.index(change.service)]
    j = problem.facilities.index(change.facility)
    gives = unit_gives(day.region, rules.target_occupancy)[j]
    units = np.ceil((change.cases * uses / gives).round(6))
    names = called(day.region)
    return say(
        "That room is {units}.",
        units=tuple(
            say("{units:,g} of {resource}", units=units[r], resource=names.resource(key))
            for r, key in enumerate(problem.resources)
            if units[r] > 0
        ),
    )


def _ranges(day: Day, figures: Mapping[str, Figure]) -> Iterator[Grid]:
    if day.explained is None or not day.explained.ranges:
        return
    names = called(day.region)
    places = zip(day.expected.worth, day.explained.ranges, strict=True)
    rows = tuple(
        (
            Cell(names.facility(worth.facility)),
            Cell(names.resource(worth.resource)),
            *(
                Cell.of(figures[f"{EXPECTED}.worth.{rank}.{part}"])
                for part in ("each", "fewer", "more")
            ),
        )
        for rank, (worth, _) in enumerate(places, start=1)
    )
    columns = (
        Column(say("facility"), number=False),
        Column(say("resource"), number=False),
        Column(say("each unit saves (weighted minutes)")),
        Column(say("holds for so many fewer")),
        Column(say("holds for so many more")),
    )
    yield Grid(say("For how many units that holds in the expected days"), columns, rows)


def _prices(day: Day) -> Iterator[Grid]:
    if day.explained is None or not day.explained.prices:
        return
    names = called(day.region)
    rows = tuple(
        (
            Cell(names.facility(price.facility)),
            Cell(names.resource(price.resource)),
            Cell(price.days[0]),
            Cell(len(price.days)),
            Cell(price.range.rate, 1),
            Cell(price.weighted, 2),
            Cell(price.range.fewer, 1),
            Cell(price.range.more, 1),
        )
        for price in day.explained.prices
    )
    columns = (
        Column(say("facility"), number=False),
        Column(say("resource"), number=False),
        Column(say("first day"), number=False),
        Column(say("days alike")),
        Column(say("worth of one more resource-day (weighted minutes)")),
        Column(say("the same in cases of severity 1")),
        Column(say("holds for so many fewer")),
        Column(say("holds for so many more")),
    )
    yield Grid(say("What a resource-day is worth, day by day"), columns, rows, file="prices")


def _full(day: Day, answer: CityAnswer) -> Iterator[Message]:
    full = Counter(item.resource for item in binding(answer.problem, answer.proposed.plan))
    held = (answer.problem.capacity > 0).any(axis=2).sum(axis=0)
    for resource, places in zip(day.region.taken, held.tolist(), strict=False):
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
                for part in ("cases", "weighted", "minutes", "saved")
            ),
        )
        for rank, item in enumerate(answer.worth, start=1)
    )
    columns = (
        Column(say("facility"), number=False),
        Column(say("resource"), number=False),
        Column(say("more cases served")),
        Column(say("more served, by severity")),
        Column(say("change of travel (minutes)")),
        Column(say("cost saved (weighted minutes)")),
    )
    return Grid(answer.demand.label, columns, rows, 12 if key == EXPECTED else 0, file="worth")
