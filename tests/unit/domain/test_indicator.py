"""A series is evenly spaced, and its gaps are gaps."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from salus.core.messages import say
from salus.domain.indicator import Direction, Indicator, Series

ADMISSIONS = Indicator("admissions", say("admissions"), say("a week"), Direction.NEUTRAL)
FIRST = date(2026, 1, 3)
WEEKS = tuple(FIRST + timedelta(weeks=week) for week in range(3))


def test_a_gap_is_known_to_be_one() -> None:
    """Not a number is nothing known, and zero is a value."""
    series = Series(ADMISSIONS, WEEKS, np.array([0.0, np.nan, 5.0]))
    assert series.known.tolist() == [True, False, True]


def test_lengths_must_agree() -> None:
    """Every date has one value."""
    with pytest.raises(ValueError, match=r"shape \(3,\), but has \(2,\)"):
        Series(ADMISSIONS, WEEKS, np.array([1.0, 2.0]))


@pytest.mark.parametrize("second", [FIRST, FIRST + timedelta(days=6), FIRST - timedelta(weeks=1)])
def test_dates_must_be_evenly_spaced(second: date) -> None:
    """A repeated, shifted or backward date is refused with the steps that were found."""
    with pytest.raises(ValueError, match="7 days apart"):
        Series(ADMISSIONS, (FIRST, second), np.array([1.0, 2.0]))


def test_an_empty_series_and_a_single_value_are_series() -> None:
    """A new indicator has a short history."""
    assert Series(ADMISSIONS, (), np.array([])).known.size == 0
    assert Series(ADMISSIONS, (FIRST,), np.array([1.0])).known.all()


@pytest.mark.parametrize(("period", "season"), [(0, 52), (367, 52), (7, 0)])
def test_an_indicator_that_cannot_exist_is_refused(period: int, season: int) -> None:
    """Period and season are counted in whole days and values."""
    with pytest.raises(ValueError, match="must be between 1 and 366"):
        Indicator("a", say("a"), say("b"), period_days=period, season=season)
