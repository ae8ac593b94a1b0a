"""What is said of a hospital's plan: why patients wait, what more is worth, who does what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.explain.costs import costs
from salus.allocate.hospital.explain.effect import Effect
from salus.allocate.hospital.explain.opening import Lack
from salus.allocate.hospital.explain.reasons import Free, Reason, reasons
from salus.allocate.hospital.explain.unit import Kind, Unit
from salus.allocate.hospital.explain.worth import Worth, Worths, worths
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.overrun.chance import TheatreDay
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.verification import Hard, Soft
from salus.allocate.hospital.verify import verify
from salus.report.explanation_document import explanation_document
from salus.report.sections.hospital.origin import origin_section
from salus.report.sections.hospital.overview import overview_section
from salus.report.sections.hospital.roster import roster_section
from salus.report.sections.hospital.theatres import theatre_section
from salus.report.sections.hospital.waiting import postponed_section, waiting_section
from salus.report.sections.hospital.words import COMPONENTS
from salus.report.sections.hospital.worth import worth_section
from salus.report.words import Words
from salus.service.explain_hospital import ExplainedHospital

if TYPE_CHECKING:
    from salus.report.layout import Grid, Section

ENGLISH = Words("en")
MADE = random_hospital(11, patients=14, days=9)
PLAN = random_plan(MADE, 4)
NOBODY = HospitalPlan((), ())
DAY = date(2026, 6, 27)


def explained(plan: HospitalPlan = PLAN, first: date | None = None) -> ExplainedHospital:
    """Explain a plan of a small hospital."""
    return ExplainedHospital(
        "north",
        Hospital.plain(MADE, first),
        MADE,
        plan,
        verify(MADE, plan),
        costs(MADE, plan),
        reasons(MADE, plan),
        worths(MADE, plan),
    )


def said(section: Section) -> str:
    """Join what a section says in its title and sentences."""
    return " ".join(ENGLISH(each) for each in (section.title, *section.sentences))


def cells(grid: Grid) -> list[list[str]]:
    """Write the cells of a grid."""
    return [[cell.text(ENGLISH) for cell in row] for row in grid.rows]


FREE = Free(5, 1, 2, 3, 0)
WAY = Admission("p1", 3, "r2", "t0")


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        (Lack(Hard.SURGEON_OVERTIME, "s1", (3,), 90), "surgeon s1 lacks 90 minutes on day 3"),
        (
            Lack(Hard.OPERATING_THEATER_OVERTIME, "t0", (3,), 45),
            "theatre t0 lacks 45 minutes on day 3",
        ),
        (
            Lack(Hard.ROOM_CAPACITY, "r2", (3, 4, 6), 3),
            "room r2 has no free bed on day 3 to day 4, day 6",
        ),
        (Lack(Hard.ROOM_GENDER_MIX, "r2", (5,), 1), "room r2 has the other gender on day 5"),
        (Lack(Hard.ROOM_CAPACITY, "Room 2", (3,), 1), "Room 2 has no free bed on day 3"),
    ],
)
def test_what_is_lacking_is_named_with_its_days(lack: Lack, words: str) -> None:
    """Surgeon, theatre, bed or gender, where and when, and how much."""
    reason = Reason("p1", None, WAY, Effect({lack.rule: lack.amount}, {}), (lack,), FREE)
    section = postponed_section(replace(explained(), reasons=(reason,)))
    assert f"The nearest way to admit p1 is day 3, r2, t0: {words}." in said(section)
    (row,) = cells(section.grids[0])
    assert row == ["p1", "day 3, r2, t0", words, "0", "5", "1", "2", "3", "0"]


def test_what_costs_more_is_named_by_component() -> None:
    """A way that breaks nothing says by how much it is dearer, and what for."""
    effect = Effect({}, {Soft.PATIENT_DELAY: 240, Soft.ELECTIVE_UNSCHEDULED_PATIENTS: -200})
    now = Admission("p1", 7, "r0", "t1")
    section = waiting_section(
        replace(explained(first=DAY), reasons=(Reason("p1", now, WAY, effect, (), FREE),))
    )
    assert (
        "The best way to admit p1 is 30 June 2026, r2, t0; the cost changes by +40: waiting time "
        "+240, postponed patients -200."
    ) in said(section)
    (row,) = cells(section.grids[0])
    assert row[1] == "4 July 2026, r0, t1"
    assert row[3] == "costs more: waiting time +240, postponed patients -200"
    even = Effect({}, {Soft.PATIENT_DELAY: -10, Soft.CONTINUITY_OF_CARE: 10})
    section = waiting_section(
        replace(explained(), reasons=(Reason("p1", now, WAY, even, (), FREE),))
    )
    (row,) = cells(section.grids[0])
    assert row[3] == "costs the same: waiting time -10, continuity of care +10"
    assert ENGLISH(section.title) == "Patients who are admitted after their release: 1"
    assert "the best of these costs the same." in said(section)


@pytest.mark.parametrize(
    ("broken", "costs"),
    [
        ({}, {Soft.PATIENT_DELAY: -10, Soft.CONTINUITY_OF_CARE: 5}),
        ({Hard.MANDATORY_UNSCHEDULED_PATIENTS: -1}, {Soft.CONTINUITY_OF_CARE: 5}),
    ],
)
def test_what_the_search_has_missed_is_said(
    broken: dict[Hard, int], costs: dict[Soft, int]
) -> None:
    """Neither a lower cost nor a broken rule that is mended is a reason against an admission."""
    reason = Reason("p1", None, WAY, Effect(broken, costs), (), FREE)
    section = postponed_section(replace(explained(), reasons=(reason,)))
    ((*_, why, _, _, _, _, _, _),) = cells(section.grids[0])
    assert why == "nothing: the plan would be better so; a longer search may find it"
    assert "For 1 nothing stands against it, and the plan would be better so" in said(section)
    assert "breaks no rule" not in said(section)


def test_a_way_that_changes_no_cost_is_told() -> None:
    """No list of changes follows where there are none."""
    reason = Reason("p1", None, WAY, Effect({}, {}), (), FREE)
    section = postponed_section(replace(explained(), reasons=(reason,)))
    assert cells(section.grids[0])[0][2] == "costs the same"
    assert "The best way to admit p1 is day 3, r2, t0: the cost is the same." in said(section)


def test_nobody_waits_and_everybody_does() -> None:
    """The titles say how many, and how many of them must be admitted."""
    nobody = replace(explained(), reasons=())
    assert ENGLISH(postponed_section(nobody).title) == "Every patient is admitted"
    assert "waits past the release" in ENGLISH(waiting_section(nobody).title)
    everybody = ENGLISH(postponed_section(explained(NOBODY)).title)
    must = sum(each.mandatory for each in MADE.patients)
    assert everybody == f"Patients who are not admitted: 14, of whom must be: {must}"


def test_each_kind_of_more_is_told() -> None:
    """The best of each kind has a sentence, and what is not found is said."""
    effect = Effect({}, {Soft.PATIENT_DELAY: -90})
    moved = replace(PLAN.admissions[0], theatre="t1", day=PLAN.admissions[0].day)
    found = (
        Worth(Unit(Kind.BED, "r0"), effect, (Admission("new", 2, "r0", "t0"),)),
        Worth(Unit(Kind.SURGEON_HOUR, "s0", 2, count=3), effect, (moved,)),
        Worth(Unit(Kind.NURSE, "late", 1, 2), effect, rooms=("r0", "r1")),
    )
    section = worth_section(replace(explained(), worths=Worths((), 0, found)))
    text = said(section)
    assert "Worth most: one more bed in r0, which saves 90 units of cost or more" in text
    assert "3 h more of surgeon s0 on day 2: saves at least 90." in text
    assert "one more nurse (level 2) on day 1, late: saves at least 90." in text
    assert "more hours of a theatre: no saving is found." in text
    hows = [row[-1] for row in cells(section.grids[0])]
    assert hows == [
        "new is admitted on day 2",
        f"{moved.patient} is operated on in t1",
        "takes over r0, r1",
    ]
    assert [row[2] for row in cells(section.grids[0])] == ["90.0", "30.0", "90.0"]


def test_the_title_tells_what_all_hours_save() -> None:
    """Three hours that save 350 save 350, not what one of them does."""
    effect = Effect({}, {Soft.PATIENT_DELAY: -350})
    hours = Worth(Unit(Kind.THEATRE_HOUR, "t0", 0, count=3), effect, (WAY,))
    section = worth_section(replace(explained(), worths=Worths((), 0, (hours,))))
    assert ENGLISH(section.title) == (
        "Worth most: 3 h more of theatre t0 on day 0, which saves 350 units of cost or more, about "
        "117 for each hour"
    )
    assert "3 h more of theatre t0 on day 0: saves at least 350." in said(section)


def test_what_mends_broken_rules_is_told_first() -> None:
    """A bed that heals a broken rule says so in title, sentence and row."""
    mends = Effect({Hard.ROOM_CAPACITY: -2}, {Soft.PATIENT_DELAY: -5})
    bed = Worth(Unit(Kind.BED, "r0"), mends, (Admission("new", 2, "r0", "t0"),))
    section = worth_section(replace(explained(), worths=Worths((), 0, (bed,))))
    healed = "a broken rule is mended, by 2 (rooms and days: people without a bed)"
    text = said(section)
    assert "Worth most: one more bed in r0, which mends broken rules by 2" in text
    assert f"one more bed in r0: saves at least 5; {healed}." in text
    ((*_, how),) = cells(section.grids[0])
    assert how == f"{healed}, new is admitted on day 2"


def test_no_worth_is_left_out() -> None:
    """Every shift in which one more nurse would save something has its row on a page."""
    made = random_hospital(5, patients=40, days=20)
    plan = random_plan(made, 4)
    found = worths(made, plan).worths
    nurses = {(each.unit.day, each.unit.key) for each in found if each.unit.kind is Kind.NURSE}
    assert len(nurses) > 40
    assert [each.effect.broken for each in found] == sorted(each.effect.broken for each in found)
    (grid,) = worth_section(replace(explained(), worths=Worths((), 0, found))).grids
    assert len(grid.rows[: grid.long]) == len(found)


def test_what_needs_nothing_more_is_told_first() -> None:
    """A plan that can be improved with what there is says so; a bare one has no worth."""
    section = worth_section(replace(explained(), worths=Worths((WAY,), 70, ())))
    assert "patients admitted, or earlier: 1, which saves 70" in said(section)
    assert ENGLISH(section.title).startswith("Nothing is found")


def test_costs_and_broken_rules_stand_first() -> None:
    """The title says what the plan breaks and costs; only what is broken has a row."""
    found = explained()
    section = overview_section(found)
    assert f"by {found.verification.total_violations} in all" in ENGLISH(section.title)
    assert len(section.grids[1].rows) == sum(map(bool, found.verification.violations.values()))
    whole = sum(float(row[4].replace(",", "")) for row in cells(section.grids[0]))
    assert whole == found.verification.total_cost
    assert "no nurse" in said(overview_section(explained(NOBODY)))


def test_tables_of_origin_add_up_to_the_whole() -> None:
    """In each table the rows below the first add up to the first, which is the cost."""
    found = explained(first=DAY)
    for grid in origin_section(found).grids:
        values = [cell for row in grid.rows for cell in row[-1:]]
        numbers = [cell.value for cell in values if isinstance(cell.value, float)]
        assert numbers[0] == found.verification.total_cost
        assert sum(numbers[1:]) == pytest.approx(numbers[0])


def test_the_roster_names_each_duty_of_each_nurse() -> None:
    """Per nurse and day the shift, the rooms, the work and the most, in weeks of seven days."""
    section = roster_section(explained(), ENGLISH)
    assert [len(grid.columns) for grid in section.grids] == [8, 3]
    text = " ".join(cell for grid in section.grids for row in cells(grid) for cell in row)
    assert text.count("/") == sum(len(each.loads) for each in MADE.nurses)
    first = MADE.nurses[0]
    assert f"{first.id} ({first.skill})" in text


def test_each_component_has_one_name() -> None:
    """Rules of the costs by origin call it as the whole does, columns by one word of it."""
    names = {ENGLISH(each) for each in COMPONENTS.values()}
    section = origin_section(explained())
    assert {ENGLISH(each).split(": ")[0] for each in section.sentences} == names
    heads = {ENGLISH(each.head) for grid in section.grids for each in grid.columns[1:-1]}
    assert all(any(head in name for name in names) for head in heads)


def test_chances_to_overrun_stand_beside_the_theatres() -> None:
    """The most likely day first; no chance is named where none is worth it."""
    days = tuple(
        TheatreDay("t0", day, ("p0",), 200, 120, 130.0, chance)
        for day, chance in ((0, 0.001), (2, 0.123))
    )
    section = theatre_section(replace(explained(), theatre_days=days), ENGLISH)
    assert "to overrun is that of t0 on day 2, with a chance of 12%." in said(section)
    assert [(row[1], row[-1]) for row in cells(section.grids[0])] == [
        ("day 2", "12.3"),
        ("day 0", "0.1"),
    ]
    section = theatre_section(replace(explained(), theatre_days=days[:1]), ENGLISH)
    assert "with surgeries: 1; none of them is likely to overrun." in said(section)
    assert len(theatre_section(explained(), ENGLISH).sentences) == 0


def test_skills_are_called_by_their_names() -> None:
    """Where the hospital names them: beside a nurse, in the picture, and of one more nurse."""
    skills = ("assistant", "registered", "chief")
    named = replace(explained(), hospital=replace(Hospital.plain(MADE), skills=skills))
    section = roster_section(named, ENGLISH)
    text = " ".join(cell for grid in section.grids for row in cells(grid) for cell in row)
    first = MADE.nurses[0]
    assert f"{first.id} ({skills[first.skill]})" in text
    drawing = section.charts[0].drawing
    assert f"{first.id}, {skills[first.skill]}, day 0" in drawing
    assert "level of the nurse: 0 assistant, 1 registered, 2 chief" in drawing
    found = (Worth(Unit(Kind.NURSE, "late", 1, 2), Effect({}, {Soft.PATIENT_DELAY: -90})),)
    text = said(worth_section(replace(named, worths=Worths((), 0, found))))
    assert "one more nurse (chief) on day 1, late: saves at least 90." in text


@pytest.mark.parametrize(("first", "dates"), [(DAY, ["2026-06-30", "2026-07-01"]), (None, None)])
def test_days_of_what_is_lacking_have_dates_for_programs(
    first: date | None, dates: list[str] | None
) -> None:
    """Beside their numbers, where the hospital has dates."""
    lack = Lack(Hard.ROOM_CAPACITY, "r2", (3, 4), 2)
    reason = Reason("p1", None, WAY, Effect({}, {}), (lack,), FREE)
    document: Any = explanation_document(replace(explained(first=first), reasons=(reason,)))
    (told,) = document["reasons"][0]["lacks"]
    assert (told["days"], told.get("dates")) == ([3, 4], dates)


def test_the_heads_say_what_the_columns_hold() -> None:
    """The cost of a way is what it changes, not what the plan costs then."""
    (grid,) = postponed_section(explained(NOBODY)).grids
    assert "change of cost" in [ENGLISH(column.head) for column in grid.columns]
