"""Histories: evenly spaced, with gaps where nothing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.data.region.reader import read_region
from salus.data.region.repairs import Rule
from salus.domain.indicator import Direction

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Write = Callable[..., Path]

HEADER = "indicator_id,name,unit,direction,period_end,value\n"


def test_weeks_are_sorted_and_missing_ones_are_gaps(write: Write) -> None:
    """A week without a row and a week without a value are both not a number."""
    text = "week_ending,influenza_admissions,rsv\n2026-06-27,9,1\n2026-06-06,5,2\n2026-06-20,,3\n"
    influenza, rsv = read_region(write(weekly_admissions=text)).series
    assert influenza.indicator.id == "influenza_admissions"
    assert str(influenza.indicator.name) == "influenza admissions"
    assert influenza.indicator.season == 52
    assert influenza.dates[0] == date(2026, 6, 6)
    np.testing.assert_array_equal(influenza.values, [5, np.nan, np.nan, 9])
    np.testing.assert_array_equal(rsv.values, [2, np.nan, 3, 1])


def test_a_date_between_the_weeks_is_left_out(write: Write) -> None:
    """A Wednesday among Saturdays is listed and left out."""
    text = "week_ending,flu\n2026-06-13,1\n2026-06-17,7\n2026-06-20,2\n2026-06-27,3\n"
    region = read_region(write(weekly_admissions=text))
    assert region.series[0].values.tolist() == [1, 2, 3]
    (repair,) = region.repairs
    assert (repair.rule, repair.where.row, repair.left_out) == (Rule.OFF_GRID, 3, True)


def test_indicators_bring_their_own_words(write: Write) -> None:
    """Name, unit, direction and period are as the file says."""
    text = HEADER + "wait,Waiting,hours,down,2026-06-02,4\nwait,Waiting,hours,down,2026-06-01,5\n"
    (series,) = read_region(write(indicators=text)).series
    assert str(series.indicator.name) == "Waiting"
    assert str(series.indicator.unit) == "hours"
    assert series.indicator.direction is Direction.DOWN
    assert (series.indicator.period_days, series.indicator.season) == (1, 7)
    assert series.values.tolist() == [5, 4]


@pytest.mark.parametrize(
    "days", [("2026-01-31", "2026-02-28", "2026-03-31"), ("2022-01-01", "2026-01-01")]
)
def test_an_uneven_indicator_is_left_out(write: Write, days: tuple[str, ...]) -> None:
    """Months differ in length, and four years are no period: both are listed and left out."""
    text = HEADER + "".join(f"wait,Waiting,hours,,{day},4\n" for day in days)
    region = read_region(write(indicators=text))
    assert region.series == ()
    (repair,) = region.repairs
    assert (repair.rule, repair.where.row) == (Rule.UNEVEN, 2)


def test_a_single_value_is_a_week(write: Write) -> None:
    """One date tells no period, so it is taken for a week."""
    (series,) = read_region(write(indicators=HEADER + "w,W,h,,2026-06-01,4\n")).series
    assert series.indicator.period_days == 7
    assert series.indicator.direction is Direction.NEUTRAL
