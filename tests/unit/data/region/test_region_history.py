"""Histories: evenly spaced, with gaps where nothing is known."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.core.errors import InputError
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


@pytest.mark.parametrize(
    ("days", "row", "periods"),
    [
        pytest.param(("2026-06-20", "2026-06-27", "2206-07-04"), 4, 9392, id="a year mistyped"),
        pytest.param(("2206-07-04", "2026-06-20", "2026-06-27"), 2, 9392, id="first in the file"),
        pytest.param(("1026-06-13", "2026-06-20", "2026-06-27"), 3, 52178, id="long ago"),
        pytest.param(("2020-01-04", "2022-01-08", "2022-01-15"), 3, 105, id="just too far"),
    ],
)
def test_a_date_far_from_the_others_is_a_fault(
    write: Write, days: tuple[str, ...], row: int, periods: int
) -> None:
    """In either file, at the later date, whatever day it is today."""
    weeks = "week_ending,flu\n" + "".join(f"{day},4\n" for day in days)
    values = HEADER + "".join(f"wait,Waiting,hours,,{day},4\n" for day in days)
    with pytest.raises(InputError) as caught:
        read_region(write(weekly_admissions=weeks, indicators=values))
    assert [(fault.where.source, fault.where.row) for fault in caught.value.faults] == [
        ("indicators.csv", row),
        ("weekly_admissions.csv", row),
    ]
    for fault in caught.value.faults:
        assert f"the date lies {periods:,} periods after the one before it" in str(fault.what)


def test_two_years_without_a_row_are_no_fault(write: Write) -> None:
    """A step of 104 weeks is a long gap, and a daily series counts in days."""
    weeks = "week_ending,flu\n2020-01-04,4\n2022-01-01,4\n2022-01-08,4\n"
    region = read_region(write(weekly_admissions=weeks))
    assert len(region.series[0].dates) == 106
    (repair,) = region.repairs
    assert str(repair.what).endswith("between 2020-01-04 and 2022-01-01: 103; they stay gaps")


def test_periods_without_a_row_are_listed_by_run(write: Write) -> None:
    """Each run once, at the row after it, with its dates and its length; not by column."""
    weeks = "week_ending,flu,rsv\n2026-06-27,1,1\n2026-01-03,1,1\n2026-01-10,1,1\n2026-01-24,,1\n"
    values = HEADER + "w,W,h,,2026-06-01,4\nw,W,h,,2026-06-05,4\nw,W,h,,2026-06-02,4\n"
    region = read_region(write(weekly_admissions=weeks, indicators=values))
    assert {repair.rule for repair in region.repairs} == {Rule.NO_ROW}
    assert [(str(repair.where), str(repair.what)) for repair in region.repairs] == [
        (
            "indicators.csv, row 3, column period_end",
            "periods without a row between 2026-06-02 and 2026-06-05: 2; they stay gaps",
        ),
        (
            "weekly_admissions.csv, row 2, column week_ending",
            "periods without a row between 2026-01-24 and 2026-06-27: 21; they stay gaps",
        ),
        (
            "weekly_admissions.csv, row 5, column week_ending",
            "periods without a row between 2026-01-10 and 2026-01-24: 1; they stay gaps",
        ),
    ]
