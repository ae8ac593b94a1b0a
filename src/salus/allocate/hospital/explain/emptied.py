"""A theatre that could stay closed on a day, if all its cases moved to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.unit import MOST_HOURS, Kind, Unit, hours, possible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.explain.standing import Standing
    from salus.allocate.hospital.plan import Admission


def emptied(standing: Standing) -> Iterator[tuple[Unit, int, tuple[Admission, ...]]]:
    """Move all cases of a theatre on a day to another, where only some hours more allow it.

    Parameters
    ----------
    standing : Standing
        The plan.

    Yields
    ------
    unit : Unit
        The hours that are needed.
    saving : int
        Of opening the theatre, and of surgeons who change theatres.
    admissions : tuple of Admission
        Those that change.
    """
    spare = standing.theatre_minutes - standing.used
    for to, theatre in enumerate(standing.problem.theatres):
        for at, other in enumerate(standing.problem.theatres):
            for day in range(standing.problem.days):
                lacking = hours(standing.used[at, day] - spare[to, day])
                is_open = theatre.minutes[day] and standing.cases[:, to, day].any()
                if at != to and is_open and 0 < lacking <= MOST_HOURS:
                    unit = Unit(Kind.THEATRE_HOUR, theatre.id, day, count=lacking)
                    moved = tuple(
                        replace(each, theatre=theatre.id)
                        for each in standing.place.values()
                        if each.day == day and each.theatre == other.id
                    )
                    if moved and possible(standing.problem, unit):
                        yield unit, _saving(standing, at, to, day), moved


def _saving(standing: Standing, at: int, to: int, day: int) -> int:
    weights, cases = standing.problem.weights, standing.cases[:, :, day]
    together = int(((cases[:, at] > 0) & (cases[:, to] > 0)).sum())
    return weights.open_theatre + weights.transfer * together
