"""The figures about the weeks of the busiest hospital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.service.figure import PEOPLE, PERCENT, UNITS, Figure, figure
from salus.service.weeks.measures import whole_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.weeks.plan_weeks import PlannedWeeks

DAYS = say("days")


def hospital_figures(weeks: PlannedWeeks) -> Iterator[Figure]:
    """Collect the figures of a plan of a hospital.

    Parameters
    ----------
    weeks : PlannedWeeks
        The plan.

    Yields
    ------
    Figure
        Under ``hospital``; those of each component of the cost under its name.
    """
    found, check = whole_of(weeks), weeks.verification
    yield figure("hospital.patients", say("waiting for an operation"), found.patients, PEOPLE)
    yield figure("hospital.admitted", say("admitted"), found.admitted, PEOPLE)
    yield figure("hospital.mandatory", say("must be admitted"), found.mandatory, PEOPLE)
    yield figure("hospital.postponed", say("postponed"), found.postponed, PEOPLE)
    yield figure("hospital.delay_mean", say("mean delay"), found.delay, DAYS, 1)
    use = 100 * found.theatre_use
    yield figure("hospital.theatre_use", say("use of the theatres"), use, PERCENT, 1)
    yield figure("hospital.bed_use", say("use of the beds"), 100 * found.bed_use, PERCENT, 1)
    broken = check.total_violations
    yield figure("hospital.violations", say("broken rules"), broken, UNITS)
    cost = float("nan") if check.total_cost is None else check.total_cost
    yield figure("hospital.cost", say("cost"), cost, UNITS)
    for each, amount in check.amounts.items():
        key = f"hospital.{snake(each.value)}"
        yield figure(f"{key}.amount", say("amount"), amount, UNITS)
        yield figure(f"{key}.cost", say("cost"), check.costs[each], UNITS)


def snake(name: str) -> str:
    """Write a name of the competition as a part of a key.

    Examples
    --------
    >>> snake("RoomAgeMix")
    'room_age_mix'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
