"""Staff groups, inpatients and transfers refuse to exist in a wrong state, and count right."""

from __future__ import annotations

from typing import Any

import pytest

from salus.core.messages import say
from salus.domain.offer import LendingOffer
from salus.domain.staff import StaffGroup, Working
from salus.domain.transfer import InpatientGroup, TransferOption, Transport


def _group(**changes: Any) -> StaffGroup:
    stated: dict[str, Any] = {"unit": "shifts", "shift_hours": 8.0, "at": {}}
    return StaffGroup("nurse", say("nurses"), **(stated | changes))


def test_work_is_counted_in_the_unit_of_the_group() -> None:
    """Four patients for each nurse ask for six hours a bed-day, three quarters of a shift."""
    for unit, work, shift in (("hours", 6.0, 8.0), ("shifts", 0.75, 1.0)):
        nurses = _group(unit=unit, patients={"ward_bed": 4.0})
        assert nurses.work_of_a_bed_day("ward_bed") == work
        assert nurses.work_of_a_bed_day("icu_bed") == 0
        assert nurses.units_of_a_shift == shift


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"unit": "days"}, "unit must be one of hours, shifts, but is days"),
        ({"shift_hours": 25.0}, "shift_hours must be between 0.5 and 24"),
        ({"week_hours": 169.0}, "week_hours must be between 1 and 168"),
        ({"days_off": 7}, "days_off must be between 0 and 6"),
        ({"patients": {"ward_bed": 0.0}}, "patients.ward_bed. must be between"),
    ],
)
def test_an_impossible_group_is_refused(changes: dict[str, Any], told: str) -> None:
    """Field, bounds and the value are told."""
    with pytest.raises(ValueError, match=told):
        _group(**changes)


def test_impossible_amounts_are_refused() -> None:
    """People, patients, days and hours are 0 or more; keys are never empty."""
    for wrong in (
        lambda: Working(-1, 0),
        lambda: InpatientGroup("g", "F1", "icu", -1, 2),
        lambda: InpatientGroup("", "F1", "icu", 1, 2),
        lambda: InpatientGroup("g", "F1", "icu", 1, 2, -1),
        lambda: TransferOption("g", "F2", "icu", 30, 0, "F1", -1, "", 0),
        lambda: Transport("F1", 1, 1, -1),
        lambda: LendingOffer("F1", "F2", "nurse", 1, 30, hours_a_day=25),
        lambda: LendingOffer("F1", "F2", "nurse", 1, 30, agreed=-1),
    ):
        with pytest.raises(ValueError, match="must"):
            wrong()
