"""The tables about people: who waits, by request and never by person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pytest

from salus.core.messages import say
from salus.report.sections.choices import choices_grid
from salus.service.advice.advised import HeldOut
from salus.service.tables.people import advice, choices, cleaning, effects, queue
from salus.treat.effects.base import Experience
from salus.treat.plans.reader import packaged_plans
from salus.treat.valuing import ADVISED, Choice, Tried, value
from tests.fakes.days import coast_day
from tests.fakes.queues import counts, line

if TYPE_CHECKING:
    from salus.service.day import Day


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Let eight wait for five beds."""
    home = tmp_path_factory.mktemp("people")
    return coast_day(home, line(8), bed_state=counts({"occupied": 80}))


def test_every_request_has_its_row(day: Day) -> None:
    """Places in the line are each given once; those with a place have a journey, others none."""
    rows = list(queue(day))
    assert {row["place_in_queue"] for row in rows} == set(range(1, len(rows) + 1))
    assert len(rows) == 8
    assert sum(row["facility_id"] == "H01" for row in rows) == 5
    for row in rows:
        assert (row["facility_id"] is None) == (row["travel_minutes"] is None)
        assert row["reason"]
        assert row["synthetic"] is True


def test_nobody_is_named(day: Day) -> None:
    """Rows carry the key of the request; the key of the person is in none of them."""
    assert day.care is not None
    people = set(day.care.queued.rows["patient_id"].to_pylist())
    assert not people & {value for row in queue(day) for value in row.values()}


def test_who_is_real_is_not_marked(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The flag follows the records."""
    real = coast_day(tmp_path_factory.mktemp("real"), line(2), made_up=False)
    assert [row["synthetic"] for row in queue(real)] == [False, False]


def test_without_people_there_are_no_rows(day: Day) -> None:
    """A region without people, or guests without records of their own, leaves tables empty."""
    nobody = replace(day, care=None)
    assert [list(lay(nobody)) for lay in (cleaning, queue, advice, effects, choices)] == [[]] * 5
    assert [list(lay(day)) for lay in (cleaning, advice, effects, choices)] == [[]] * 4


def tried(place: int, *patients: str) -> Tried:
    """Try the one way on some patients of a condition."""
    count, plan = len(patients), packaged_plans()[place]
    arm, arms = np.zeros(count, dtype=np.int64), len(plan.arms)
    seen = Experience(
        np.zeros((count, 1)), arm, np.arange(1.0, count + 1), np.array(patients), arms
    )
    return Tried(plan, seen, np.zeros((count, arms)), (Choice(ADVISED, say("ranked"), arm),))


def test_a_patient_of_two_conditions_is_one_patient(day: Day) -> None:
    """The table and the heading count each patient once, in however many conditions."""
    assert day.care is not None
    ways = (tried(0, "p", "q"), tried(1, "q", "r"))
    nobody = pa.array([], pa.string())
    held_out = HeldOut(nobody, (), "", pa.table({"patient_id": nobody}), ways, value(ways))
    advised = replace(day.care.advised, held_out=held_out)
    rows = list(choices(replace(day, care=replace(day.care, advised=advised))))
    assert [row["patients"] for row in rows] == [2, 2, 3]
    assert "on 3 treated patients" in str(choices_grid(held_out).title)
