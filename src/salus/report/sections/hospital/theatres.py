"""How theatres are used, and how likely each of their days takes longer than it may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.report.charts.hospital.axis import day_name
from salus.report.charts.hospital.theatres import LIKELY, theatre_board
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.report.words import Words
    from salus.service.explain_hospital import ExplainedHospital

SHORT, LONG = 8, 2000


def theatre_section(explained: ExplainedHospital, words: Words) -> Section:
    """Show the minutes of each day of a theatre, and the chance that they are not enough.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan.
    words : Words
        The reader's language, for what stands inside the picture.

    Returns
    -------
    Section
    """
    days, first = explained.theatre_days, explained.first
    board = theatre_board(explained.problem, explained.plan, words, first, days)
    return Section(
        "theatres",
        say("How the theatres are used"),
        say("Theatres"),
        (likely_overrun(days, first),) if days else (),
        (_grid(days, first),),
        (board,),
    )


def likely_overrun(days: Sequence[TheatreDay], first: date | None) -> Message:
    """Say which day of a theatre is the most likely to take longer than it may.

    Parameters
    ----------
    days : sequence of TheatreDay
        Days with a surgery, at least one.
    first : date or None
        The first day; ``None`` counts days from 0.

    Returns
    -------
    Message
    """
    worst = max(days, key=lambda each: each.chance)
    if worst.chance < LIKELY:
        return say(
            "Days of theatres with surgeries: {days:,}; none of them is likely to overrun.",
            days=len(days),
        )
    return say(
        "Days of theatres with surgeries: {days:,}; the most likely to overrun is that of "
        "{theatre} on {date}, with a chance of {chance:.0%}.",
        days=len(days),
        theatre=worst.theatre,
        date=day_name(worst.day, first),
        chance=worst.chance,
    )


def _grid(days: Sequence[TheatreDay], first: date | None) -> Grid:
    columns = (
        Column(say("theatre"), number=False),
        Column(say("day"), number=False),
        Column(say("surgeries")),
        Column(say("minutes there")),
        Column(say("minutes planned")),
        Column(say("minutes expected")),
        Column(say("chance to overrun (%)")),
    )
    rows = tuple(
        (
            Cell(each.theatre),
            Cell(say("{day}", day=day_name(each.day, first))),
            *map(Cell, (len(each.patients), each.minutes, each.planned, each.expected)),
            Cell(100 * each.chance, 1),
        )
        for each in sorted(days, key=lambda each: -each.chance)
    )
    return Grid(
        say("Days of theatres, the most likely to overrun first"), columns, rows, SHORT, LONG
    )
