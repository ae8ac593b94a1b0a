"""Which readings are shares of cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest

from salus.core.messages import say
from salus.domain.indicator import Indicator
from salus.monitor.readings import read_counted, read_series
from tests.fakes.hospital import ENDS, reading

if TYPE_CHECKING:
    from salus.monitor.readings import Counted

FALLS = Indicator("falls", say("falls"), say("%"))


def counted(**changed: Any) -> Counted | None:
    """Read the counts behind three readings and a gap, each changed alike."""
    counts = (40.0, 36.0, None, 44.0)
    rows = [
        reading("falls", "A", day, count) | (changed if count is not None else {})
        for day, count in zip(ENDS, counts, strict=False)
    ]
    table = pa.Table.from_pylist(rows)
    series = read_series(table, FALLS, "A")
    assert series is not None
    return read_counted(table, series, "A")


def test_per_cent_of_cases_are_shares() -> None:
    """Whole numbers whose quotient is the value, a hundred times."""
    found = counted()
    assert found is not None
    assert found.per == pytest.approx(100)
    assert found.shares == pytest.approx([0.1, 0.09, np.nan, 0.11], nan_ok=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"denominator": None},
        {"numerator": None},
        {"denominator": 30.0},
        {"denominator": 400.5},
        {"numerator": 0.0},
        {"value": 10.5},
    ],
    ids=str,
)
def test_other_readings_are_not(changed: dict[str, float | None]) -> None:
    """Missing counts, more above than below the line, parts of cases, or another value."""
    assert counted(**changed) is None


def test_a_table_without_counts_has_none() -> None:
    """Only the value is needed to watch."""
    table = pa.Table.from_pylist([reading("falls", "A", ENDS[0], 4.0)])
    series = read_series(table, FALLS, "A")
    assert series is not None
    assert read_counted(table.drop_columns(["numerator"]), series, "A") is None
