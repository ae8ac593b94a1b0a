"""The tables that say what advice is made of: the features, and the plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.treat.catalogue import feature_table
from salus.treat.plans.table import plan_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def features(day: Day) -> Iterator[Row]:
    """Lay out what was known of each patient who was learned from or advised."""
    if day.care is not None and day.care.advised.spec is not None:
        yield from feature_table(day.care.advised.spec).to_pylist()


def treatments(day: Day) -> Iterator[Row]:
    """Lay out the treatments of each plan that advice was made by."""
    known = () if day.care is None else day.care.advised.treatments
    yield from plan_table([each.plan for each in known]).to_pylist()
