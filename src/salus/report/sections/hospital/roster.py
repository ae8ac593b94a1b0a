"""Who looks after which rooms: per nurse and day, with the work and the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.core.messages import Message, say, word
from salus.report.charts.hospital.axis import WEEK, day_name
from salus.report.charts.hospital.nurses import nurse_loads
from salus.report.layout import Cell, Column, Grid, Section

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Nurse
    from salus.report.words import Words

LONG = 1000


def roster_section(
    problem: HospitalProblem,
    plan: HospitalPlan,
    words: Words,
    first: date | None = None,
    spare: int = 0,
) -> Section:
    """Show the rooms of each nurse, week by week, and a picture of their load.

    Parameters
    ----------
    problem : HospitalProblem
        The hospital, with the shifts that are worked.
    plan : HospitalPlan
        What was decided.
    words : Words
        The reader's language, for what stands inside the picture.
    first : date or None
        The first day; ``None`` counts days from 0.
    spare : int
        Shifts that nurses offer and the plan leaves free.

    Returns
    -------
    Section
        The tables are for a page; a terminal is too narrow for them.
    """
    weeks, chart = Weeks.of(problem, plan), nurse_loads(problem, plan, words, first)
    starts = range(0, problem.days, WEEK)
    grids = tuple(_week(weeks, start, first) for start in starts)
    about = say("In the tables: shift, rooms, work / the most; in brackets the level of the nurse.")
    left = say(
        "Shifts that nurses offer and the plan leaves free, not shown here: {count:,}.", count=spare
    )
    title = say("Who looks after which rooms")
    sentences = (about, left) if spare else (about,)
    return Section("roster", title, say("Roster"), sentences, grids, (chart,))


def _week(weeks: Weeks, start: int, first: date | None) -> Grid:
    days = range(start, min(start + WEEK, weeks.problem.days))
    rows = tuple(
        (
            Cell(say("{nurse} ({level})", nurse=nurse.id, level=nurse.skill)),
            *(Cell(_day(weeks, nurse, day)) for day in days),
        )
        for nurse in weeks.problem.nurses
    )
    title = say(
        "Roster, {first} to {last}",
        first=day_name(days[0], first),
        last=day_name(days[-1], first),
    )
    heads = (Column(say("{day}", day=day_name(day, first)), number=False) for day in days)
    return Grid(title, (Column(say("nurse on duty"), number=False), *heads), rows, 0, LONG)


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
