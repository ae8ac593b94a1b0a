"""What is said of a new plan: what stays, who is called in, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.plan import HospitalPlan
from salus.allocate.hospital.replan.causes import Cause
from salus.allocate.hospital.replan.perturbation import distance, moved
from salus.allocate.hospital.replan.replan import replan
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verify import verify
from salus.report.sections.hospital.replanned import replanned_sections
from salus.report.words import Words
from salus.service.replan_hospital import ReplannedHospital
from tests.fakes.small_house import HOUSE, PLAN

ENGLISH = Words("en")
STILL = replan(HOUSE, PLAN, (), 1, Stop(iterations=1))
BARE = verify(HOUSE, HospitalPlan(PLAN.admissions, ()))
"""Of the plan without its nurses."""

COSTS = [
    ("before", "What the plan cost before is not known, as rooms with people had no nurse."),
    ("after", "What the new plan costs is not known, as rooms with people have no nurse."),
]


def said(**changed: object) -> list[str]:
    """Tell a plan that stays as it is, but for some parts, in title and sentences."""
    found = ReplannedHospital(Hospital.plain(HOUSE), replace(STILL, **changed), ())  # type: ignore[arg-type]
    (section,) = replanned_sections(found)
    return [ENGLISH(each) for each in (section.title, *section.sentences)]


def test_what_nothing_upsets_stays() -> None:
    """And costs what it did."""
    cost = verify(HOUSE, PLAN).total_cost
    title, *told = said()
    assert title == "The plan stays as it is"
    assert told[0] == f"Before, the plan cost {cost}."


@pytest.mark.parametrize(
    ("changed", "counted"),
    [
        ({"called": (("n0", 2),)}, "called in for a shift: 1; not at work in one: 0"),
        ({"excused": (("n1", 1), ("n1", 2))}, "called in for a shift: 0; not at work in one: 2"),
    ],
)
def test_whose_shifts_change_stands_in_the_title(changed: dict[str, object], counted: str) -> None:
    """A plan whose nurses are called in or excused does not stay as it is."""
    assert said(**changed)[0] == (
        f"Patients and the nurses of rooms stay as they are; nurses {counted}"
    )


@pytest.mark.parametrize(("part", "sentence"), COSTS)
def test_a_cost_that_is_not_known_is_not_told(part: str, sentence: str) -> None:
    """Rooms with people and without a nurse leave it open."""
    assert sentence in said(**{part: BARE})


def test_who_is_dropped_does_not_move() -> None:
    """Whoever is not admitted any more is counted apart, and has no other day."""
    new = HospitalPlan(PLAN.admissions[:-1], PLAN.duties)
    (gone,) = moved(HOUSE, PLAN, new)
    title, *told = said(moves=((gone, Cause()),), distance=distance(HOUSE, PLAN, new))
    assert title.startswith("Patients who move: 0; not admitted any more: 1; newly admitted: 0")
    assert told[-1].startswith("Patients with another day: 0; ")
    assert "; not admitted any more: 1; " in told[-1]
