"""Who looks after which rooms: per nurse and day, with the work and the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.core.messages import Message, say, word
from salus.report.charts.hospital.axis import WEEK, day_name
from salus.report.charts.hospital.nurses import nurse_loads
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from salus.allocate.hospital.site import Nurse
    from salus.report.words import Words
    from salus.service.explain_hospital import ExplainedHospital

LONG = 1000


def roster_section(explained: ExplainedHospital, words: Words) -> Section:
    """Show the rooms of each nurse, week by week, and a picture of their load.

    Parameters
    ----------
    explained : ExplainedHospital
        The plan, and the shifts that are worked and left free.
    words : Words
        The reader's language, for what stands inside the picture.

    Returns
    -------
    Section
        The tables are for a page; a terminal is too narrow for them.
    """
    problem, plan, first = explained.problem, explained.plan, explained.first
    skills, spare = explained.hospital.skills, explained.spare
    weeks, chart = Weeks.of(problem, plan), nurse_loads(problem, plan, words, first, skills)
    starts = range(0, problem.days, WEEK)
    grids = tuple(_week(weeks, start, first, skills) for start in starts)
    left = say("Shifts that nurses offer and the plan leaves free: {count:,}.", count=spare)
    title = say("Who looks after which rooms")
    return Section("roster", title, say("Roster"), (left,) if spare else (), grids, (chart,))


def _week(weeks: Weeks, start: int, first: date | None, skills: Sequence[str]) -> Grid:
    days = range(start, min(start + WEEK, weeks.problem.days))
    rows = tuple(
        (
            Cell(say("{nurse} ({level})", nurse=nurse.id, level=_level(nurse, skills))),
            *(Cell(_day(weeks, nurse, day)) for day in days),
        )
        for nurse in weeks.problem.nurses
    )
    title = say(
        "Roster, {first} to {last}: shift, rooms, work / the most",
        first=day_name(days[0], first),
        last=day_name(days[-1], first),
    )
    heads = (Column(say("{day}", day=day_name(day, first)), number=False) for day in days)
    return Grid(title, (Column(say("nurse (level)"), number=False), *heads), rows, 0, LONG)


def _level(nurse: Nurse, skills: Sequence[str]) -> Message | str:
    return word(skills[nurse.skill] if skills else str(nurse.skill))


def _day(weeks: Weeks, nurse: Nurse, day: int) -> Message | str:
    problem = weeks.problem
    found = [
        say(
            "{shift}: {rooms}, {load}/{most}",
            shift=word(problem.shifts[shift % len(problem.shifts)]),
            rooms=weeks.rooms.get((nurse.id, shift)) or "–",
            load=weeks.load(nurse.id, shift),
            most=nurse.loads[shift],
        )
        for shift in weeks.shifts(day)
        if shift in nurse.loads
    ]
    return say("{duties}", duties=tuple(found)) if found else ""
