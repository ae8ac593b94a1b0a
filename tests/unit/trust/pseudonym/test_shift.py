"""Dates moved by one distance for each person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from salus.trust.pseudonym.key import Key
from salus.trust.pseudonym.shift import DateShift

KEY = Key(bytes(range(32)))
PEOPLE = [f"p{number}" for number in range(3000)]


@pytest.mark.parametrize(("weekdays", "distances"), [(False, 28), (True, 4)])
def test_every_distance_comes_up_and_none_is_nothing(weekdays: bool, distances: int) -> None:  # noqa: FBT001 - a case of the table
    """All distances within the bounds are drawn, forward and back, and nobody stays in place."""
    shift = DateShift(KEY, "study", 14, weekdays)
    found = {shift.offset(person).days for person in PEOPLE}
    assert len(found) == distances
    assert 0 not in found
    assert (min(found), max(found)) == (-14, 14)


def test_distances_are_equally_likely() -> None:
    """Chi-squared of 28 distances over 3,000 people stays below its 99.9 % quantile of 55.5."""
    shift = DateShift(KEY, "study", 14)
    drawn = [shift.offset(person).days for person in PEOPLE]
    expected = len(PEOPLE) / 28
    assert sum((drawn.count(day) - expected) ** 2 / expected for day in set(drawn)) < 55.5


def test_a_moment_keeps_its_time_and_zone() -> None:
    """Only the day moves."""
    when = datetime(2026, 3, 2, 23, 59, 1, tzinfo=UTC)
    moved = DateShift(KEY, "study").moved("7", when)
    assert (moved.timetz(), moved - when) == (when.timetz(), DateShift(KEY, "study").offset("7"))


def test_a_date_at_the_end_of_the_calendar_is_refused_without_being_told() -> None:
    """The error tells neither the date nor how far it would move."""
    shift = DateShift(KEY, "study")
    person = next(each for each in PEOPLE if shift.offset(each) > timedelta(0))
    with pytest.raises(ValueError, match="years 1 to 9999") as caught:
        shift.moved(person, date.max)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("days", [0, 6, 36_526])
def test_a_shift_of_no_use_is_refused(days: int) -> None:
    """Less than a week protects nobody, more than a century leaves the calendar."""
    with pytest.raises(ValueError, match="most_days must be between"):
        DateShift(KEY, "study", days)


def test_the_key_is_not_shown() -> None:
    """A shift prints its purpose and bounds alone."""
    assert "Key(secret not shown)" in repr(DateShift(KEY, "study"))
