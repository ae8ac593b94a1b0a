"""A problem after some events: what they change, and which of them cannot be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.allocate.hospital.fit.breach import UnfitError
from salus.allocate.hospital.people import Gender
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
from tests.fakes.small_house import DAYS, HOUSE, MINUTES, PLAN, patient

TODAY = 1


def test_nothing_has_happened() -> None:
    """Without events everything is as it was."""
    after = changed(HOUSE, PLAN, [], TODAY)
    assert [each.id for each in after.patients] == [each.id for each in HOUSE.patients]
    assert after.nurses == HOUSE.nurses


def test_a_nurse_is_away_in_some_shifts() -> None:
    """The others stay on duty, and shifts off duty mean nothing."""
    after = changed(HOUSE, PLAN, [NurseAway("n0", (1, 2)), NurseAway("n0", (2,))], TODAY)
    assert [sorted(each.loads) for each in after.nurses] == [[0, 3], [0, 1, 2, 3]]


def test_minutes_are_never_more_than_they_were() -> None:
    """Closed is closed, and of several events the hardest counts."""
    events: list[Event] = [
        TheatreClosed("t0", (1, 2)),
        TheatreClosed("t0", (2, 3), 30),
        SurgeonAway("s0", (3,), MINUTES),
    ]
    after = changed(HOUSE, PLAN, events, TODAY)
    assert after.theatres[0].minutes.tolist() == [MINUTES, 0, 0, 30]
    assert after.theatres[1].minutes.tolist() == [MINUTES] * DAYS
    assert after.surgeons[0].minutes.tolist() == [MINUTES] * DAYS
    assert HOUSE.theatres[0].minutes.tolist() == [MINUTES] * DAYS


def test_a_closed_room_takes_nobody_in() -> None:
    """Who lies there stays, and an emergency goes elsewhere, too."""
    events: list[Event] = [RoomClosed("r0"), Emergency(patient("e0", release=1, due=1))]
    after = changed(HOUSE, PLAN, events, TODAY)
    assert {each.id: set(each.barred) for each in after.patients} == {
        "p0": set(),
        **{each: {"r0"} for each in ("p1", "p2", "p3", "e0")},
    }


def test_a_longer_stay_asks_for_what_its_last_day_did() -> None:
    """A shorter one is cut; care that is stated is taken as it is."""
    work = np.array([1, 2, 9], dtype=np.int64)
    house = replace(HOUSE, patients=(replace(HOUSE.patients[0], work=work), *HOUSE.patients[1:]))
    after = changed(house, PLAN, [StayChanged("p0", 4), StayChanged("p2", 1)], TODAY)
    assert (after.patients[0].stay, after.patients[0].work.tolist()) == (4, [1, 2, 9, 9])
    assert (after.patients[2].stay, after.patients[2].need.tolist()) == (1, [0])
    more = StayChanged("a0", 3, work=np.array([1, 1, 5], dtype=np.int64))
    assert changed(house, PLAN, [more], TODAY).occupants[0].work.tolist() == [1, 1, 5]


def test_who_withdraws_is_out_and_who_is_new_comes_last() -> None:
    """The order of the others stays."""
    new = patient("e0", release=2, due=3)
    after = changed(HOUSE, PLAN, [Emergency(new), Withdrawn("p1")], TODAY)
    assert [each.id for each in after.patients] == ["p0", "p2", "p3", "e0"]


CASES: dict[str, tuple[list[Event], list[tuple[str, object]]]] = {
    "names that are not known": (
        [
            NurseAway("n9", (1,)),
            SurgeonAway("s9", (1,)),
            TheatreClosed("t9", (1,)),
            RoomClosed("r9"),
            StayChanged("p9", 2),
            Withdrawn("p8"),
        ],
        [
            ("events[0].nurse", "n9"),
            ("events[1].surgeon", "s9"),
            ("events[2].theatre", "t9"),
            ("events[3].room", "r9"),
            ("events[4].person", "p9"),
            ("events[5].patient", "p8"),
        ],
    ),
    "days that are past or never come": (
        [
            NurseAway("n0", (0, 1)),
            SurgeonAway("s0", (0,)),
            TheatreClosed("t0", (4,)),
            TheatreClosed("t0", (-1,)),
            Emergency(patient("e0", release=0, due=1)),
        ],
        [
            ("events[0].shifts", 0),
            ("events[1].days", 0),
            ("events[2].days", 4),
            ("events[3].days", -1),
            ("events[4].release", 0),
        ],
    ),
    "minutes below zero": ([TheatreClosed("t0", (1,), -5)], [("events[0].minutes", -5)]),
    "more minutes than there are": (
        [TheatreClosed("t0", (1, 2), MINUTES + 1), SurgeonAway("s0", (1,), 9_999)],
        [("events[0].minutes", MINUTES + 1), ("events[1].minutes", 9_999)],
    ),
    "who has begun does not withdraw": (
        [Withdrawn("p0"), Withdrawn("a0")],
        [("events[0].patient", "p0"), ("events[1].patient", "a0")],
    ),
    "a stay of no day": ([StayChanged("p1", 0)], [("events[0].stay", 0)]),
    "two events about one person": (
        [StayChanged("p1", 2), Withdrawn("p1"), StayChanged("p1", 3)],
        [("events[1].patient", "p1"), ("events[2].person", "p1")],
    ),
    "a new patient whose name is taken": (
        [Emergency(patient("p1", release=1, due=1)), Emergency(patient("a0", release=1, due=1))],
        [("events[0].id", "p1"), ("events[1].id", "a0")],
    ),
    "a new patient who cannot be": (
        [
            Emergency(replace(patient("e0", release=3, due=2), surgeon="s9")),
            Emergency(patient("e1", release=1, due=9, barred=frozenset({"r0", "r1"}))),
        ],
        [
            ("events[0].due", 2),
            ("events[0].surgeon", "s9"),
            ("events[1].due", 9),
            ("events[1].barred", "e1"),
        ],
    ),
    "care of another length": (
        [StayChanged("p1", 2, need=np.array([1], dtype=np.int64))],
        [("events[0].need", 1)],
    ),
    "an occupant beyond the horizon": ([StayChanged("a0", 5)], [("events[0].stay", 5)]),
    "nobody on duty": ([NurseAway("n0", (2, 3)), NurseAway("n1", (2,))], [("events", None)]),
    "no room left": (
        [RoomClosed("r0"), RoomClosed("r1")],
        [("events", "p1"), ("events", "p2"), ("events", "p3")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_cannot_be_is_refused(case: str) -> None:
    """Every fault is named with its event."""
    events, wanted = CASES[case]
    with pytest.raises(UnfitError) as caught:
        changed(HOUSE, PLAN, events, TODAY)
    assert [(str(each.spot), each.value) for each in caught.value.breaches] == wanted


def test_a_stay_is_not_shorter_than_it_has_been() -> None:
    """Who leaves this morning may stay on; who has left may not, and the past stays."""
    with pytest.raises(UnfitError, match="2 days or more"):
        changed(HOUSE, PLAN, [StayChanged("p0", 1)], 2)
    with pytest.raises(UnfitError, match="the stay is over"):
        changed(HOUSE, PLAN, [StayChanged("p1", 3)], 3)
    assert changed(HOUSE, PLAN, [StayChanged("p1", 2)], 2).patient["p1"].stay == 2
    assert changed(HOUSE, PLAN, [StayChanged("p0", 2)], 2).patient["p0"].stay == 2


def test_a_day_outside_the_horizon_is_not_today() -> None:
    """The first and the last day are."""
    for today in (-1, DAYS):
        with pytest.raises(UnfitError, match="today"):
            changed(HOUSE, PLAN, [], today)
    for today in (0, DAYS - 1):
        changed(HOUSE, PLAN, [], today)


def test_nobody_on_duty_names_the_shifts() -> None:
    """With their day and name."""
    away = [NurseAway("n0", (2, 3)), NurseAway("n1", (2, 3))]
    with pytest.raises(UnfitError, match="day 2 day, day 3 day"):
        changed(HOUSE, PLAN, away, TODAY)


def test_events_say_what_they_are() -> None:
    """Each in a few words, with the name of whom or what."""
    said = {
        str(each.said)
        for each in (
            NurseAway("n0", ()),
            SurgeonAway("s0", ()),
            SurgeonAway("s0", (), 30),
            TheatreClosed("t0", ()),
            TheatreClosed("t0", (), 30),
            RoomClosed("r0"),
            Emergency(patient("e0", gender=Gender.B)),
            StayChanged("p0", 2),
            Withdrawn("p1"),
        )
    }
    assert len(said) == 9
