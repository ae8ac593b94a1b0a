"""Which day is today for a plan, and how old its sources are by then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from salus.core.errors import InputError
from salus.data.region.reader import read_region
from salus.data.region.region import Region, Source
from salus.data.region.sample import sample_region
from salus.service.as_of import ages, as_of_day, later_sources
from tests.fakes.folders import small_region

FIRST, LAST, TODAY = date(2022, 1, 1), date(2026, 6, 27), date(2030, 1, 1)


@pytest.fixture(scope="module")
def region() -> Region:
    """Give the sample, whose one dated file is its history."""
    return read_region(sample_region())


def test_the_latest_date_is_taken(region: Region) -> None:
    """Without a wish the plan begins after the last thing known."""
    assert as_of_day(region, None, 7, TODAY) == LAST


@pytest.mark.parametrize("asked", [FIRST, date(2024, 5, 5), LAST, date(2027, 1, 1)])
def test_any_day_from_the_first_date_on_may_be_asked_for(region: Region, asked: date) -> None:
    """A day within the history is a day as good as its last."""
    assert as_of_day(region, asked, 7, TODAY) == asked


def test_a_day_before_everything_is_refused(region: Region) -> None:
    """The fault names the first day that can be asked for."""
    with pytest.raises(InputError, match="2022-01-01"):
        as_of_day(region, date(2021, 12, 31), 7, TODAY)


def test_the_end_of_the_calendar_is_refused(region: Region) -> None:
    """The last day of the calendar leaves no day to plan."""
    with pytest.raises(InputError, match="calendar"):
        as_of_day(region, date.max, 7, TODAY)


def test_an_undated_region_is_planned_from_today(tmp_path: Path) -> None:
    """Where nothing is dated, the clock decides, or the person, on any day."""
    undated = read_region(small_region(tmp_path / "village"))
    assert as_of_day(undated, None, 7, TODAY) == TODAY
    assert as_of_day(undated, date(1999, 1, 1), 7, TODAY) == date(1999, 1, 1)


def test_age_counts_from_the_last_date_that_was_known(region: Region) -> None:
    """A week after the as-of date does not make a source younger than it is."""
    found = {age.file: (age.as_of, age.days) for age in ages(region.sources, date(2026, 6, 3))}
    assert found["weekly_admissions.csv"] == (date(2026, 5, 30), 4)
    assert found["facilities.csv"] == (None, None)


def test_a_source_knows_what_was_known_when() -> None:
    """Before its first date a source knew nothing; undated, it never tells."""
    dated = Source("f.csv", "00", 2, (FIRST, LAST), Path("f.csv"))
    assert dated.known(date(2021, 1, 1)) is None
    assert dated.known(LAST) == LAST
    assert Source("g.csv", "00", 2, (), Path("g.csv")).as_of is None


def test_a_source_from_later_is_named(region: Region) -> None:
    """What was written after the as-of date and used nevertheless is an assumption."""
    assert later_sources(region, FIRST) == ()
    (said,) = later_sources(region, date(2021, 1, 1))
    assert "weekly_admissions.csv" in str(said)
