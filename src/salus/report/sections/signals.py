"""Whether care is still good: what left its usual range, where, since when, what to consider."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.monitor.charts.icons import Assurance
from salus.monitor.charts.rules import Side
from salus.report.charts.control import control
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from salus.monitor.signals import QualitySignal
    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.watched import IndicatorLine, Watched

SAID = 3
"""Signals that are told in sentences; the table holds them all."""

NOBODY: Mapping[str, str] = MappingProxyType({})


def signals_section(watched: Watched, words: Words, names: Mapping[str, str] = NOBODY) -> Section:
    """Show what watching the quality of care has found.

    Parameters
    ----------
    watched : Watched
        Signals, charts and one line for each indicator.
    words : Words
        The reader's language, for what stands inside pictures.
    names : mapping of str to str
        Names of places by key; a place without one is shown by its key.

    Returns
    -------
    Section
    """
    return Section(
        "signals",
        signals_finding(watched, names),
        say("Quality"),
        tuple(_sentences(watched, names)),
        (_signals(watched, names), _indicators(watched), _notes(watched)),
        tuple(
            control(shown, names.get(shown.signal.place_id, shown.signal.place_id), words)
            for shown in watched.charts
        ),
    )


def place_names(day: Day) -> dict[str, str]:
    """Name the places of a day by their keys: facilities and districts."""
    names = {place.id: place.name for place in day.region.facilities}
    return names | {place.id: place.name for place in day.region.districts}


def signals_finding(watched: Watched, names: Mapping[str, str]) -> Message:
    """Say in one sentence which signals are open."""
    if not watched.open:
        return say("No quality indicator is outside its usual range now")
    first = watched.open[0]
    return say(
        "Quality: signals open now: {count}; first {indicator}, {place}, since {since}",
        count=len(watched.open),
        indicator=_what(first),
        place=names.get(first.place_id, first.place_id),
        since=first.since,
    )


def _sentences(watched: Watched, names: Mapping[str, str]) -> Iterator[Message]:
    for signal in watched.open[:SAID]:
        yield say("{what}; {action}.", what=_told(signal, names), action=signal.action)
    yield say(
        "Watched: {indicators} indicators, {series} series. Signals of the past year that are not "
        "open any more: {over}; of these, new levels that nobody has confirmed: {settled}.",
        indicators=len(watched.lines),
        series=sum(line.places for line in watched.lines),
        settled=sum(signal.settled for signal in watched.signals),
        over=len(watched.signals) - len(watched.open),
    )


def _told(signal: QualitySignal, names: Mapping[str, str]) -> Message:
    place = names.get(signal.place_id, signal.place_id)
    if signal.side is None or signal.observed is None or signal.expected is None:
        return say(
            "{place}, since {since}: several indicators together depart from what is usual, and "
            "each of them has its share: {parts}",
            place=place,
            since=signal.since,
            parts=_parts(signal),
        )
    return say(
        "{place}, since {since}: {indicator}, {unit}: {observed:,.4g}, where {expected:,.4g} was "
        "expected; that is {size:.1f} sigma {side} what is usual",
        place=place,
        since=signal.since,
        indicator=signal.indicator.name,
        unit=signal.indicator.unit,
        observed=signal.observed,
        expected=signal.expected,
        size=signal.size,
        side=_side(signal),
    )


def _parts(signal: QualitySignal) -> tuple[Message, ...]:
    return tuple(
        say("{indicator} ({share:.0f} %)", indicator=each.indicator.name, share=100 * each.share)
        for each in signal.contributions
    )


def _what(signal: QualitySignal) -> Message:
    return signal.indicator.name if signal.side else say("several indicators together")


def _side(signal: QualitySignal) -> Message:
    return say("above") if signal.side is Side.HIGH else say("below")


def _signals(watched: Watched, names: Mapping[str, str]) -> Grid:
    columns = (
        Column(say("place"), number=False),
        Column(say("indicator"), number=False, wraps=True),
        Column(say("since"), number=False),
        Column(say("until"), number=False),
        Column(say("observed")),
        Column(say("expected")),
        Column(say("sigma")),
    )
    rows = tuple(
        (
            Cell(names.get(each.place_id, each.place_id)),
            Cell(each.indicator.name if each.side else say("{parts}", parts=_parts(each))),
            Cell(each.since),
            Cell(_until(each)),
            Cell(each.observed, 1),
            Cell(each.expected, 1),
            Cell(each.size if each.side else None, 1),
        )
        for each in watched.signals
    )
    title = say("Signals: open ones first, then those of the past year")
    return Grid(title, columns, rows, short=8, file="signals", lead=len(watched.open))


def _until(signal: QualitySignal) -> Message | date:
    if signal.lasting:
        return say("open")
    return say("new level") if signal.settled else signal.until


def _indicators(watched: Watched) -> Grid:
    columns = (
        Column(say("indicator"), number=False, wraps=True),
        Column(say("latest")),
        Column(say("lower limit")),
        Column(say("upper limit")),
        Column(say("target")),
        Column(say("variation"), number=False, wraps=True),
        Column(say("assurance"), number=False, wraps=True),
        Column(say("open signals")),
    )
    rows = tuple(_line(each) for each in watched.lines)
    title = say("Indicators, all places together: usual variation, and whether a target is met")
    return Grid(title, columns, rows, short=20, file="indicators")


def _line(line: IndicatorLine) -> tuple[Cell, ...]:
    summary = line.summary
    return (
        Cell(say("{indicator} ({unit})", indicator=line.indicator.name, unit=line.indicator.unit)),
        *(
            Cell(figure if figure == figure else None, _decimals(summary.centre))  # noqa: PLR0124 (no limit is not a number)
            for figure in (summary.latest, summary.lower, summary.upper)
        ),
        Cell(None if summary.assurance is Assurance.NONE else summary.target, 2),
        Cell(summary.variation.sentence),
        Cell(summary.assurance.sentence),
        Cell(line.signals),
    )


def _decimals(centre: float) -> int:
    return 2 if abs(centre) < 1 else 1


def _notes(watched: Watched) -> Grid:
    column = Column(say("note"), number=False, wraps=True)
    rows = tuple((Cell(note),) for note in watched.notes)
    title = say("What is not watched, and what was mended or left out")
    return Grid(title, (column,), rows, short=200, long=200)
