"""The tables about people: the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def queue(day: Day) -> Iterator[Row]:
    """Lay out who goes where now, and who waits; by request, never by person."""
    if day.care is None:
        return
    queued = day.care.queued
    answer, problem = queued.proposed.dispatch, queued.problem
    for row, p in zip(queued.rows.to_pylist(), range(len(problem.patients)), strict=True):
        j = int(answer.place[p])
        facility = day.region.facilities[j] if j >= 0 else None
        yield {
            "place_in_queue": int(answer.rank[p]) + 1,
            "request": problem.patients[p],
            "synthetic": queued.synthetic,
            "service": row["service_id"],
            "district_id": row["district_id"],
            "severity": float(problem.severity[p]),
            "waited_minutes": float(problem.waited[p]),
            "points": float(answer.points[p]),
            "facility_id": None if facility is None else facility.id,
            "facility": None if facility is None else facility.name,
            "travel_minutes": None if facility is None else float(answer.minutes[p]),
            "reason": str(queued.reasons[p].sentence),
        }
