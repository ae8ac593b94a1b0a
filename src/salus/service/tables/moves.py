"""The table of what a plan opens and lends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.loans import Lent
from salus.allocate.city.features.surge import Opened, Surge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.problem import CityProblem
    from salus.service.day import Day
    from salus.service.tables.schemas import Row

FEWEST_UNITS = 1e-6
"""Fewer units than this are rounding noise of a solver."""


def moves(day: Day) -> Iterator[Row]:
    """Lay out what each proposed plan opens, and what it lends from when to when."""
    for key, answer in day.scenarios():
        for row in moved(day, answer.problem, answer.proposed.plan.decisions):
            yield {"scenario": key, **row}


def moved(day: Day, problem: CityProblem, decisions: tuple[object, ...]) -> Iterator[Row]:
    """Lay out what decisions open, and what they lend from when to when.

    Parameters
    ----------
    day : Day
        With the names of the facilities.
    problem : CityProblem
        That was planned.
    decisions : tuple
        Of its features.

    Yields
    ------
    Row
        A unit that moves, without the plan that moves it.
    """
    names = {facility.id: facility.name for facility in day.region.facilities}
    for found in decisions:
        rows = _opened(problem, found) if isinstance(found, Opened) else ()
        for row in _lent(problem, found) if isinstance(found, Lent) else rows:
            to = row["to_facility_id"]
            yield {
                **row,
                "facility": names[str(row["facility_id"])],
                "to_facility": None if to is None else names[str(to)],
            }


def _opened(problem: CityProblem, found: Opened) -> Iterator[Row]:
    surge = next((each for each in problem.features if isinstance(each, Surge)), None)
    if surge is None:
        return
    for k in np.flatnonzero(found.units > FEWEST_UNITS):
        yield {
            "move": "opened",
            "facility_id": problem.facilities[surge.facility[k]],
            "to_facility_id": None,
            "resource": problem.resources[surge.resource[k]],
            "units": float(found.units[k]),
            "first_day": problem.periods[0].isoformat(),
            "last_day": problem.periods[-1].isoformat(),
        }


def _lent(problem: CityProblem, found: Lent) -> Iterator[Row]:
    lending = next((each for each in problem.features if isinstance(each, Lending)), None)
    if lending is None:
        return
    for k in np.flatnonzero((found.on_loan > FEWEST_UNITS).any(axis=1)):
        away = np.flatnonzero(found.on_loan[k] > FEWEST_UNITS)
        yield {
            "move": "lent",
            "facility_id": problem.facilities[lending.lender[k]],
            "to_facility_id": problem.facilities[lending.host[k]],
            "resource": problem.resources[lending.resource[k]],
            "units": float(found.on_loan[k].max()),
            "first_day": problem.periods[away[0]].isoformat(),
            "last_day": problem.periods[away[-1]].isoformat(),
        }
