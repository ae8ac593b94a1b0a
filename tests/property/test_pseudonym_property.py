"""Pseudonyms and moved dates, whoever the people are."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from salus.trust.pseudonym.key import Key
from salus.trust.pseudonym.pseudonym import pseudonym
from salus.trust.pseudonym.shift import DateShift

keys = st.binary(min_size=32, max_size=64)
words = st.text(min_size=1, max_size=12).filter(str.strip)
days = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@given(keys, st.sets(st.tuples(words, words), max_size=60))
def test_no_two_share_a_pseudonym(secret: bytes, people: set[tuple[str, str]]) -> None:
    """Other purposes or identifiers give other pseudonyms, all of one length and alphabet."""
    made = {pseudonym(Key(secret), purpose, person) for purpose, person in people}
    assert len(made) == len(people)
    assert all(
        len(each) == 24 and set(each) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") for each in made
    )


@given(keys, words, words)
def test_a_pseudonym_is_the_same_each_time(secret: bytes, purpose: str, person: str) -> None:
    """Key, purpose and identifier decide alone."""
    assert pseudonym(Key(secret), purpose, person) == pseudonym(Key(secret), purpose, person)


@given(keys, words, st.lists(days, min_size=2, max_size=9), st.integers(7, 36_525), st.booleans())
def test_what_lies_between_dates_stays(
    secret: bytes,
    person: str,
    dates: list[date],
    most: int,
    weekdays: bool,  # noqa: FBT001 - drawn
) -> None:
    """Intervals, order and, if asked, weekdays are those of before; no date is."""
    shift = DateShift(Key(secret), "study", most, weekdays)
    moved = [shift.moved(person, each) for each in dates]
    for (a, b), (c, d) in zip(pairwise(dates), pairwise(moved), strict=True):
        assert b - a == d - c
    assert all(0 < abs((new - old).days) <= most for old, new in zip(dates, moved, strict=True))
    if weekdays:
        assert [each.weekday() for each in moved] == [each.weekday() for each in dates]


def test_a_register_shows_no_collision() -> None:
    """A hundred thousand running numbers have as many pseudonyms."""
    key = Key(bytes(range(32)))
    made = {pseudonym(key, "study", str(number)) for number in range(100_000)}
    assert len(made) == 100_000
