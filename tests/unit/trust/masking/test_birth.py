"""Dates of birth."""

from __future__ import annotations

from datetime import date

import pytest

from salus.trust.masking.birth import find_births, written_births


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("DOB: 3/7/1950", "3/7/1950"),
        ("born on March 7th, 1950 in", "March 7th, 1950"),
        ("Date of Birth - 7-Mar-1950", "7-Mar-1950"),
        ("出生日期:1950-03-07", "1950-03-07"),
        ("1950年3月7日出生", "1950年3月7日"),
        ("1950年3月生,已婚", "1950年3月"),
        ("born in 1950", "1950"),
    ],
)
def test_what_is_said_to_be_a_birth_is_found(text: str, born: str) -> None:
    """In numbers and in words, before and behind the cue."""
    assert [text[span.start : span.end] for span in find_births(text)] == [born]


@pytest.mark.parametrize(
    "text", ["seen on 03/07/2026", "2026年3月7日生化检查", "stillborn at 38 weeks"]
)
def test_other_dates_are_left(text: str) -> None:
    """When something was done is needed, and no birth."""
    assert list(find_births(text)) == []


def test_the_longest_form_comes_first() -> None:
    """So that no rest of a date is left."""
    lengths = [len(form) for form in written_births(date(1950, 12, 17))]
    assert lengths == sorted(lengths, reverse=True)
