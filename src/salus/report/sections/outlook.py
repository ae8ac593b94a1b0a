"""What comes next: the forecast, how it was chosen, and whether it still holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.report.charts.fan import fan
from salus.report.charts.residuals import latest_is_special, residual_chart, residual_finding
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.core.messages import Message
    from salus.report.layout import Chart
    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.forecast_need import Outlook


FEW = 2
"""More series than this are summed up in a terminal."""


def outlook(day: Day, figures: Mapping[str, Figure], words: Words) -> Section:
    """Show the forecasts of a day."""
    if not day.need.outlooks:
        nothing = say("Not forecast: no history of admissions is long and recent enough.")
        return Section("outlook", say("What comes next"), say("Outlook"), (nothing,))
    return Section(
        "outlook",
        say("What comes next"),
        say("Outlook"),
        tuple(_all_sentences(day)),
        (*_summary(day, figures), *_all_grids(day, figures)),
        tuple(chart for one in day.need.outlooks for chart in _charts(one, words)),
    )


def _summary(day: Day, figures: Mapping[str, Figure]) -> Iterator[Grid]:
    """Put many series into one grid, so that a terminal is not flooded."""
    if len(day.need.outlooks) <= FEW:
        return
    rows = tuple(
        (
            Cell(one.series.indicator.name),
            Cell(one.series.indicator.unit),
            Cell(one.forecast.dates[0]),
            *(
                Cell.of(figures[f"forecast.{one.series.indicator.id}.1.{part}"])
                for part in ("point", "low", "high")
            ),
        )
        for one in day.need.outlooks
    )
    columns = (
        Column(say("indicator"), number=False, wraps=True),
        Column(say("unit"), number=False),
        Column(say("period to"), number=False),
        Column(say("expected")),
        Column(say("from (8 in 10 times)")),
        Column(say("to (8 in 10 times)")),
    )
    yield Grid(say("The next period"), columns, rows, short=40, file="forecast")


def _all_grids(day: Day, figures: Mapping[str, Figure]) -> Iterator[Grid]:
    many = len(day.need.outlooks) > FEW
    for one in day.need.outlooks:
        for grid in _grids(one, figures):
            yield replace(grid, short=0) if many else grid


def _all_sentences(day: Day) -> Iterator[Message]:
    few = len(day.need.outlooks) <= FEW
    if not few:
        yield say(
            "Indicators that are forecast: {count}, each by the method that did best on its own "
            "history. Those named here left their forecast; the pictures show all.",
            count=len(day.need.outlooks),
        )
    for one in day.need.outlooks:
        if few:
            yield from _sentences(one)
        elif latest_is_special(one):
            yield say("{finding}.", finding=residual_finding(one))


def _sentences(one: Outlook) -> Iterator[Message]:
    yield say("{name}: {reason}.", name=one.series.indicator.name, reason=one.forecast.reason)
    yield say("{finding}.", finding=residual_finding(one))
    if one.chart.warning is not None:
        yield say("{finding}.", finding=one.chart.warning)


def _charts(one: Outlook, words: Words) -> tuple[Chart, ...]:
    return fan(one, words), residual_chart(one, words)


def _grids(one: Outlook, figures: Mapping[str, Figure]) -> tuple[Grid, ...]:
    return _weeks(one, figures), _backtest(one, figures)


def _weeks(one: Outlook, figures: Mapping[str, Figure]) -> Grid:
    key = f"forecast.{one.series.indicator.id}"
    unit = one.series.indicator.unit
    rows = tuple(
        (
            Cell(when),
            *(Cell.of(figures[f"{key}.{step}.{part}"]) for part in ("point", "low", "high")),
        )
        for step, when in enumerate(one.forecast.dates, start=1)
    )
    columns = (
        Column(say("period to"), number=False),
        Column(say("expected ({unit})", unit=unit)),
        Column(say("from (8 in 10 times)")),
        Column(say("to (8 in 10 times)")),
    )
    title = say("{name}, {unit}", name=one.series.indicator.name, unit=unit)
    return Grid(title, columns, rows, file="forecast")


def _backtest(one: Outlook, figures: Mapping[str, Figure]) -> Grid:
    key = f"forecast.{one.series.indicator.id}"
    scores = sorted(one.forecast.backtest.scores, key=lambda score: score.rank)
    rows = tuple(
        (
            Cell(score.label),
            Cell.of(figures[f"{key}.{score.method}.mase"]),
            Cell.of(figures[f"{key}.{score.method}.mae"]),
            Cell.of(figures[f"{key}.coverage80"]) if not rank else Cell(None),
        )
        for rank, score in enumerate(scores)
    )
    columns = (
        Column(say("method"), number=False),
        Column(say("mean scaled error (MASE)")),
        Column(say("mean error ({unit})", unit=one.series.indicator.unit)),
        Column(say("held by the 80 % band (%)")),
    )
    title = say(
        "How the methods did from {count} earlier origins", count=len(one.forecast.backtest.origins)
    )
    return Grid(title, columns, rows, file="backtest", lead=1)
