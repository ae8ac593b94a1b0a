"""The coming weeks of the busiest hospital: who is admitted when, and the bed board."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.verification import Soft
from salus.core.messages import Message, say
from salus.report.charts.hospital.beds import SEXES, bed_board
from salus.report.layout import Cell, Column, Grid, Section
from salus.report.sections.hospital.waiting import postponed_section
from salus.report.sections.hospital.words import COMPONENTS
from salus.report.sections.hospital.worth import worth_section
from salus.service.hospital_figures import snake
from salus.service.weeks.conventions import BUSY_DAYS, DAYS
from salus.service.weeks.measures import days_of, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.report.words import Words
    from salus.service.day import Day
    from salus.service.figure import Figure
    from salus.service.weeks.measures import Whole
    from salus.service.weeks.plan_weeks import PlannedWeeks

HEADLINE = (
    "patients",
    "admitted",
    "mandatory",
    "postponed",
    "delay_mean",
    "theatre_use",
    "bed_use",
    "violations",
    "cost",
)


def weeks(day: Day, figures: Mapping[str, Figure], words: Words) -> Iterator[Section]:
    """Show the planned weeks of the busiest hospital, or why they are not planned.

    Parameters
    ----------
    day : Day
        What was planned.
    figures : mapping of str to Figure
        Every figure of the day, by key.
    words : Words
        The reader's language, for what stands inside the picture.

    Yields
    ------
    Section
        One, where the region has records of its own.
    """
    planned, menu = day.weeks, say("Hospital weeks")
    if planned is None:
        return
    if isinstance(planned, Message):
        title = say("The weeks of the busiest hospital are not planned: {reason}", reason=planned)
        yield Section("hospital", title, menu)
        return
    found = whole_of(planned)
    postponed = postponed_section(planned.explained)
    worth = worth_section(planned.explained)
    yield Section(
        "hospital",
        _finding(day, planned, found),
        menu,
        (*_sentences(planned, found), say("{finding}.", finding=worth.title)),
        (
            _headline(figures),
            _board(planned),
            _days(planned),
            _components(figures),
            *postponed.grids,
            *worth.grids,
        ),
        (bed_board(planned.problem, planned.plan, words, planned.first, genders=SEXES),),
        synthetic=day.synthetic,
    )


def _finding(day: Day, weeks: PlannedWeeks, found: Whole) -> Message:
    return say(
        "{hospital}: {admitted:,} of {patients:,} who wait for an operation are admitted in "
        "{days} days; postponed: {postponed:,}",
        hospital=_name(day, weeks),
        admitted=found.admitted,
        patients=found.patients,
        days=DAYS,
        postponed=found.postponed,
    )


def _name(day: Day, weeks: PlannedWeeks) -> str:
    key = weeks.stated.hospital.facility_id
    return next((each.name for each in day.region.facilities if each.id == key), key)


def _sentences(weeks: PlannedWeeks, found: Whole) -> Iterator[Message]:
    problem, check = weeks.problem, weeks.verification
    yield say(
        "It is the busiest hospital: inpatients who came in the {before} days before: "
        "{admissions:,}. From {first} to {last} admissions, rooms, theatres and nurses are planned "
        "together. Beds: {beds:,}, rooms: {rooms:,}, theatres: {theatres:,}, surgeons: "
        "{surgeons:,}, nurses: {nurses:,}; patients who lie there now: {occupants:,}.",
        admissions=weeks.stated.hospital.admissions,
        before=BUSY_DAYS,
        first=weeks.first,
        last=weeks.day(problem.days - 1),
        beds=sum(room.beds for room in problem.rooms),
        rooms=len(problem.rooms),
        theatres=len(problem.theatres),
        surgeons=len(problem.surgeons),
        nurses=len(problem.nurses),
        occupants=len(problem.occupants),
    )
    if check.total_violations:
        yield say(
            "No plan was found that keeps every rule; people too many or of the other sex, and "
            "minutes overtime: {broken:,}. Consider more theatre time, or another hospital for "
            "somebody whose urgency ends; the hospital decides.",
            broken=check.total_violations,
        )
    else:
        yield say(
            "No rule is broken, as a check that knows no search confirms: all whose urgency ends "
            "in these days or has ended ({mandatory:,}) are admitted by its last day, or by the "
            "first on which they can be called in and operated on; women and men lie apart, and "
            "no bed, theatre or surgeon has too much.",
            mandatory=found.mandatory,
        )
    yield _tight(found, check.amounts[Soft.EXCESSIVE_NURSE_WORKLOAD])


def _tight(found: Whole, overload: int) -> Message:
    if not found.postponed:
        return say(
            "Nobody is postponed. Days from release to admission: {delay:.1f} on average. Work "
            "above what nurses can do, in units: {overload:,}.",
            delay=found.delay,
            overload=overload,
        )
    return say(
        "Patients who are postponed, and may wait longer: {postponed:,}. Work above what nurses "
        "can do, in units: {overload:,}. The theatres use {theatres:.0%} of their minutes, and "
        "{beds:.0%} of the bed-days are used; consider more of what is used up first.",
        postponed=found.postponed,
        overload=overload,
        theatres=found.theatre_use,
        beds=found.bed_use,
    )


def _headline(figures: Mapping[str, Figure]) -> Grid:
    columns = (
        Column(say("what"), number=False),
        Column(say("figure")),
        Column(say("unit"), number=False),
    )
    shown = [figures[f"hospital.{part}"] for part in HEADLINE]
    rows = tuple((Cell(each.label), Cell.of(each), Cell(each.unit)) for each in shown)
    return Grid(say("The weeks as a whole"), columns, rows)


def _board(weeks: PlannedWeeks) -> Grid:
    problem, laid = weeks.problem, weeks.weeks
    columns = (
        Column(say("room"), number=False),
        Column(say("beds")),
        *(Column(say("{day}", day=weeks.day(day).day)) for day in range(problem.days)),
    )
    rows = tuple(
        (
            Cell(room.id),
            Cell(room.beds),
            *(Cell(len(laid.people.get((room.id, day), ()))) for day in range(problem.days)),
        )
        for room in problem.rooms
    )
    title = say("Bed board: people in each room, from {first} on", first=weeks.first)
    return Grid(title, columns, rows, short=30, long=200, file="hospital_rooms")


def _days(weeks: PlannedWeeks) -> Grid:
    columns = (
        Column(say("day"), number=False),
        Column(say("admitted")),
        Column(say("surgery (minutes)")),
        Column(say("theatres open (minutes)")),
        Column(say("women")),
        Column(say("men")),
        Column(say("work above what nurses can do")),
    )
    rows = tuple(
        (
            Cell(weeks.day(each.number)),
            *map(Cell, (each.admitted, each.operated, each.open, each.women, each.men)),
            Cell(each.overload),
        )
        for each in days_of(weeks)
    )
    return Grid(say("Day by day"), columns, rows, short=DAYS, file="hospital_days")


def _components(figures: Mapping[str, Figure]) -> Grid:
    columns = (Column(say("what costs"), number=False), Column(say("amount")), Column(say("cost")))
    rows = tuple(
        (
            Cell(name),
            Cell.of(figures[f"hospital.{snake(each.value)}.amount"]),
            Cell.of(figures[f"hospital.{snake(each.value)}.cost"]),
        )
        for each, name in COMPONENTS.items()
    )
    return Grid(say("What the plan costs"), columns, rows)
