"""What a history holds."""

from __future__ import annotations

import numpy as np
import pytest

from salus.core.errors import InputError
from salus.monitor.history import fill_gaps, record_week, short_history, trim_gaps
from tests.fakes.histories import FIRST, weekly

NAN = float("nan")


def test_a_gap_is_filled_from_what_was_known() -> None:
    """Inner gaps lie on the line, the last gap repeats the last value, the first is dropped."""
    assert fill_gaps(np.array([NAN, 2, NAN, NAN, 5, NAN])).tolist() == [2, 3, 4, 5, 5]


def test_nothing_known_cannot_be_filled() -> None:
    """A history of gaps has no value to take."""
    with pytest.raises(ValueError, match="all 2 are gaps"):
        fill_gaps(np.array([NAN, NAN]))


def test_trimming_keeps_dates_with_values() -> None:
    """The first date kept is that of the first known value."""
    trimmed = trim_gaps(weekly([NAN, 1, NAN, 3, NAN]))
    assert (trimmed.dates[0] - FIRST).days == 7
    assert np.array_equal(trimmed.values, [1, NAN, 3], equal_nan=True)


def test_the_record_is_the_earliest_of_equals() -> None:
    """A record that was reached twice dates from the first time."""
    day, value = record_week(weekly([3, 8, NAN, 8]))
    assert ((day - FIRST).days, value) == (7, 8)


def test_without_values_there_is_no_record() -> None:
    """The error names the indicator and what to do."""
    with pytest.raises(InputError, match="influenza: no value is known"):
        record_week(weekly([NAN, NAN]))


def test_a_short_history_is_a_fault_with_its_count() -> None:
    """Three values are too few, four are enough."""
    fault = short_history(weekly([1, NAN, 2, 3]))
    assert fault is not None
    assert fault.value == 3
    assert short_history(weekly([1, 2, 3, 4])) is None
