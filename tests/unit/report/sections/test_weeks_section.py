"""The weeks of the busiest hospital on the report: headline, board, days, costs, or a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.verification import Soft
from salus.core.messages import say
from salus.report.sections.weeks import weeks
from salus.report.words import Words
from salus.service.figures import figures
from salus.service.tables.tables import tables
from salus.service.weeks.measures import days_of
from salus.service.weeks.plan_weeks import PlannedWeeks, plan_weeks
from tests.fakes.days import coast_day
from tests.fakes.queues import line
from tests.fakes.wards import SITE, one_hospital, person, request, stay

if TYPE_CHECKING:
    from salus.report.layout import Section
    from salus.service.day import Day
    from tests.fakes.wards import Row

WORDS = Words("en")
CLOSED = [SITE["theatre"][0] | {"minutes_per_day": 100}]


@pytest.fixture(scope="module")
def coast(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Plan a day of the sample region."""
    return coast_day(tmp_path_factory.mktemp("coast"), line(1))


def with_weeks(day: Day, count: int, **site: list[Row]) -> Day:
    """Put a hospital beside the day, where some wait for an operation of 100 minutes."""
    made = one_hospital(
        patient=[person(f"P{n}") for n in range(count + 1)],
        surgery_list=[request(f"P{n}") for n in range(count)],
        encounter=[stay(f"P{count}", "H1-W1", 1.0)],
        **site,
    )
    return replace(day, weeks=plan_weeks(made, 1))


def shown(day: Day, words: Words = WORDS) -> Section:
    """Lay the section out."""
    (section,) = weeks(day, figures(day), words)
    return section


def test_the_headline_counts(coast: Day) -> None:
    """Who is admitted and who is postponed; nobody is, where theatres do for all."""
    section = shown(with_weeks(coast, 5))
    assert WORDS(section.title) == (
        "H1: 5 of 5 who wait for an operation are admitted in 14 days; postponed: 0"
    )
    assert WORDS(section.sentences[2]) == (
        "Nobody is postponed. Days from release to admission: 0.4 on average. Work above what "
        "nurses can do, in units: 1."
    )


def test_what_is_late_and_too_much_is_told_though_nobody_is_postponed(coast: Day) -> None:
    """Eleven who were due before the plan begins fill the beds of six nurses."""
    made = one_hospital(
        patient=[person(f"P{n}", age=70) for n in range(11)],
        surgery_list=[request(f"P{n}", due=-4, stay=14) for n in range(11)],
    )
    planned = plan_weeks(made, 1)
    _, kept, tight, *_ = map(WORDS, shown(replace(coast, weeks=planned)).sentences)
    assert "has ended (11) are admitted by its last day, or by the first on which" in kept
    assert isinstance(planned, PlannedWeeks)
    overload = planned.verification.amounts[Soft.EXCESSIVE_NURSE_WORKLOAD]
    assert overload == sum(each.overload for each in days_of(planned)) > 0
    assert tight.endswith(f"Work above what nurses can do, in units: {overload:,}.")


def test_who_is_postponed_is_listed(coast: Day) -> None:
    """A theatre that does one operation a day leaves three of thirteen for later."""
    day = with_weeks(coast, 13, theatre=CLOSED)
    section = shown(day)
    assert "10 of 13" in WORDS(section.title)
    (postponed,) = [grid for grid in section.grids if len(grid.rows) == 3]
    admitted = [
        row["request"] for row in tables(day)["hospital_patients"].to_pylist() if row["day"]
    ]
    assert not {row[0].value for row in postponed.rows} & set(admitted)


def test_the_bed_board_is_drawn_and_written(coast: Day) -> None:
    """The picture has a bar for each person; the grid counts people of each room and day."""
    day = with_weeks(coast, 5)
    section = shown(day)
    (board,) = section.charts
    assert all(f"S-P{n}" in board.drawing for n in range(5))
    written = section.grids[1]
    assert [row[0].value for row in written.rows] == [
        f"H1-{ward}-R{n}" for ward in ("W1", "W2") for n in range(3)
    ]
    counts = sum(cell.value for row in written.rows for cell in row[2:])  # type: ignore[misc]
    rows = tables(day)["hospital_rooms"].to_pylist()
    assert counts == sum(row["women"] + row["men"] for row in rows)


def test_every_figure_is_shown_under_its_key(coast: Day) -> None:
    """None is left out, and each is that of the JSON."""
    day = with_weeks(coast, 5)
    known = {key: each for key, each in figures(day).items() if key.startswith("hospital.")}
    cells = [cell for grid in shown(day).grids for row in grid.rows for cell in row if cell.key]
    assert {cell.key for cell in cells} == set(known)
    assert all(cell.value == known[str(cell.key)].value for cell in cells)


def test_broken_rules_are_said(coast: Day) -> None:
    """Eleven must be admitted, and the theatre has ten days of one operation: the worst is told."""
    made = one_hospital(
        patient=[person(f"P{n}") for n in range(11)],
        surgery_list=[request(f"P{n}", due=10) for n in range(11)],
        theatre=CLOSED,
    )
    section = shown(replace(coast, weeks=plan_weeks(made, 1)))
    assert "No plan was found that keeps every rule" in " ".join(map(WORDS, section.sentences))


def test_why_there_is_no_plan_is_said(coast: Day) -> None:
    """A section of one title; none where the region has no records."""
    section = shown(replace(coast, weeks=say("the records know no ward")))
    assert WORDS(section.title) == (
        "The weeks of the busiest hospital are not planned: the records know no ward"
    )
    assert not section.grids
    assert not section.charts
    assert list(weeks(coast, figures(coast), WORDS)) == []


def test_it_is_told_in_chinese(coast: Day) -> None:
    """Every sentence and head of the section has its translation."""
    section, words = shown(with_weeks(coast, 5), Words("zh")), Words("zh")
    heads = [column.head for grid in section.grids for column in grid.columns]
    said = [section.title, section.menu, *section.sentences, *(g.title for g in section.grids)]
    same = {WORDS(each) for each in (*said, *heads) if words(each) == WORDS(each)}
    assert all(each.isdigit() for each in same)
