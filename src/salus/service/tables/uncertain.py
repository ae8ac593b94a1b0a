"""The tables of what is decided before need is known, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.service.tables.moves import moved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def choices(day: Day) -> Iterator[Row]:
    """Lay out what stays unmet after each choice, and what it costs."""
    for choice in () if day.ahead is None else day.ahead.choices:
        yield {
            "choice": choice.key,
            "unmet_severity_weighted_average": choice.average,
            "unmet_severity_weighted_tail": choice.tail,
            "unmet_severity_weighted_worst": choice.worst,
            "cost_minutes_average": choice.cost,
        }


def moves(day: Day) -> Iterator[Row]:
    """Lay out what each choice opens and lends."""
    if day.ahead is None:
        return
    for choice in day.ahead.choices:
        for row in moved(day, day.ahead.problem, choice.decisions):
            yield {"choice": choice.key, **row}


def scenarios(day: Day) -> Iterator[Row]:
    """Lay out each scenario that was drawn, and what each choice leaves unmet in it."""
    if day.ahead is None:
        return
    drawn, few = day.ahead.ahead.drawn, day.ahead.ahead.reduced
    need = drawn.need.sum(axis=(1, 2, 3)).tolist()
    kept = dict(zip(few.kept.tolist(), few.scenarios.probability.tolist(), strict=True))
    for choice in day.ahead.choices:
        figures = zip(need, choice.unmet.tolist(), choice.costs.tolist(), strict=True)
        for scenario, (cases, unmet, cost) in enumerate(figures):
            yield {
                "choice": choice.key,
                "scenario": scenario + 1,
                "kept_probability": kept.get(scenario, 0.0),
                "need_cases": cases,
                "unmet_severity_weighted": unmet,
                "cost_minutes": cost,
            }
