"""A hospital without a plan says who competes for what."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from salus.allocate.hospital.bound.conflict import InfeasibleHospitalError, Scarce, Span
from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.people import Gender, Occupant, Patient
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights

if TYPE_CHECKING:
    from salus.allocate.hospital.people import Person

DAYS = 4


def care(stay: int) -> tuple[np.ndarray, np.ndarray]:
    """Ask for no care at all."""
    return np.zeros(stay, np.int64), np.zeros(stay, np.int64)


def patient(name: str, **changed: Any) -> Patient:
    """Make a mandatory patient for days 0 to 1, one day long, of 100 minutes."""
    work, need = care(1)
    one = Patient(
        name, Gender.A, 0, 1, work, need,
        mandatory=True, release=0, due=1, minutes=100, surgeon="s0",
    )  # fmt: skip
    return replace(one, **changed)


def staying(one: Patient, days: int) -> Patient:
    """Let a patient stay longer."""
    work, need = care(days)
    return replace(one, stay=days, work=work, need=need)


def occupant(name: str, room: str, days: int, gender: Gender = Gender.A) -> Occupant:
    """Let somebody lie in a room."""
    return Occupant(name, gender, 0, days, *care(days), room)


def hospital(*people: Person, **changed: Any) -> HospitalProblem:
    """Make a hospital with a surgeon and a theatre of 200 minutes and two rooms of two beds."""
    parts: dict[str, Any] = {
        "surgeons": (Surgeon("s0", np.full(DAYS, 200)),),
        "theatres": (Theatre("t0", np.full(DAYS, 200)),),
        "rooms": (Room("r0", 2), Room("r1", 2)),
    }
    return HospitalProblem(
        days=DAYS,
        shifts=("day",),
        levels=1,
        ages=("adult",),
        weights=Weights(1, 1, 1, 1, 1, 1, 1, 1),
        occupants=tuple(each for each in people if isinstance(each, Occupant)),
        patients=tuple(each for each in people if isinstance(each, Patient)),
        nurses=(Nurse("n0", 0, dict.fromkeys(range(DAYS), 9)),),
        **{**parts, **changed},
    )


def many(count: int, **changed: Any) -> list[Patient]:
    """Make patients who are alike but for their names."""
    return [patient(f"p{each}", **changed) for each in range(count)]


def test_a_hospital_with_room_has_no_reasons() -> None:
    """Neither quick proofs nor programmes find any."""
    assert conflicts(hospital(*many(4)), seconds=20) == ()


def test_an_optional_patient_competes_with_nobody() -> None:
    """Whoever may be postponed is none of the reasons."""
    willing = patient("p0", mandatory=False, due=None, minutes=999)
    assert conflicts(hospital(willing), seconds=20) == ()


def test_a_patient_without_a_day() -> None:
    """The minutes of the best day are told beside those of the surgery."""
    [found] = conflicts(hospital(patient("p0", minutes=250)))
    assert (found.scarce, found.people, found.where) == (Scarce.SURGEON, ("p0",), ("s0",))
    assert (found.wanted, found.there, found.span) == (250, 200, Span(0, 1))
    assert "p0" in str(found.what)
    assert "250" in str(found.remedy)


def test_a_surgeon_without_the_minutes() -> None:
    """The fewest patients that exceed the days are named, with what can be used of these."""
    [found, *_] = conflicts(hospital(*many(6, minutes=90)))
    assert (found.scarce, found.where, found.people) == (
        Scarce.SURGEON, ("s0",), ("p0", "p1", "p2", "p3", "p4"),
    )  # fmt: skip
    assert (found.wanted, found.there) == (450, 360)


def test_theatres_without_the_minutes() -> None:
    """Two surgeons have the time, and the one theatre has not."""
    surgeons = tuple(Surgeon(f"s{each}", np.full(DAYS, 200)) for each in range(2))
    people = [patient(f"p{each}", surgeon=f"s{each % 2}") for each in range(5)]
    rooms = (Room("r0", 9),)
    [found] = conflicts(hospital(*people, surgeons=surgeons, rooms=rooms))
    assert (found.scarce, found.where, len(found.people)) == (Scarce.THEATRE, ("t0",), 5)
    assert (found.wanted, found.there) == (500, 400)


def test_a_patient_without_a_bed() -> None:
    """Occupants of the other gender keep the only fit room to the last day."""
    people = [
        patient("p0", gender=Gender.B, barred=frozenset({"r1"})),
        occupant("a0", "r0", 2),
    ]
    [found] = conflicts(hospital(*people))
    assert (found.scarce, found.people, found.where) == (Scarce.ROOM, ("p0",), ("r0",))


def test_beds_are_too_few() -> None:
    """Who must be in the house on a day, or for days of a stretch, needs a bed then."""
    people = [staying(each, 3) for each in many(4, minutes=10, barred=frozenset({"r1"}))]
    [found] = conflicts(hospital(*people[:3]))
    assert (found.scarce, found.people, found.where) == (Scarce.ROOM, ("p0", "p1", "p2"), ("r0",))
    assert (found.wanted, found.there, found.span) == (3, 2, Span(1, 1))


def test_occupants_who_cannot_lie_where_they_lie() -> None:
    """Both genders in a room, and more than it has beds for."""
    mixed = [occupant("a0", "r0", 1), occupant("a1", "r0", 1, Gender.B)]
    full = [occupant(f"b{each}", "r1", 1) for each in range(3)]
    first, second = conflicts(hospital(*mixed, *full))
    assert (first.people, first.where) == (("a0", "a1"), ("r0",))
    assert (second.people, second.wanted, second.there) == (("b0", "b1", "b2"), 3, 2)


def test_surgeries_that_cannot_be_split() -> None:
    """Three of 120 minutes do not fit into two days of 200, as sums and programmes tell."""
    [quick] = conflicts(hospital(*many(3, minutes=120)))
    assert (quick.people, quick.wanted, quick.there) == (("p0", "p1", "p2"), 360, 240)
    people = [*many(3, minutes=120), patient("q0", minutes=80, due=3)]
    assert conflicts(hospital(*people)) == ()
    [found] = conflicts(hospital(*people), seconds=20)
    assert (found.scarce, found.people) == (Scarce.SURGEON, ("p0", "p1", "p2"))
    assert (found.wanted, found.there) == (360, 400)


def test_theatres_that_are_too_short_together() -> None:
    """Surgeons have the time; three surgeries of 120 and more go into no two theatres of 200."""
    surgeons = tuple(Surgeon(f"s{each}", np.full(DAYS, 200)) for each in range(3))
    theatres = tuple(Theatre(f"t{each}", np.full(DAYS, 200)) for each in range(2))
    people = [
        patient(f"p{each}", surgeon=f"s{each}", due=0, minutes=(120, 120, 130)[each])
        for each in range(3)
    ]
    [found] = conflicts(hospital(*people, surgeons=surgeons, theatres=theatres), seconds=20)
    assert (found.scarce, found.people) == (Scarce.THEATRE, ("p0", "p1", "p2"))


def test_genders_that_do_not_fit_into_rooms() -> None:
    """Two rooms of two beds hold two and two, not three and one."""
    people = [staying(patient(f"p{each}", due=0, minutes=10), 2) for each in range(3)] + [
        staying(patient("q0", due=0, minutes=10, gender=Gender.B), 2)
    ]
    [found] = conflicts(hospital(*people), seconds=20)
    assert (found.scarce, found.people) == (Scarce.ROOM, ("p0", "p1", "p2", "q0"))
    assert conflicts(hospital(*people[1:]), seconds=20) == ()


def test_days_that_suit_either_surgeons_or_rooms() -> None:
    """The surgeon needs both days for two of one gender, and the room a day for the other one."""
    surgeons = (Surgeon("s0", np.full(DAYS, 100)), Surgeon("s1", np.full(DAYS, 200)))
    theatres = (Theatre("t0", np.full(DAYS, 300)),)
    people = [*many(2), patient("q0", gender=Gender.B, surgeon="s1")]
    site = {"surgeons": surgeons, "theatres": theatres, "rooms": (Room("r0", 2),)}
    [found] = conflicts(hospital(*people, **site), seconds=20)
    assert (found.scarce, found.people) == (Scarce.BOTH, ("p0", "p1", "q0"))
    assert conflicts(hospital(*people[1:], **site), seconds=20) == ()


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        ((101, 101), "need 202 minutes of surgeon s0 on day 0, who can operate for 200"),
        ((100, 90, 80), "who can operate for 200, of which whole surgeries fill at most 190"),
        ((110, 105), "who can operate for 200, but no two of these surgeries fit into one day"),
    ],
)
def test_why_the_minutes_of_a_surgeon_do_not_do(minutes: tuple[int, ...], said: str) -> None:
    """There are too few, or whole surgeries do not fill them."""
    people = [patient(f"p{at}", minutes=each, due=0) for at, each in enumerate(minutes)]
    [found] = conflicts(hospital(*people, rooms=(Room("r0", 9),)))
    assert said in str(found.what)


def test_theatres_of_which_some_are_too_short() -> None:
    """Surgeries go into one of the two only."""
    theatres = (Theatre("t0", np.full(DAYS, 200)), Theatre("t1", np.full(DAYS, 100)))
    surgeons = tuple(Surgeon(f"s{each}", np.full(DAYS, 200)) for each in range(2))
    people = [patient(f"p{at}", minutes=130, due=0, surgeon=f"s{at}") for at in range(2)]
    [found] = conflicts(hospital(*people, surgeons=surgeons, theatres=theatres))
    assert "which have 300, of which whole surgeries fill at most 130" in str(found.what)


def test_genders_clash_before_beds_are_counted() -> None:
    """Three patients need more beds than there are; two of them would not lie together anyway."""
    men = [staying(patient(f"p{each}", due=0, minutes=10), 2) for each in range(2)]
    other = staying(patient("q0", due=0, minutes=10, gender=Gender.B), 2)
    [found] = conflicts(hospital(*men, other, rooms=(Room("r0", 2),)))
    assert len(found.people) == 2
    assert "q0" in found.people
    assert str(found.what).endswith("as genders are not mixed")
    assert "add a room" in str(found.remedy)


@pytest.mark.parametrize("lying", [True, False])
def test_occupants_are_named_only_where_they_are(*, lying: bool) -> None:
    """Beds that lack are kept by them, or were never there."""
    there = [occupant("a0", "r0", 2)] if lying else []
    people = [staying(each, 2) for each in many(2, minutes=10, due=0)]
    rooms = (Room("r0", 1 + lying),)
    [found] = conflicts(hospital(*people, *there, rooms=rooms))
    assert ("occupants leave them" in str(found.what)) is lying


def test_all_conflicts_are_faults_of_one_error() -> None:
    """The command line ends with 2, and prints each."""
    found = conflicts(hospital(patient("p0", minutes=250), patient("p1", minutes=260)))
    error = InfeasibleHospitalError(found, "weeks.json")
    assert [each.people for each in error.conflicts] == [("p0",), ("p1",)]
    assert (error.exit_code, len(error.faults)) == (2, 2)
    assert str(error).startswith("weeks.json: patient p0 has no day")
