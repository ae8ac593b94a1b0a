"""A bound that is broken is named with its field and its value."""

from __future__ import annotations

import math

import pytest

from salus.core.checks import named, within


@pytest.mark.parametrize("value", [0, 1, 0.5])
def test_bounds_are_inclusive(value: float) -> None:
    """Both ends of a range belong to it."""
    within("share", value, 0, 1)


@pytest.mark.parametrize("value", [-0.001, 1.001, math.nan, math.inf])
def test_what_is_outside_is_refused(value: float) -> None:
    """What is too low, too high or no number at all is refused."""
    with pytest.raises(ValueError, match=f"share must be between 0 and 1, but is {value}"):
        within("share", value, 0, 1)


def test_an_open_range_names_its_one_bound() -> None:
    """A range without an upper end says at least, with its unit."""
    with pytest.raises(ValueError, match="staffed must be at least 0 beds, but is -3"):
        within("staffed", -3, 0, unit="beds")


@pytest.mark.parametrize("text", ["", " ", "\t\n"])
def test_an_empty_name_is_refused(text: str) -> None:
    """White space names nothing."""
    with pytest.raises(ValueError, match="facility_id must not be empty"):
        named("facility_id", text)


def test_a_name_in_any_script_passes() -> None:
    """A key may be written in Chinese."""
    named("facility_id", "仁济医院")
