"""The weeks of a hospital are planned, checked and measured."""

from __future__ import annotations

import pytest

from salus.core.messages import Message
from salus.service.hospital_figures import hospital_figures
from salus.service.weeks.assumed import weeks_assumptions
from salus.service.weeks.measures import days_of, whole_of
from salus.service.weeks.plan_weeks import PlannedWeeks, is_compiled, plan_weeks
from tests.fakes.wards import one_hospital, person, request, stay

PEOPLE = [person(f"P{n}", ("female", "male")[n % 2], 20 + 10 * n) for n in range(7)]
LISTED = [request(f"P{n}", ready=1 + n, due=300 if n % 3 else 9) for n in range(6)]


@pytest.fixture(scope="module")
def planned() -> PlannedWeeks:
    """Plan six who wait, beside one who lies there."""
    lies = [stay("P6", "H1-W1", 1.0), stay("X", "H1-W1", 9.0, 2.0)]
    found = plan_weeks(one_hospital(patient=PEOPLE, surgery_list=LISTED, encounter=lies), 1)
    assert isinstance(found, PlannedWeeks)
    return found


def test_everybody_is_admitted_where_there_is_room(planned: PlannedWeeks) -> None:
    """No rule is broken, and nobody waits on a weekday without need."""
    assert planned.verification.total_violations == 0
    found = whole_of(planned)
    assert (found.patients, found.admitted, found.postponed, found.mandatory) == (6, 6, 0, 2)


def test_days_add_up_to_the_whole(planned: PlannedWeeks) -> None:
    """Admissions, minutes and beds of the days are those of the plan."""
    days = list(days_of(planned))
    assert len(days) == 14
    assert sum(each.admitted for each in days) == 6
    assert sum(each.operated for each in days) == 600
    assert sum(each.open for each in days) == 10 * 480
    assert {each.beds for each in days} == {12}
    assert days[0].women + days[0].men >= 1
    overload = planned.verification.amounts["ExcessiveNurseWorkload"]  # type: ignore[index]
    assert sum(each.overload for each in days) == overload
    assert whole_of(planned).theatre_use == pytest.approx(600 / 4800)


def test_figures_are_those_of_the_check(planned: PlannedWeeks) -> None:
    """The parts of the cost add up, each under a key of its own."""
    found = {each.key: each.value for each in hospital_figures(planned)}
    parts = [value or 0 for key, value in found.items() if key.count(".") == 2 and "cost" in key]
    assert len(parts) == 8
    assert found["hospital.cost"] == planned.verification.total_cost == sum(parts)
    assert found["hospital.violations"] == 0
    assert found["hospital.admitted"] == 6


def test_the_same_seed_gives_the_same_plan(planned: PlannedWeeks) -> None:
    """Bit by bit, for the decision on record is rebuilt."""
    lies = [stay("P6", "H1-W1", 1.0), stay("X", "H1-W1", 9.0, 2.0)]
    again = plan_weeks(one_hospital(patient=PEOPLE, surgery_list=LISTED, encounter=lies), 1)
    assert isinstance(again, PlannedWeeks)
    assert again.plan == planned.plan
    assert is_compiled()


def test_what_is_taken_for_granted_is_said(planned: PlannedWeeks) -> None:
    """Of planned weeks only."""
    said = [str(each) for each in weeks_assumptions(planned)]
    assert len(said) == 5
    assert all(each.startswith("Hospital weeks: ") for each in said)
    assert list(weeks_assumptions(None)) == []


def test_why_nothing_is_planned_is_said() -> None:
    """A reason is handed on."""
    found = plan_weeks(one_hospital(), 1)
    assert isinstance(found, Message)
    assert list(weeks_assumptions(found)) == []
