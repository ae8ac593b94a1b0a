"""The weeks of a hospital are stated whole, or it is said why they are not."""

from __future__ import annotations

from typing import Any

import pytest

from salus.core.messages import Message
from salus.service.weeks.stated import Stated, stated
from tests.fakes.wards import SITE, bed_state, on_duty, one_hospital, person, request, stay

ASKED: dict[str, Any] = {"patient": [person("A")], "surgery_list": [request("A")]}


def test_all_of_it_is_stated() -> None:
    """Rooms of both wards, their nurses, and who waits."""
    found = stated(one_hospital(**ASKED, encounter=[stay("A", "H1-W1", 1.0)]))
    assert isinstance(found, Stated)
    problem = found.problem
    assert [room.beds for room in problem.rooms] == [3, 2, 1, 3, 2, 1]
    assert (len(problem.nurses), len(problem.patients), len(problem.occupants)) == (6, 1, 1)
    assert problem.ages[problem.patients[0].age] == "18 to 64"


def test_a_stay_longer_than_the_weeks_is_planned() -> None:
    """One patient for a month among others is no reason to plan nothing."""
    long = request("B", stay=30)
    found = stated(one_hospital(patient=[person("B")], surgery_list=[long]))
    assert isinstance(found, Stated)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"ward": []}, "know no ward"),
        ({"bed_state": [bed_state(w["ward_id"], 6) for w in SITE["ward"]]}, "all beds"),
        ({"roster": on_duty(13)}, "on duty in 3 of 42 shifts"),
        ({"roster": []}, "on duty in 42 of 42 shifts"),
        ({"surgery_list": []}, "nobody waits"),
        ({"theatre": []}, "nobody waits"),
        ({"surgeon": []}, "nobody waits"),
        ({"room": []}, "all beds"),
    ],
)
def test_what_is_missing_is_named(change: Any, reason: str) -> None:
    """Each reason tells what the records lack."""
    found = stated(one_hospital(**ASKED | change))
    assert isinstance(found, Message)
    assert reason in str(found)


def test_what_cannot_be_a_hospital_is_told() -> None:
    """Numbers that no problem takes are a reason, not an error."""
    theatres = [SITE["theatre"][0] | {"minutes_per_day": 10**12}]
    found = stated(one_hospital(**ASKED, theatre=theatres))
    assert isinstance(found, Message)
