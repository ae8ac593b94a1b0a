"""How far two plans are apart, and what forced each difference."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.keep import Perturbation
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.replan.begun import begun, resumed
from salus.allocate.hospital.replan.causes import Cause, Causes
from salus.allocate.hospital.replan.changed import changed
from salus.allocate.hospital.replan.events import (
    Emergency,
    Event,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.allocate.hospital.replan.perturbation import Distance, Handed, distance, handed, moved
from tests.fakes.small_house import HOUSE, PLAN, patient

if TYPE_CHECKING:
    from salus.allocate.hospital.replan.perturbation import Moved

TODAY = 1
LATER = Emergency(patient("e0", release=1, due=1))


def _plan(*others: Admission, without: tuple[str, ...] = ()) -> HospitalPlan:
    """Admit some of the patients otherwise, and some not at all."""
    gone = {each.patient for each in others} | set(without)
    kept = tuple(each for each in PLAN.admissions if each.patient not in gone)
    return replace(PLAN, admissions=(*kept, *others))


def _cause(events: list[Event], plan: HospitalPlan, name: str) -> Cause:
    after = changed(HOUSE, PLAN, events, TODAY)
    moves: dict[str, Moved] = {each.patient: each for each in moved(after, PLAN, plan)}
    return Causes(HOUSE, after, PLAN, plan, events).of_move(moves[name])


def test_what_a_name_says_is_not_said_again() -> None:
    """A theatre that is called so needs no word for what it is; t0 does."""
    assert str(TheatreClosed("Theatre A", (1,)).said) == "Theatre A is closed"
    assert str(TheatreClosed("t0", (1,)).said) == "theatre t0 is closed"


def test_a_plan_is_not_far_from_itself() -> None:
    """Whatever the order of its rows."""
    turned = HospitalPlan(PLAN.admissions[::-1], PLAN.duties[::-1])
    assert distance(HOUSE, PLAN, turned) == Distance(0, 0, 0, 0, 0)


def test_each_difference_counts_once() -> None:
    """Day, room and theatre by themselves; who is lost weighs a day, who is new nothing."""
    other = _plan(Admission("p1", 2, "r0", "t1"), Admission("p2", 2, "r0", "t0"), without=("p3",))
    assert distance(HOUSE, PLAN, other) == Distance(1, 1, 1, 0, 1)
    assert distance(HOUSE, other, PLAN) == Distance(1, 1, 1, 0, 0)
    assert Distance(1, 1, 1, 3, 1).cost(Perturbation(1_000, 100, 10, 1)) == 2_113


def test_a_room_without_people_is_not_handed_over() -> None:
    """The last nurse who names a room has it; who names none has none."""
    duties = (
        *(Duty("n1", shift, ("r0", "r1")) for shift in range(4)),
        Duty("n0", 2, ("r0",)),
    )
    other = HospitalPlan(PLAN.admissions, duties)
    found = [
        (each.room, each.shift, each.before, each.after) for each in handed(HOUSE, PLAN, other)
    ]
    assert found == [("r0", 0, "n0", "n1"), ("r0", 1, "n0", "n1"), ("r0", 3, "n0", "n1")]
    nobody = HospitalPlan(PLAN.admissions, ())
    assert {each.after for each in handed(HOUSE, PLAN, nobody)} == {None}
    empty = HospitalPlan((), other.duties)
    assert handed(HOUSE, PLAN, empty) == ()


def test_who_withdraws_is_no_difference() -> None:
    """Nothing was decided about them."""
    after = changed(HOUSE, PLAN, [Withdrawn("p1")], TODAY)
    assert distance(after, PLAN, _plan(without=("p1",))) == Distance(0, 0, 0, 0, 0)


def test_a_nurse_who_is_away_counts_nothing() -> None:
    """The room must be handed over, and it is listed."""
    after = changed(HOUSE, PLAN, [NurseAway("n0", (2, 3))], TODAY)
    other = replace(PLAN, duties=tuple(Duty("n1", shift, ("r0", "r1")) for shift in range(4)))
    assert distance(after, PLAN, other) == Distance(0, 0, 0, 2, 0)
    assert len(handed(after, PLAN, other)) == 4


def test_what_has_begun_is_written_as_it_was() -> None:
    """Theatres of the past and its nurses, whatever the new plan says of them."""
    new = _plan(Admission("p0", 0, "r0", "t1"), Admission("p1", 2, "r0", "t1"))
    new = replace(new, duties=tuple(Duty("n1", shift, ("r0", "r1")) for shift in range(4)))
    found = resumed(HOUSE, PLAN, new, TODAY)
    assert begun(found, TODAY) == begun(PLAN, TODAY)
    assert found.admissions[-1] == new.admissions[-1]
    assert found.duties == (Duty("n0", 0, ("r0",)), Duty("n1", 0, ("r1",)), *new.duties[1:])


def test_an_event_that_takes_the_place_is_the_cause() -> None:
    """Theatre, surgeon and room, each where the old place needs it."""
    shut, room = TheatreClosed("t0", (1,)), RoomClosed("r0")
    away = SurgeonAway("s0", (1, 2), 30)
    other = _plan(Admission("p1", 3, "r0", "t0"), Admission("p2", 2, "r0", "t0"))
    assert _cause([TheatreClosed("t1", (1,)), shut], other, "p1") == Cause((shut,))
    assert _cause([TheatreClosed("t0", (3,)), away], other, "p1") == Cause((away,))
    assert _cause([shut, away, room], other, "p1") == Cause((shut, away, room))
    assert _cause([shut], other, "p2") == Cause(free=True)
    assert _cause([TheatreClosed("t0", (1,), 60)], other, "p1") == Cause(free=True)


def test_who_comes_to_the_place_is_the_cause() -> None:
    """An emergency, somebody who stays longer, and others who make way themselves."""
    new = _plan(Admission("e0", 1, "r0", "t1"), Admission("p1", 2, "r0", "t0"))
    assert _cause([LATER], new, "e0") == Cause((LATER,))
    assert _cause([LATER], new, "p1") == Cause((LATER,))
    longer = StayChanged("p0", 4)
    late = _plan(Admission("p3", 3, "r1", "t1"))
    assert _cause([longer], late, "p3") == Cause((longer,))
    swapped = _plan(Admission("p2", 2, "r0", "t0"), Admission("p3", 3, "r1", "t1"))
    assert _cause([], swapped, "p3") == Cause((), ("p2",), free=True)
    assert _cause([], swapped, "p2") == Cause((), ("p3",), free=True)


def test_a_full_theatre_names_who_came() -> None:
    """Those who were there before are not to blame; the surgeon's day counts alike."""
    events: list[Event] = [Emergency(patient("e0", release=1, due=1, minutes=90))]
    plan = _plan(Admission("e0", 1, "r1", "t0"), Admission("p1", 2, "r0", "t0"))
    assert _cause(events, plan, "p1") == Cause((events[0],))
    full = _plan(Admission("p3", 1, "r1", "t1"), Admission("p1", 3, "r0", "t0"))
    house = replace(
        HOUSE,
        surgeons=(replace(HOUSE.surgeons[0], minutes=HOUSE.surgeons[0].minutes // 2),),
    )
    move = moved(house, PLAN, full)[0]
    assert Causes(house, house, PLAN, full, []).of_move(move) == Cause((), ("p3",), free=True)


def test_the_own_stay_can_be_the_cause() -> None:
    """A longer stay does not fit where the shorter one did."""
    longer = StayChanged("p1", 3)
    plan = _plan(Admission("p1", 1, "r1", "t0"), Admission("p2", 2, "r0", "t0"))
    assert _cause([longer], plan, "p1") == Cause((longer,), ("p2",))
    plan = _plan(Admission("p1", 2, "r1", "t0"))
    assert _cause([longer], plan, "p1") == Cause((longer,))


def test_a_nurse_who_is_away_is_the_cause() -> None:
    """Elsewhere it is who lies in the room, or nothing that can be told."""
    away = NurseAway("n1", (1,))
    after = changed(HOUSE, PLAN, [away], TODAY)
    causes = Causes(HOUSE, after, PLAN, _plan(without=("p1",)), [away])
    assert causes.of_hand(Handed("r1", 1, "n1", "n0")) == Cause((away,))
    assert causes.of_hand(Handed("r1", 2, "n1", "n0")) == Cause(free=True)
    assert causes.of_hand(Handed("r0", 1, "n0", "n1")) == Cause((), ("p1",), free=True)
    gone = Withdrawn("p1")
    after = changed(HOUSE, PLAN, [gone], TODAY)
    causes = Causes(HOUSE, after, PLAN, _plan(without=("p1",)), [gone])
    assert causes.of_hand(Handed("r0", 1, "n0", "n1")) == Cause((gone,))
