"""Who of a surgery list is planned, from when, until when, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from salus.service.weeks.listed import Listed, listed
from tests.fakes.wards import SITE, one_hospital, person, request, site_of

if TYPE_CHECKING:
    from tests.fakes.wards import Row


def asked(*rows: Row, people: list[Row] | None = None, **tables: list[Row]) -> Listed:
    """Read requests, of a woman of 40 unless people are given."""
    persons = [person("A")] if people is None else people
    made = one_hospital(surgery_list=list(rows), patient=persons, **tables)
    return listed(made, site_of(made))


@pytest.mark.parametrize(
    ("ready", "due", "release", "until"),
    [
        (1, 300, 0, None),
        (-5, 300, 0, None),
        (3, 14, 2, 13),
        (1, 15, 0, None),
        (1, 2, 0, 6),
        (1, -4, 0, 6),
        (10, 12, 9, 11),
        (6, 7, 5, 7),
    ],
)
def test_urgency_ends_within_the_plan_or_not(
    ready: int, due: int, release: int, until: int | None
) -> None:
    """Days from the last of the records; nobody is called in at once, or on a weekend."""
    (found,) = asked(request("A", ready=ready, due=due)).patients
    assert (found.release, found.due, found.mandatory) == (release, until, until is not None)


@pytest.mark.parametrize("ready", [13, 14, 15, 40])
def test_who_can_come_on_no_day_of_surgery_comes_later(ready: int) -> None:
    """On the last weekend of the plan or after it."""
    assert asked(request("A", ready=ready)) == Listed((), 1, 0)


@pytest.mark.parametrize(
    "wrong", [{"surgeon_id": "H9-S1"}, {"minutes": 0}, {"stay": -1}, {"patient_id": "nobody"}]
)
def test_what_cannot_be_planned_is_counted(wrong: Any) -> None:
    """A surgeon of elsewhere, no minutes, no stay, nobody of the register."""
    assert asked(request("A") | wrong) == Listed((), 0, 1)


@pytest.mark.parametrize("stay", [15, 10**9])
def test_a_stay_is_cut_at_the_horizon(stay: int) -> None:
    """One long stay does not leave the hospital without a plan."""
    (found,) = asked(request("A", stay=stay)).patients
    assert found.stay == 14
    assert found.work.size == found.need.size == 42


def test_more_minutes_than_a_surgeon_has_are_never_operated() -> None:
    """Not in this plan: it is not known as impossible, only not now."""
    assert asked(request("A", minutes=301)).later == 1


def test_geriatric_wards_are_for_the_old() -> None:
    """Others may not lie there, unless there is no other ward."""
    people = [person("A", age=64), person("B", age=65)]
    young, old = asked(request("A"), request("B"), people=people).patients
    assert young.barred == {"H1-W2-R0", "H1-W2-R1", "H1-W2-R2"}
    assert old.barred == frozenset()
    only = [SITE["ward"][1]]
    assert asked(request("A"), ward=only).patients[0].barred == frozenset()
