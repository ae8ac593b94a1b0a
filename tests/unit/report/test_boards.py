"""Boards of a hospital: each person has a bar, each bed a lane, and each shift a cell."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.overrun.chance import TheatreDay
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.plan import HospitalPlan
from salus.core.messages import say
from salus.report.charts.drawing import PAGE, fitted, picture_file, text_width
from salus.report.charts.hospital.beds import bed_board
from salus.report.charts.hospital.nurses import nurse_loads
from salus.report.charts.hospital.theatres import theatre_board
from salus.report.words import Words

if TYPE_CHECKING:
    from salus.allocate.hospital.problem import HospitalProblem

ENGLISH, CHINESE = Words("en"), Words("zh")
SVG = "{http://www.w3.org/2000/svg}"
MADE = random_hospital(7)
SEEDS = range(12)


def _hovers(drawing: str) -> Counter[str]:
    tree = ET.fromstring(drawing)  # noqa: S314 (drawn here)
    return Counter(title.text or "" for title in tree.iter(f"{SVG}title"))


@pytest.mark.parametrize("seed", SEEDS)
def test_each_person_is_one_bar_and_each_bed_one_lane(seed: int) -> None:
    """Hover names every occupant and admission once, and a room once for each bed."""
    made = random_hospital(seed)
    plan = random_plan(made, seed)
    found = _hovers(bed_board(made, plan, ENGLISH).drawing)
    people = [each.id for each in made.occupants] + [each.patient for each in plan.admissions]
    assert sorted(said.partition(",")[0] for said in found if "gender" in said) == sorted(people)
    for room in made.rooms:
        assert found[f"beds in {room.id}: {room.beds}"] == room.beds


def test_what_breaks_a_rule_is_outlined_and_told() -> None:
    """A room that is not fit, a wrong day, a mixed room and a missing bed each have their words."""
    told = set[str]()
    for seed in range(40):
        made = random_hospital(seed)
        drawing = bed_board(made, random_plan(made, seed), ENGLISH).drawing
        told |= {part for said in _hovers(drawing) for part in said.split(", ")}
        wrong = sum("the room is not fit" in said for said in _hovers(drawing))
        assert drawing.count('class="wrong"') >= wrong + 1  # the legend has one, too
    for fault in (
        "the room is not fit",
        "admitted before release",
        "admitted after the last day",
        "shares the room with the other gender",
        "without a bed",
    ):
        assert fault in told


@pytest.mark.parametrize("seed", SEEDS)
def test_all_who_are_outlined_are_counted(seed: int) -> None:
    """The title counts each bar that is outlined, those without a bed among them."""
    made = random_hospital(seed)
    chart = bed_board(made, random_plan(made, seed), ENGLISH)
    outlined = chart.drawing.count('class="wrong"') - 1  # the legend has one, too
    told = re.search("a rule is broken: ([0-9]+)$", ENGLISH(chart.title))
    assert (int(told[1]) if told else 0) == outlined


def test_two_in_a_room_of_one_bed_break_a_rule() -> None:
    """Only the second has no bed; the title tells of one."""
    first, second = (replace(MADE.occupants[0], id=key, stay=1) for key in ("a", "b"))
    cut = [each[: len(MADE.shifts)] for each in (first.work, first.need)]
    occupants = tuple(replace(each, work=cut[0], need=cut[1]) for each in (first, second))
    rooms = tuple(replace(each, beds=1) for each in MADE.rooms)
    crowded = replace(MADE, occupants=occupants, rooms=rooms)
    title = ENGLISH(bed_board(crowded, HospitalPlan((), ()), ENGLISH).title)
    assert title.endswith("people for whom a rule is broken: 1")


def test_nothing_overlaps_in_a_lane() -> None:
    """Two bars of one lane never share a day."""
    made = random_hospital(11, patients=30, days=10)
    tree = ET.fromstring(bed_board(made, random_plan(made, 3), ENGLISH).drawing)  # noqa: S314
    bars = [each.attrib for each in tree.iter(f"{SVG}rect") if each.attrib["class"] == "sheet"]
    spans = sorted((bar["y"], float(bar["x"]), float(bar["width"])) for bar in bars)
    for (lane, left, width), (next_lane, next_left, _) in pairwise(spans):
        assert lane != next_lane or left + width <= next_left


def test_the_finding_has_the_figures_and_the_days_their_dates() -> None:
    """The title says how full the house is and when; with a first day, days are dates."""
    empty = HospitalPlan((), ())
    hospital = replace(MADE, occupants=())
    assert ENGLISH(bed_board(hospital, empty, ENGLISH).title).startswith(
        "Bed board: 0% of the bed-days are used, most on day 0 (0 of"
    )
    chart = bed_board(MADE, random_plan(MADE, 7), CHINESE, date(2026, 6, 27))
    assert "2026年" in CHINESE(chart.title)
    assert "6月27日" in chart.drawing
    assert "周六" in chart.drawing


def test_a_name_is_only_a_name() -> None:
    """Markup in a name is shown as text, in the page as in a file."""
    odd = '<b onload="x">&'
    patients = (replace(MADE.patients[0], id=odd), *MADE.patients[1:])
    hospital = replace(MADE, patients=patients)
    chart = bed_board(hospital, random_plan(hospital, 7), ENGLISH)
    assert any(said.startswith(odd) for said in _hovers(chart.drawing))
    assert any(said.startswith(odd) for said in _hovers(picture_file(chart, ENGLISH)))


def test_a_file_stands_alone() -> None:
    """It holds the finding, the source and the colours of both themes, and no open token."""
    chart = bed_board(MADE, random_plan(MADE, 7), ENGLISH)
    text = picture_file(chart, ENGLISH)
    tree = ET.fromstring(text)  # noqa: S314 (drawn here)
    assert ENGLISH(chart.title) in [each.text for each in tree.iter(f"{SVG}text")]
    assert "var(" not in text
    assert "#0f766e" in text
    assert "prefers-color-scheme: dark" in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")


def test_no_board_brings_a_style_of_its_own() -> None:
    """The policy of the console forbids style in an element; the style sheet has it all."""
    plan = random_plan(MADE, 7)
    for board in (bed_board, theatre_board, nurse_loads):
        drawing = board(MADE, plan, ENGLISH).drawing
        assert "style" not in drawing
        looks = {look for each in re.findall('class="([^"]*)"', drawing) for look in each.split()}
        rules = (PAGE / "drawing.css").read_text(encoding="utf-8")
        assert [look for look in looks if f".{look}" not in rules] == []


def test_every_surgery_and_every_shift_is_told() -> None:
    """The theatre board names each day's minutes, the nurse board each duty with its rooms."""
    plan = random_plan(MADE, 7)
    theatres = _hovers(theatre_board(MADE, plan, ENGLISH).drawing)
    for each in plan.admissions:
        surgeon = MADE.patient[each.patient].surgeon
        assert any(said.startswith(f"{surgeon}: ") and each.theatre in said for said in theatres)
    nurses = _hovers(nurse_loads(MADE, plan, ENGLISH).drawing)
    assert nurses.total() == sum(len(each.loads) for each in MADE.nurses)


def test_a_chance_stands_beneath_its_day() -> None:
    """One that would be rounded to nothing is not told, nor explained where there is no other."""
    plan = random_plan(MADE, 7)
    for chance, told in ((0.12, True), (0.004, False)):
        days = (TheatreDay("t0", 0, ("p0",), 200, 120, 130.0, chance),)
        drawing = theatre_board(MADE, plan, ENGLISH, days=days).drawing
        assert (f">{chance:.0%}</text>" in drawing) == told
        assert ("chance that the day takes longer" in drawing) == told


def test_a_text_that_does_not_fit_loses_its_middle() -> None:
    """A Chinese sign takes the place of two; ids that differ in their ends stay apart."""
    assert fitted("病房一号", 20) == ""
    assert fitted("病房一号", 35) == "病…号"
    assert fitted("S000120007", 50) != fitted("S000120028", 50)
    assert fitted("r12", 100) == "r12"


TEXT = re.compile(r'<text x="([^"]*)" y="([^"]*)"([^>]*)>([^<]*)</text>')


def _weeks_of_short_stays() -> tuple[HospitalProblem, HospitalPlan]:
    """28 days with long ids, whose columns are narrow."""
    made = random_hospital(11, patients=60, days=28)
    names = {each.id: f"S0001200{each.id}" for each in made.patients}
    patients = tuple(replace(each, id=names[each.id]) for each in made.patients)
    plan = random_plan(made, 3)
    admissions = tuple(replace(each, patient=names[each.patient]) for each in plan.admissions)
    return replace(made, patients=patients), replace(plan, admissions=admissions)


def test_no_name_on_the_bed_board_is_cut() -> None:
    """A name stands whole, before the next bar of its lane begins, or is left to hover."""
    hospital, plan = _weeks_of_short_stays()
    drawing = bed_board(hospital, plan, ENGLISH).drawing
    texts = [(float(x), float(y), said) for x, y, _, said in TEXT.findall(drawing)]
    named = [each for each in texts if each[2].startswith("S000")]
    assert named
    assert "…" not in drawing
    tree = ET.fromstring(drawing)  # noqa: S314
    bars = [each.attrib for each in tree.iter(f"{SVG}rect") if each.attrib["class"] == "sheet"]
    for x, y, said in named:
        ahead = [float(bar["x"]) for bar in bars if 0 < y - float(bar["y"]) < 14]
        assert all(at < x or x + text_width(said) <= at for at in ahead)


def test_names_of_nurses_stand_whole_with_their_level() -> None:
    """The margin is as wide as the longest needs; past its bound the name loses its middle."""
    for name in ("W01-N001", "W" * 40):
        nurses = (replace(MADE.nurses[0], id=name), *MADE.nurses[1:])
        duties = tuple(
            replace(each, nurse=name if each.nurse == MADE.nurses[0].id else each.nurse)
            for each in random_plan(MADE, 7).duties
        )
        hospital = replace(MADE, nurses=nurses)
        chart = nurse_loads(hospital, replace(random_plan(MADE, 7), duties=duties), ENGLISH)
        labels = [
            (float(x), said) for x, _, look, said in TEXT.findall(chart.drawing) if "end" in look
        ]
        (label,) = [each for each in labels if each[1].startswith("W")]
        assert label[1].endswith(f" · {nurses[0].skill}")
        assert text_width(label[1]) <= label[0]
        assert ("…" in label[1]) == (len(name) > 20)


def test_the_title_names_the_most_loaded() -> None:
    """Whoever is furthest above the most, whether first or not."""
    title = ENGLISH(nurse_loads(MADE, random_plan(MADE, 7), ENGLISH).title)
    assert "; most loaded: " in title
    assert "first" not in title


def test_genders_have_the_words_of_the_house() -> None:
    """Where people are women and men, no letter is shown."""
    plan = random_plan(MADE, 7)
    words = {Gender.A: say("female"), Gender.B: say("male")}
    drawing = bed_board(MADE, plan, ENGLISH, genders=words).drawing
    assert "gender A" not in drawing
    assert any(", female, " in said for said in _hovers(drawing))
    assert ">female: " in drawing


def test_surgeons_of_an_hour_and_more_are_named() -> None:
    """A segment of the theatre board of 28 days bears a name of four letters."""
    made = random_hospital(11, patients=60, days=28)
    names = {each.id: f"S{place:03}" for place, each in enumerate(made.surgeons)}
    hospital = replace(
        made,
        surgeons=tuple(replace(each, id=names[each.id]) for each in made.surgeons),
        patients=tuple(replace(each, surgeon=names[each.surgeon]) for each in made.patients),
    )
    drawing = theatre_board(hospital, random_plan(made, 3), ENGLISH).drawing
    said = {text for *_, text in TEXT.findall(drawing)}
    assert said & set(names.values())
    assert "…" not in drawing


def test_the_ward_of_a_room_stands_below_its_name() -> None:
    """Where there is a second lane; hover tells it of every room."""
    rooms = tuple(replace(each, beds=1 + at) for at, each in enumerate(MADE.rooms[:2]))
    made = replace(MADE, rooms=(*rooms, *MADE.rooms[2:]))
    wards = {each.id: f"ward of {each.id}" for each in rooms}
    drawing = bed_board(made, HospitalPlan((), ()), ENGLISH, wards=wards).drawing
    small, large = (each.id for each in rooms)
    assert f">ward of {large}</text>" in drawing
    assert f">ward of {small}</text>" not in drawing
    assert f"beds in {small}, ward ward of {small}: 1" in drawing
