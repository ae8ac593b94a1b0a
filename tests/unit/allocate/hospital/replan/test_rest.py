"""What is left to decide, as a problem of its own."""

from __future__ import annotations

from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.plan import HospitalPlan
from salus.allocate.hospital.replan.changed import changed
from salus.allocate.hospital.replan.events import Emergency, Event, SurgeonAway
from salus.allocate.hospital.replan.rest import rest
from tests.fakes.small_house import HOUSE, PLAN, patient


def test_who_has_begun_has_one_day_and_one_room() -> None:
    """The others have the days that are left, and no bounds beside."""
    left = {each.id: each for each in rest(HOUSE, PLAN, 2).patients}
    assert [(left[name].release, left[name].due) for name in ("p0", "p1")] == [(0, 0), (1, 1)]
    assert [set(left[name].barred) for name in ("p0", "p1")] == [{"r1"}, {"r1"}]
    assert (left["p2"].release, left["p2"].due, left["p2"].barred) == (2, None, frozenset())


def test_who_should_have_been_admitted_is_due_today() -> None:
    """So that the rest is a problem at all."""
    late = rest(HOUSE, HospitalPlan((), ()), 2).patient
    assert (late["p0"].release, late["p0"].due) == (2, 2)
    assert (late["p1"].release, late["p1"].due) == (2, 3)


def test_it_proves_what_nothing_can_help() -> None:
    """A surgeon who is away leaves an emergency without a day."""
    events: list[Event] = [
        SurgeonAway("s0", (2, 3)),
        Emergency(patient("e0", release=2, due=3)),
    ]
    after = changed(HOUSE, PLAN, events, 2)
    assert [each.people for each in conflicts(rest(after, PLAN, 2))] == [("e0",)]
    assert conflicts(rest(HOUSE, PLAN, 2)) == ()
