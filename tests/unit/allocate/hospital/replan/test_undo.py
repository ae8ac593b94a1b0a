"""What a new plan gains nothing from is taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.checks import random_hospital
from salus.allocate.hospital.keep import Keep, Perturbation
from salus.allocate.hospital.plan import Admission, HospitalPlan
from salus.allocate.hospital.replan import undo
from salus.allocate.hospital.replan.causes import Cause, Causes
from salus.allocate.hospital.replan.perturbation import distance, moved
from salus.allocate.hospital.replan.undo import undone
from salus.allocate.hospital.solve import solve
from salus.allocate.hospital.stop import Stop
from tests.fakes.small_house import PLAN, house, patient, priced

if TYPE_CHECKING:
    import pytest

TWO = house(patient("p0", 1, release=1, minutes=90), patient("p1", 1, release=1, minutes=90))
OLD = HospitalPlan((Admission("p0", 1, "r0", "t0"), Admission("p1", 2, "r0", "t0")), PLAN.duties)
SWAPPED = replace(OLD, admissions=(Admission("p0", 2, "r0", "t0"), Admission("p1", 1, "r0", "t0")))


def test_an_exchange_for_nothing_is_undone() -> None:
    """Neither can go back alone, as the theatre and the surgeon have no time for both."""
    for weights in (Perturbation(), Perturbation(0, 0, 0, 0)):
        keep = Keep(OLD, 1, weights)
        found = undone(TWO, keep, SWAPPED)
        assert set(found.admissions) == set(OLD.admissions)
        assert priced(TWO, keep, found) <= priced(TWO, keep, SWAPPED)


def test_what_is_gained_together_is_said_together() -> None:
    """No event stands behind an exchange: nothing forces it."""
    causes = Causes(TWO, TWO, OLD, SWAPPED, [])
    found = [causes.of_move(each) for each in moved(TWO, OLD, SWAPPED)]
    assert found == [Cause((), ("p1",), free=True), Cause((), ("p0",), free=True)]


def test_nurses_come_back_with_their_rooms() -> None:
    """Where another nurse gains nothing, the one before has the room again."""
    keep = Keep(OLD, 1)
    other = replace(
        OLD, duties=tuple(replace(each, nurse="n1") for each in OLD.duties if "r0" in each.rooms)
    )
    other = replace(other, duties=(*other.duties, *(e for e in OLD.duties if "r1" in e.rooms)))
    found = undone(TWO, keep, other)
    assert priced(TWO, keep, found) <= priced(TWO, keep, OLD)


def test_attempts_are_not_wasted_on_what_was_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many changes of nurses are taken back beside patients who cannot be, in few attempts."""
    hospital = random_hospital(7, patients=20, days=14)
    old, new = (solve(hospital, Stop(iterations=20_000), seed=seed) for seed in (1, 2))
    keep = Keep(old, 0)
    many = undone(hospital, keep, new)
    monkeypatch.setattr(undo, "MOST", 100)
    assert undone(hospital, keep, new) == many
    assert distance(hospital, old, new).nurse > 5 * distance(hospital, old, many).nurse > 0
