"""Dates and times of FHIR become moments in UTC by one rule."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from salus.data.fhir.moments import day, last_moment, moment
from salus.data.fhir.reason import FaultyError, Reason


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2011", "2011-01-01T00:00:00", "2011-12-31T23:59:59.999999"),
        ("2011-02", "2011-02-01T00:00:00", "2011-02-28T23:59:59.999999"),
        ("2012-02", "2012-02-01T00:00:00", "2012-02-29T23:59:59.999999"),
        ("2011-12-31", "2011-12-31T00:00:00", "2011-12-31T23:59:59.999999"),
        ("2011-10-14T23:37:54-05:00", "2011-10-15T04:37:54", "2011-10-15T04:37:54"),
        (
            "2011-10-14T23:37:54.1234567Z",
            "2011-10-14T23:37:54.123456",
            "2011-10-14T23:37:54.123456",
        ),
    ],
)
def test_a_moment_of_any_precision(text: str, first: str, last: str) -> None:
    """What is said begins with its first moment and ends with its last."""
    assert moment(text, "x") == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert last_moment(text, "x") == datetime.fromisoformat(last).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "20111014",
        "2011-W02",
        "2011-13",
        "2011-02-30",
        "0000",
        "2011-10-14T23:37:54",
        "2011-10-14 23:37:54Z",
        "2011-10-14T25:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "２０１１",
        "2011\n",
    ],
)
def test_what_is_no_moment_is_faulty(text: str) -> None:
    """Neither a guess nor an error of another kind comes out."""
    with pytest.raises(FaultyError) as caught:
        moment(text, "x")
    assert caught.value.reason is Reason.BAD_MOMENT


@pytest.mark.parametrize("found", [2011, ["2011"], {"start": "2011"}, True])
def test_another_type_is_faulty(found: object) -> None:
    """A number is no date."""
    with pytest.raises(FaultyError) as caught:
        moment(found, "x")
    assert caught.value.reason is Reason.WRONG_TYPE


def test_the_end_of_the_calendar_is_faulty() -> None:
    """The last year has no end that can be told."""
    for text in ("9999", "9999-12", "9999-12-31"):
        with pytest.raises(FaultyError):
            last_moment(text, "x")


def test_a_day_is_local_and_never_made_up() -> None:
    """A birth is on the day that was said, and on none where only the month was."""
    assert day("1950-03-07", "x") == date(1950, 3, 7)
    assert day("1989-05-09T23:35:22-04:00", "x") == date(1989, 5, 9)
    assert day("1950-03", "x") is None
