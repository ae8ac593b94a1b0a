"""What to decide before need is known, and what that is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.report.charts.unmet import unmet_chart
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.moves import DONE
from salus.service.uncertain.choice import EXPECTED, MIDDLE, SHORT, TAIL
from salus.service.uncertain_figures import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.uncertain.plan_ahead import PlannedAhead

    Offer = tuple[str, str, str, str, str, str]
    """What is done, with what, where, to where, from when and to when."""
    Offers = Mapping[Offer, Mapping[str, float]]

SHIPPED = ("ordered", "sent")
"""What is done with medicines."""
LEAST_UNITS = 1e-4
"""Decisions that differ by less are the same."""
NAMED = 6
"""Other decisions that are named in the sentence; the table has all."""
LEAST_MINUTES = 0.5
"""Weighted minutes below this are not worth a sentence."""


def uncertain(
    day: Day, figures: Mapping[str, Figure], tables: Mapping[str, pa.Table], words: Words
) -> Iterator[Section]:
    """Show what to open and lend now; nothing where nothing is decided before need is known.

    Parameters
    ----------
    day : Day
        What was planned.
    figures : mapping of str to Figure
        All figures of the day.
    tables : mapping of str to pyarrow.Table
        All tables of the day.
    words : Words
        The reader's language, for what stands inside the picture.
    """
    if day.ahead is None:
        return
    offers = _offers(tables)
    changes = tuple(_changes(day, offers))
    same = not changes and _alike(day.ahead)
    yield Section(
        "uncertain",
        say("What to decide now is the same for uncertain need as for the forecast's middle")
        if same
        else say("Uncertain need asks for other decisions now than the forecast's middle"),
        say("Uncertain need"),
        tuple(_sentences(day, day.ahead, changes)),
        (_decided(day, offers), _unmet(day.ahead, figures)),
        (unmet_chart(day.ahead.choices, words),),
    )


def _offers(tables: Mapping[str, pa.Table]) -> Offers:
    """Collect the units of each choice by what is done with what, where and when."""
    found: dict[Offer, dict[str, float]] = {}
    for row in tables["uncertain_moves"].to_pylist():
        when = (row["first_day"], row["last_day"])
        offer = (row["move"], row["resource"], row["facility"], row["to_facility"] or "", *when)
        found.setdefault(offer, {})[row["choice"]] = row["units"]
    order = list(DONE)
    return dict(sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][4])))


def _alike(ahead: PlannedAhead) -> bool:
    middle, expected = ahead.of(MIDDLE), ahead.of(EXPECTED)
    return np.allclose(middle.costs, expected.costs, rtol=0, atol=LEAST_MINUTES)


def _sentences(day: Day, ahead: PlannedAhead, changes: tuple[Message, ...]) -> Iterator[Message]:
    yield say(
        "What is opened and lent, what is ordered, and what is sent for a later day must be "
        "decided before need is known; journeys are chosen when it is. The rest of this report "
        "plans for the forecast's middle."
    )
    yield from _consider(ahead, changes)
    yield from _worth(day, ahead)
    drawn, few = ahead.ahead.drawn, ahead.ahead.reduced
    yield say(
        "{drawn} scenarios of need were drawn (seed {seed}). Decisions are made on the {kept} that "
        "stand for all of them, and judged on all; the worst twentieth are {tail} scenarios.",
        drawn=len(drawn),
        seed=ahead.ahead.seed,
        kept=len(few.scenarios),
        tail=round((1 - TAIL) * len(drawn)),
    )
    yield _dependence(ahead)
    yield _robust(ahead)


def _consider(ahead: PlannedAhead, changes: tuple[Message, ...]) -> Iterator[Message]:
    if changes:
        yield say("Consider, beside the plan for the middle: {changes}.", changes=changes[:NAMED])
    elif not _alike(ahead):
        yield say("They differ in how many units of a loan are away on which day.")
    if len(changes) > NAMED:
        yield say(
            "{more:,} more decisions differ; table {table} has all.",
            more=len(changes) - NAMED,
            table="uncertain_moves",
        )


def _changes(day: Day, offers: Offers) -> Iterator[Message]:
    for (move, thing, place, to, first, _), units in offers.items():
        more = units.get(EXPECTED, 0.0) - units.get(MIDDLE, 0.0)
        if abs(more) < LEAST_UNITS:
            continue
        yield say(
            "{more:+g} {resource} {what} ({place})",
            more=round(more, 1),
            resource=_called(day, move, thing),
            what=DONE[move],
            place=_way(place, to) + (f", {first}" if move in SHIPPED else ""),
        )


def _way(place: str, to: str) -> str:
    return f"{place} → {to}" if to else place


def _called(day: Day, move: str, thing: str) -> str | Message:
    """Name a resource, or a medicine where one is ordered or sent."""
    things = day.region.stores.medicines if move in SHIPPED else day.region.resources
    return next(each.name for each in things if each.id == thing)


def _worth(day: Day, ahead: PlannedAhead) -> Iterator[Message]:
    a_case = day.request.rules.unmet_minutes
    if ahead.of_planning < LEAST_MINUTES:
        yield say(
            "Deciding for all scenarios rather than for the middle saves nothing here (value of "
            "the stochastic solution, VSS): the middle is good enough to decide by."
        )
    else:
        yield say(
            "Deciding for all scenarios rather than for the middle saves {minutes:,.0f} weighted "
            "minutes on average, as much as {cases:,.1f} unmet cases of severity 1 (value of the "
            "stochastic solution, VSS).",
            minutes=ahead.of_planning,
            cases=ahead.of_planning / a_case,
        )
    yield say(
        "Knowing need beforehand would save {minutes:,.0f} more on average, as much as "
        "{cases:,.1f} unmet cases of severity 1 (expected value of perfect information, EVPI): no "
        "better forecast is worth more to these decisions.",
        minutes=max(ahead.of_knowing, 0.0),
        cases=max(ahead.of_knowing, 0.0) / a_case,
    )


def _dependence(ahead: PlannedAhead) -> Message:
    if ahead.ahead.forecasts:
        return say(
            "All districts share the error of the forecast, so they are busy together; beyond it, "
            "chance moves each by itself."
        )
    return say(
        "No forecast adds to demand: chance alone moves need, in each district by itself, so a "
        "bad week of all districts together is underrated."
    )


def _robust(ahead: PlannedAhead) -> Message:
    if ahead.budget is None:
        return say(
            "There is no robust choice, for it must decide everything before need is known; here, "
            "more than journeys is decided later."
        )
    return say(
        "The robust choice holds while at most {budget:g} of {districts} districts at once need "
        "more than expected, each up to what it exceeds in 1 of 20 scenarios only.",
        budget=ahead.budget,
        districts=len(ahead.problem.districts),
    )


def _decided(day: Day, offers: Offers) -> Grid:
    keys = [choice.key for choice in day.ahead.choices] if day.ahead else []
    rows = tuple(
        (
            Cell(DONE[move]),
            Cell(_called(day, move, thing)),
            Cell(_way(place, to)),
            Cell(first),
            Cell(last),
            *(Cell(units.get(key, 0.0), 1) for key in keys),
        )
        for (move, thing, place, to, first, last), units in offers.items()
    )
    columns = (
        Column(say("what is done"), number=False),
        Column(say("resource or medicine"), number=False),
        Column(say("where"), number=False, wraps=True),
        Column(say("first day"), number=False),
        Column(say("last day"), number=False),
        *(Column(SHORT[key]) for key in keys),
    )
    title = say("Units that each choice opens, lends, orders and sends")
    return Grid(title, columns, rows, file="uncertain_moves")


def _unmet(ahead: PlannedAhead, figures: Mapping[str, Figure]) -> Grid:
    rows = tuple(
        (
            Cell(choice.label),
            *(
                Cell.of(figures[f"{KEY}.{choice.key}.{part}"])
                for part in ("average", "tail", "worst", "cost")
            ),
        )
        for choice in ahead.choices
    )
    columns = (
        Column(say("choice"), number=False),
        Column(say("unmet on average (weighted cases)")),
        Column(say("in the worst twentieth, CVaR (weighted cases)")),
        Column(say("in the worst scenario (weighted cases)")),
        Column(say("cost on average (weighted minutes)")),
    )
    return Grid(say("What stays unmet after each choice"), columns, rows, file="uncertain")
