"""Readings as they come, made fit to be watched."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa

from salus.core.messages import say
from salus.monitor.cleaning import SCHEMA, Cleaned, clean

FIRST = date(2025, 1, 5)


def cleaned(*rows: tuple[str, int, float | None], until: date = date.max) -> Cleaned:
    """Clean readings of place, day and value."""
    table = pa.Table.from_pylist(
        [
            {"indicator_id": "falls", "place_id": place, "value": value}
            | {"period_end": FIRST + timedelta(days=day)}
            for place, day, value in rows
        ],
        schema=SCHEMA,
    )
    return clean(table, say("falls"), until)


def test_rows_are_put_in_order() -> None:
    """By place and day, whatever the order they came in."""
    found = cleaned(("B", 0, 1.0), ("A", 7, 2.0), ("A", 0, 3.0))
    assert found.table["value"].to_pylist() == [3.0, 2.0, 1.0]
    assert (found.period_days, found.notes) == (7, ())


def test_the_same_row_twice_is_one() -> None:
    """A repeated row says nothing new, and is no fault."""
    found = cleaned(("A", 0, 1.0), ("A", 0, 1.0))
    assert found.table["value"].to_pylist() == [1.0]
    assert found.notes == ()


def test_a_later_contradiction_is_not_looked_at() -> None:
    """What was not known yet contradicts nothing."""
    rows = [("A", 7 * week, 1.0) for week in range(4)]
    found = cleaned(*rows, ("A", 21, 2.0), until=FIRST + timedelta(days=14))
    assert found.table["value"].to_pylist() == [1.0, 1.0, 1.0]
    assert found.notes == ()


def test_values_that_are_not_finite_are_gaps() -> None:
    """Infinity and not a number are no readings."""
    found = cleaned(("A", 0, float("inf")), ("A", 7, float("nan")), ("A", 14, 1.0))
    assert found.table["value"].to_pylist() == [None, None, 1.0]


def test_daily_readings_keep_their_rhythm() -> None:
    """The commonest step is the period."""
    assert cleaned(*(("A", day, 1.0) for day in (0, 1, 2, 5, 6))).period_days == 1


def test_no_reading_is_clean() -> None:
    """Nothing comes out of nothing."""
    assert cleaned().table.num_rows == 0
