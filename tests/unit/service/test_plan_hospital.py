"""A hospital's weeks, whose plan is kept however often somebody interrupts."""

from __future__ import annotations

import signal
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from salus.allocate.hospital.bound.conflict import Span
from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.bound.lower_bound import HospitalBound
from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.competition.write import instance_text
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.stop import Stop
from salus.service.bounding import Bounding
from salus.service.plan_hospital import PlanHospitalRequest, in_dates, plan_hospital
from tests.fakes.timetables import HOSPITAL, crowded, instance, kept

if TYPE_CHECKING:
    from pathlib import Path

    from salus.core.messages import Message
    from salus.service.context import Context


class Impatient:
    """Interrupts whenever it hears of progress, from the second time on."""

    def __init__(self) -> None:
        self.heard: list[Message] = []

    def __call__(self, doing: Message, done: float) -> None:
        """Interrupt."""
        assert 0 <= done <= 1
        self.heard.append(doing)
        if len(self.heard) > 1:
            signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("overrun", [None, 0.2])
def test_the_first_interrupt_ends_it_and_the_next_are_not_heard(
    in_use: Context, tmp_path: Path, overrun: float | None
) -> None:
    """One while it searches, and one while it says that it stops; with a chance, too."""
    file, progress = kept(tmp_path, instance(), "instance.json"), Impatient()
    stop = Stop(iterations=40_000_000)
    request = PlanHospitalRequest(file, stop, overrun=overrun, progress=progress)
    planned = plan_hospital(in_use, request)
    assert 0 < planned.last.tried < 40_000_000 / 2
    assert str(progress.heard[-1]) == "stopping"
    assert planned.verification.total_cost is not None
    assert planned.bound.total is not None


def test_a_search_is_not_held_up_by_the_bound(in_use: Context, tmp_path: Path) -> None:
    """All its moves are tried, and the bound is of the same hospital."""
    file = kept(tmp_path, instance(), "instance.json")
    planned = plan_hospital(in_use, PlanHospitalRequest(file, Stop(iterations=5000), cores=2))
    assert planned.last.tried == 2 * 5000
    assert planned.verification.total_cost is not None
    assert (planned.bound.total or 0) <= planned.verification.total_cost


def test_a_proof_is_told_by_date() -> None:
    """Where days have dates; without them, they have numbers. One day is no stretch of days."""
    made = random_hospital(11)
    away = tuple(replace(each, minutes=0 * each.minutes) for each in made.surgeons)
    (found,) = conflicts(replace(made, surgeons=away))
    hospital = Hospital.plain(made, date(2026, 3, 2))
    for last, numbers, dates in (
        (0, "on day 0,", "on 2026-03-02,"),
        (2, "from day 0 to 2,", "from 2026-03-02 to 2026-03-04,"),
    ):
        span = Span(0, last)
        what = replace(found.what, values={**found.what.values, "when": span.words})
        one = replace(found, span=span, what=what)
        assert numbers in str(one.what)
        assert dates in str(in_dates((one,), hospital)[0].what)
        assert in_dates((one,), Hospital.plain(made)) == (one,)


def test_several_plans_share_the_moves(in_use: Context, tmp_path: Path) -> None:
    """However many are made until each day of a theatre keeps the chance."""
    file, heard = kept(tmp_path, instance(), "instance.json"), [0.0]
    request = PlanHospitalRequest(
        file, Stop(iterations=60_000), overrun=0.3, progress=lambda _, done: heard.append(done)
    )
    planned = plan_hospital(in_use, request)
    assert planned.last.tried <= 60_000
    assert heard == sorted(heard)
    assert max(each.chance for each in planned.theatre_days) <= 0.3


def test_days_that_no_plan_makes_short_enough_are_told(in_use: Context, tmp_path: Path) -> None:
    """Sixteen surgeries of 100 minutes in four days of 480: the plan keeps the rules alone."""
    file = kept(tmp_path, instance_text(crowded()), "instance.json")
    planned = plan_hospital(in_use, PlanHospitalRequest(file, Stop(iterations=60_000), overrun=0.1))
    assert planned.verification.total_violations == 0
    assert {each.chance > 0.1 for each in planned.late} == {True}
    planned = plan_hospital(in_use, PlanHospitalRequest(file, Stop(iterations=60_000)))
    assert planned.late == ()


def test_a_bound_that_is_over_is_as_far_as_it_came() -> None:
    """It is not waited for."""
    with Bounding(HOSPITAL, 1e6) as bounding:
        bounding.result(0.0)
    assert isinstance(bounding.latest, HospitalBound)
