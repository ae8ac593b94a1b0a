"""The tables of what the answer rests on: sources and repairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def sources(day: Day) -> Iterator[Row]:
    """Lay out what was read, and how old it is."""
    for source in day.sources:
        yield {
            "file": source.file,
            "rows": source.rows,
            "as_of": None if source.as_of is None else source.as_of.isoformat(),
            "age_days": source.days,
        }


def repairs(day: Day) -> Iterator[Row]:
    """Lay out what was mended or left out, row by row."""
    for repair in day.region.repairs:
        yield {
            "rule": repair.rule.value,
            "file": str(repair.where.source),
            "row": repair.where.row,
            "column": repair.where.column,
            "what": str(repair.what),
            "left_out": repair.left_out,
        }
