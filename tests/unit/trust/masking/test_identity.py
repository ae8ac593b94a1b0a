"""Numbers that a state or a hospital gave."""

from __future__ import annotations

import pytest

from salus.trust.masking.identity import find_identity, find_records, resident_check_digit


def test_the_published_example_checks() -> None:
    """The number of the standard's own example ends as it should."""
    assert resident_check_digit("11010519491231002") == "X"
    assert resident_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        "110105194912310021",
        "110105 19491231 002X",
        "身份证号:11010519491231",
        "078-05-1120",
        "078 05 1120",
        "SSN 078051120",
        "passport no. E12345678",
    ],
)
def test_identity_numbers_are_found(text: str) -> None:
    """With and without cue, whole or in parts, with a slip in the last digit too."""
    (span,) = {(span.start, span.end) for span in find_identity(text)}
    assert text[slice(*span)][-1] == text[-1]


@pytest.mark.parametrize(
    "text",
    ["123456789012345678", "110105 19491231 0021", "1450 mL 138-22", "2026-03-01", "A078-05-1120"],
)
def test_other_numbers_are_left(text: str) -> None:
    """A run of digits is no identity number unless province and date, or last digit, fit."""
    assert list(find_identity(text)) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("MRN: 00482913", "00482913"),
        ("Medical record no. A12-34567, seen", "A12-34567"),
        ("住院号:ZY20260301。", "ZY20260301"),
        ("patient id #4711", "4711"),
        ("医保卡号 3301 0600 1234", "3301 0600 1234"),
    ],
)
def test_record_numbers_are_found_by_their_words(text: str, number: str) -> None:
    """What stands behind the word is the number, without what follows."""
    assert [text[span.start : span.end] for span in find_records(text)] == [number]


def test_a_word_alone_is_no_number() -> None:
    """What has no digits is left."""
    assert list(find_records("Chart number unknown, MRN pending, 住院号不详")) == []
