"""Records of a hospital in which nothing is known but its indicators."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from salus.core.rng import stream
from salus.data.synthetic.operations import QUEUE
from salus.domain.records.catalogue import TABLES
from salus.service.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKS, LAST, AT_RISK = 156, date(2026, 6, 28), 400
ENDS = [LAST - timedelta(weeks=back) for back in reversed(range(WEEKS))]


def shares(
    key: str = "falls", place: str = "H001", *, usual: float = 0.1, weeks: int = WEEKS
) -> list[dict[str, Any]]:
    """Make weekly readings of a share of 400 cases that varies by chance only."""
    counts = stream(5, f"{key}{place}").binomial(AT_RISK, usual, weeks)
    return [
        reading(key, place, day, float(count))
        for day, count in zip(ENDS[-weeks:], counts, strict=True)
    ]


def reading(key: str, place: str, day: date, count: float | None) -> dict[str, Any]:
    """Make one reading in per cent; without a count it is a gap."""
    return {
        "indicator_id": key,
        "place_id": place,
        "period_end": day,
        "value": None if count is None else 100 * count / AT_RISK,
        "numerator": count,
        "denominator": float(AT_RISK),
        "source": "made up",
    }


def raised(rows: list[dict[str, Any]], since: int, until: int, by: float) -> list[dict[str, Any]]:
    """Add cases to the weeks from one place to before another."""
    return [
        reading(row["indicator_id"], row["place_id"], row["period_end"], row["numerator"] + by)
        if since <= week < until
        else row
        for week, row in enumerate(rows)
    ]


def kept(rows: Iterable[dict[str, Any]], **tables: pa.Table) -> Records:
    """Put readings into otherwise empty records."""
    empty = {name: table.schema().empty_table() for name, table in TABLES.items()}
    readings = pa.Table.from_pylist(list(rows), schema=TABLES["indicator_reading"].schema())
    queue = QUEUE.schema().empty_table()
    return Records("made up", LAST, {**empty, "indicator_reading": readings, **tables}, queue)
