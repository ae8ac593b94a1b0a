"""The methods side by side, and the expected days beside each stress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.city.auto import Auto
from salus.core.messages import Message, say
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.differences import differences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.figure import Figure

NAMED = 8
"""Districts that are named in a sentence, at most."""

METHODS = {
    "exact": say("exact (linear programme)"),
    "flow": say("exact (minimum-cost flow)"),
    "prices": say("exact (journeys chosen by price)"),
    "greedy": say("greedy"),
    "nearest": say("status quo (nearest)"),
}


def methods(day: Day, figures: Mapping[str, Figure]) -> Section:
    """Compare every method on the expected days."""
    names = [outcome.plan.method for outcome in day.expected.outcomes]
    grids = (
        _by_method(
            say("Cost, proof and unmet need"),
            names,
            figures,
            ("cost", "bound", "gap", "unmet_cases", "unmet_weighted"),
        ),
        _by_method(
            say("Travel, fairness and waste"),
            names,
            figures,
            ("travel_mean", "travel_p95", "lowest_coverage", "coverage_gap", "gini", "idle"),
        ),
    )
    return Section(
        "methods",
        say("Why this plan: the methods side by side"),
        say("Why this plan"),
        (
            say(
                "Cost counts minutes of travel and, for each unmet case, its penalty; no plan can "
                "cost less than the bound, which is recomputed from the prices of the first plan "
                "by a check that knows no solver."
            ),
            *_quickest(day),
            *_scaling(day),
        ),
        grids,
    )


def _quickest(day: Day) -> Iterator[Message]:
    names = {service.id: service.name for service in day.region.services}
    for choice in Auto().choose(day.expected.problem, names):
        yield say("Automatic choice – {why}.", why=choice.why)


def _scaling(day: Day) -> Iterator[Message]:
    flow = day.expected.of("flow")
    if flow is not None and flow.plan.scaling is not None:
        yield say(
            "The flow counts in whole numbers: {amount:,} to a resource-day and {cost:,} to a "
            "weighted minute; its cost agrees with the linear programme to one in a million.",
            amount=flow.plan.scaling.amount_scale,
            cost=round(flow.plan.scaling.cost_scale, 6),
        )


def _by_method(
    title: Message, names: list[str], figures: Mapping[str, Figure], parts: tuple[str, ...]
) -> Grid:
    rows = tuple(
        (Cell(METHODS[name]), *(Cell.of(figures[f"expected.{name}.{part}"]) for part in parts))
        for name in names
    )
    return Grid(
        title,
        (Column(say("method"), number=False), *_heads(figures, names, parts)),
        rows,
        file="methods",
        lead=1,
    )


def _heads(
    figures: Mapping[str, Figure], names: list[str], parts: tuple[str, ...]
) -> tuple[Column, ...]:
    shown = [figures[f"expected.{names[0]}.{part}"] for part in parts]
    return tuple(Column(say("{what} ({unit})", what=item.label, unit=item.unit)) for item in shown)


def scenarios(day: Day, figures: Mapping[str, Figure], words: Words) -> Section:
    """Put the expected days beside each stress.

    Parameters
    ----------
    day : Day
        What was planned.
    figures : mapping of str to Figure
        Every figure of the day, by key.
    words : Words
        The reader's language, for what stands inside pictures.

    Returns
    -------
    Section
    """
    parts = ("need_cases", "unmet_cases", "coverage", "lowest_coverage")
    first = day.region.services[0].id
    heads = [figures[f"expected.{first}.{part}"] for part in parts]
    rows = tuple(
        (
            Cell(answer.demand.label),
            Cell(service.name),
            *(Cell.of(figures[f"{key}.{service.id}.{part}"]) for part in parts),
        )
        for key, answer in day.scenarios()
        for service in day.region.services
    )
    columns = (
        Column(say("scenario"), number=False, wraps=True),
        Column(say("service"), number=False),
        *(Column(say("{what} ({unit})", what=h.label, unit=h.unit)) for h in heads),
    )
    changed, maps = differences(day, words)
    return Section(
        "scenarios",
        say("What if: the expected days and each stress"),
        say("What if"),
        tuple(_what_changes(day)),
        grids=(
            Grid(say("Need and coverage by scenario"), columns, rows, short=40),
            _left_unmet(day, figures),
            _loads(day, figures),
            *changed,
        ),
        charts=maps,
    )


def _what_changes(day: Day) -> Iterator[Message]:
    if day.need.record is not None:
        yield say("Record week: {record}.", record=day.need.record.label)
    for answer in day.answers[1:]:
        ids = {f.district_id for f in day.region.facilities if f.id in answer.closed}
        names = tuple(item.name for item in day.region.districts if item.id in ids)
        if names:
            yield say(
                "{scenario}: facilities close in {names}.",
                scenario=answer.demand.label,
                names=names[:NAMED],
            )


def _left_unmet(day: Day, figures: Mapping[str, Figure]) -> Grid:
    # A stress may close so many journeys that another method is the quickest.
    made = {each.plan.method for _, answer in day.scenarios() for each in answer.outcomes}
    names = [name for name in METHODS if name in made]
    rows = tuple(
        (Cell(answer.demand.label), *(_unmet(figures, f"{key}.{name}") for name in names))
        for key, answer in day.scenarios()
    )
    columns = (
        Column(say("scenario"), number=False, wraps=True),
        *(Column(METHODS[name]) for name in names),
    )
    title = say("What each method leaves unmet, in cases weighted by severity")
    return Grid(title, columns, rows, short=40, file="methods")


def _unmet(figures: Mapping[str, Figure], key: str) -> Cell:
    found = figures.get(f"{key}.unmet_weighted")
    return Cell(None) if found is None else Cell.of(found)


def _loads(day: Day, figures: Mapping[str, Figure]) -> Grid:
    resources = day.region.taken
    rows = tuple(
        (
            Cell(answer.demand.label),
            *(Cell.of(figures[f"{key}.{resource.id}.load"]) for resource in resources),
            Cell(len(answer.closed)),
        )
        for key, answer in day.scenarios()
    )
    columns = (
        Column(say("scenario"), number=False, wraps=True),
        *(Column(say("{what}, used (%)", what=resource.name)) for resource in resources),
        Column(say("facilities closed")),
    )
    return Grid(say("Load of all facilities together"), columns, rows, short=40, file="facilities")
