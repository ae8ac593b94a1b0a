"""Theatres and surgeons keep weekdays, and nurses share with the beds that are kept."""

from __future__ import annotations

from salus.service.weeks.conventions import LOADS
from salus.service.weeks.rooms import wards_of
from salus.service.weeks.staff import nurses_of, surgeons_of, theatres_of
from tests.fakes.wards import LAST, SITE, bed_state, on_duty, one_hospital


def test_nobody_operates_on_weekends() -> None:
    """The plan begins on a Monday here."""
    assert LAST.weekday() == 6
    made = one_hospital()
    (theatre,), (surgeon,) = theatres_of(made, "H1", 14), surgeons_of(made, "H1", 14)
    assert theatre.minutes.tolist() == 2 * ([480] * 5 + [0] * 2)
    assert surgeon.minutes.tolist() == 2 * ([300] * 5 + [0] * 2)


def test_nurses_work_by_the_roster() -> None:
    """One shift a day, with the load of their skill; the skill counts from 0."""
    made = one_hospital()
    nurses = nurses_of(made, wards_of(made, "H1", []), 14)
    assert [each.skill for each in nurses] == [0, 1, 2, 0, 1, 2]
    assert list(nurses[1].loads) == [1 + 3 * day for day in range(14)]
    assert {most for each in nurses for most in each.loads.values()} == set(LOADS)


def test_a_share_of_the_nurses_looks_after_the_beds_that_are_kept() -> None:
    """Half of the beds are kept: of four on a shift two are of the plan."""
    nurses = [{"nurse_id": f"N{n}", "ward_id": "H1-W1", "skill": 2} for n in range(12)]
    shifts = ("early", "late", "night")
    roster = [
        row | {"nurse_id": f"N{n}"}
        for n in range(12)
        for row in on_duty(14)[:42]
        if row["shift"] == shifts[n % 3]
    ]
    made = one_hospital(
        ward=SITE["ward"][:1], nurse=nurses, roster=roster, bed_state=[bed_state("H1-W1", 3)]
    )
    found = nurses_of(made, wards_of(made, "H1", []), 14)
    assert len(found) == 6


def test_days_beyond_the_plan_are_not_of_it() -> None:
    """A longer roster gives the same nurses."""
    made, longer = one_hospital(), one_hospital(roster=on_duty(28))
    first, second = (nurses_of(each, wards_of(each, "H1", []), 14) for each in (made, longer))
    assert first == second
