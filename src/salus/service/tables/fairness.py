"""The tables of fairness: coverage by deprivation, and the front of need against fairness."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.service.fair_bounds import by_deprivation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def deprivation(day: Day) -> Iterator[Row]:
    """Lay out need and coverage of each group of districts by deprivation; each case is one."""
    groups = by_deprivation(day.region)
    if groups is None:
        return
    told = np.array([each.deprivation is not None for each in day.region.districts])
    people = np.array([each.population for each in day.region.districts])
    for key, answer in day.scenarios():
        need = groups.sums(answer.problem.need.sum(axis=(1, 2)))
        unmet = groups.sums(answer.proposed.measures.unmet.sum(axis=(1, 2)))
        for g in range(groups.count):
            mine = groups.of == g
            yield {
                "scenario": key,
                "group": g + 1 if told[mine].any() else None,
                "districts": int(mine.sum()),
                "people": float(people[mine].sum()),
                "need_cases": float(need[g]),
                "unmet_cases": float(unmet[g]),
                "coverage": float(1 - unmet[g] / need[g]) if need[g] > 0 else None,
            }


def front(day: Day) -> Iterator[Row]:
    """Lay out the plans that none beats in both need and fairness."""
    found = None if day.explained is None else day.explained.front
    points = () if found is None else found.front.points
    for number, point in enumerate(points, start=1):
        least = points[0].need
        yield {
            "plan": number,
            "need_minutes": point.need,
            "more_share": (point.need - least) / max(1.0, abs(least)),
            "worst_coverage": 1 - point.measure,
            "gap": point.gap,
        }
