"""The hours of a hospital that states none."""

from __future__ import annotations

import pytest

from salus.allocate.hospital.calendar import Calendar


@pytest.mark.parametrize("shifts", range(1, 25))
def test_shifts_of_one_length_follow_each_other_through_the_days(shifts: int) -> None:
    """Each ends before the next begins, so that hours of rest are what a clock says."""
    calendar = Calendar.even(shifts)
    for shift in range(2 * shifts):
        assert calendar.start(shift) < calendar.end(shift) <= calendar.start(shift + 1)
