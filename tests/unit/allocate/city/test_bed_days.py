"""Bed-days that are left free, worked out by hand and by following everybody."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from salus.allocate.city.bed_days import (
    InCare,
    StayLeft,
    free_bed_days,
    refuse_the_past,
    stay_shares,
)
from salus.core.errors import InputError

WARD = InCare(np.array([[8.0, 2.0]]), (StayLeft.of_mean(2.0), StayLeft(np.array([1.0, 1.0, 0.5]))))


def test_weeks_add_up_their_days() -> None:
    """A period of two days takes what its two days take, by either way of staying."""
    assert WARD.taken(2, 2)[0].tolist() == [[12, 3], [4, 1]]
    assert WARD.discharged(2, 2)[0].tolist() == [[6, 1.5], [1, 1]]


def test_all_who_are_in_care_go_home_in_the_end() -> None:
    """Without memory, those in care take their mean stay in all."""
    care = InCare(np.array([[5.0]]), (StayLeft.of_mean(4.6),))
    assert care.taken(300, 1).sum() == pytest.approx(5 * 4.6)


def test_a_stay_without_memory_leaves_as_much_as_it_is() -> None:
    """What is left of geometric stays, found on a ward in a steady state, is one of them."""
    whole = StayLeft.of_mean(3.0)
    np.testing.assert_allclose(StayLeft.of_stays(whole.there).there[:50], whole.there[:50])


def test_no_bed_day_is_free_below_nothing() -> None:
    """Where more is taken and kept than there is, nothing is free."""
    free = free_bed_days(
        np.array([[9.0, 2.0]]), WARD, 2, period_days=2, reserve=np.array([[1.0, 1.0]])
    )
    assert free[0].tolist() == [[4, 13], [0, 1]]


def test_shares_of_a_stay_are_those_of_cases_one_by_one() -> None:
    """Admissions on each day of a week, followed day by day, take the same shares."""
    found = stay_shares(np.array([4.6, 1.0]), 3, period_days=7)
    slow = np.zeros(4)
    for day in range(7):
        for later in range(day, 400):
            slow[min(later // 7, 3)] += (1 / 4.6) * (1 - 1 / 4.6) ** (later - day) / 7
    np.testing.assert_allclose(found, np.array([slow, [1.0, 0, 0, 0]]), atol=1e-12)


def test_stays_that_nobody_has_are_refused() -> None:
    """A profile begins with all, never rises and stays between 0 and 1."""
    with pytest.raises(ValueError, match=r"must begin with 1.* but with 0.9"):
        StayLeft(np.array([0.9, 0.5]))
    with pytest.raises(ValueError, match=r"must not rise, but does on day 2"):
        StayLeft(np.array([1.0, 0.5, 0.6]))
    with pytest.raises(ValueError, match=r"must be from 0 to 1, but holds -0.5"):
        StayLeft(np.array([1.0, -0.5]))
    with pytest.raises(ValueError, match=r"there must have shape \(D,\)"):
        StayLeft(np.zeros(0))
    with pytest.raises(ValueError, match=r"days must be 1 or more, but is 0.5"):
        StayLeft.of_mean(0.5)
    with pytest.raises(ValueError, match=r"mean_days must be 1 or more, but holds 0.5"):
        stay_shares(np.array([0.5]), 3)


def test_all_faults_of_a_ward_are_named_at_once() -> None:
    """Periods, units and reserves that cannot be are told together."""
    with pytest.raises(ValueError, match=r"periods must.*period_days must.*units must.*reserve"):
        free_bed_days(np.full((1, 2), -1.0), WARD, 0, period_days=0, reserve=np.ones((2, 2)))
    with pytest.raises(ValueError, match=r"census must have shape \(J, 1\), but has \(1, 2\)"):
        InCare(WARD.census, WARD.left[:1])
    with pytest.raises(ValueError, match=r"census must be finite and 0 or more, but holds -8.0"):
        InCare(-WARD.census, WARD.left)


def test_the_past_is_named_day_by_day() -> None:
    """What is over is a fault that says what to do."""
    with pytest.raises(InputError, match=r"need on 2026-06-27 lies in the past"):
        refuse_the_past((date(2026, 6, 27), date(2026, 6, 28)), date(2026, 6, 28))
