"""A theatre that could stay closed on a day, if all its cases moved to another."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.unit import HOUR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.explain.standing import Standing
    from salus.allocate.hospital.plan import Admission


def emptied(
    standing: Standing, theatre: str, day: int
) -> Iterator[tuple[int, tuple[Admission, ...]]]:
    """Move all cases of another theatre to one, where only one more hour allows it.

    Parameters
    ----------
    standing : Standing
        The plan, with one more hour of the theatre.
    theatre : str
        Where cases would move to.
    day : int
        On which day.

    Yields
    ------
    saving : int
        For each other theatre with cases: of opening, and of surgeons who change theatres.
    admissions : tuple of Admission
        Those that change.
    """
    weights, to = standing.problem.weights, standing.theatres[theatre]
    spare = standing.theatre_minutes[to, day] - standing.used[to, day]
    cases = standing.cases[:, :, day]
    for key, at in standing.theatres.items():
        hour_matters = spare - HOUR < standing.used[at, day] <= spare
        if at != to and cases[:, at].any() and hour_matters:
            opened = int(not cases[:, to].any())
            saved = int(((cases[:, at] > 0) & (cases[:, to] > 0)).sum())
            moved = tuple(
                replace(each, theatre=theatre)
                for each in standing.place.values()
                if each.day == day and each.theatre == key
            )
            yield weights.open_theatre * (1 - opened) + weights.transfer * saved, moved
