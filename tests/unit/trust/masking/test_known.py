"""What is known of a person, found however it is written."""

from __future__ import annotations

from datetime import date

import pytest

from salus.trust.masking.known import Known
from salus.trust.masking.mask import mask


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("jane underwood slept", "[NAME] slept"),
        ("UNDERWOOD, JANE", "[NAME], [NAME]"),
        ("told Jane that", "told [NAME] that"),
        ("Underwood's chart", "[NAME]'s chart"),
        ("Janet stayed", "Janet stayed"),
        ("chart 7001-002-003", "chart [RECORD NUMBER]"),
        ("on 7 March 1950 or 1950年3月7日", "on [DATE OF BIRTH] or [DATE OF BIRTH]"),
        ("at 12  Harbour Lane", "at [ADDRESS]"),
        ("dial 555 0100 200", "dial [PHONE]"),
        ("小明好转", "[NAME]好转"),
    ],
)
def test_the_known_is_found(text: str, left: str) -> None:
    """In any case, order, spacing or form of date; never within another word."""
    known = Known(
        names=("Jane Underwood", "王小明"),
        numbers=("7001002003",),
        phones=("5550100200",),
        addresses=("12 Harbour Lane",),
        births=(date(1950, 3, 7),),
    )
    assert mask(text, known).text == left


def test_a_given_name_that_is_a_month_is_not_taken_for_one() -> None:
    """Of May Lee, May alone stays; the whole name and the family name go."""
    assert mask("in May Lee came, May Lee left", Known(names=("May Lee",))).text == (
        "in [NAME] came, [NAME] left"
    )


def test_nothing_known_finds_nothing() -> None:
    """An empty name or address matches nowhere."""
    assert mask("all is well", Known(names=("", " "), addresses=("",))).spans == ()


def test_what_is_known_is_not_shown() -> None:
    """Neither print nor error tells a value."""
    assert "Jane" not in repr(Known(names=("Jane",)))
    with pytest.raises(ValueError, match="at least 4 signs") as caught:
        Known(numbers=("77-1",))
    assert "77" not in str(caught.value)
