"""More, less or nothing left of what a facility has."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.base import known
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.practice.ledger import with_journeys
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem
    from salus.core.errors import Faults, Where

# Taking back all that is there may miss it by the rounding of a sum.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Add:
    """A facility has more units of a resource, such as staffed beds.

    Parameters
    ----------
    facility, resource : str
        Keys of whose and what.
    units : float
        How many more, above 0.
    gives : float, optional
        Resource-days that a unit gives in a period, above 0; the days of a period when not given.
        A bed that may be filled to 85 % gives 0.85 a day.
    since : date, optional
        The first period with the change; the first of all when not given.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> more = Add("H1", "icu_bed", 2, since=city.periods[1]).apply(city)
    >>> (more.capacity - city.capacity)[0, 1].round(9).tolist()
    [0.0, 2.0, 2.0]
    """

    facility: str
    resource: str
    units: float
    gives: float | None = None
    since: date | None = None

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return _since(
            say(
                "{units:,g} more of {resource} at {facility}",
                units=self.units,
                resource=names.resource(self.resource),
                facility=names.facility(self.facility),
            ),
            self.since,
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        _check(self, problem, faults, where)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Give the facility more."""
        return _moved(self, problem, self.units)


@dataclass(frozen=True, slots=True)
class Lose:
    """A facility has fewer units of a resource.

    Parameters
    ----------
    facility, resource : str
        Keys of whose and what.
    units : float
        How many fewer, above 0, and no more than there are in any of the periods.
    gives : float, optional
        Resource-days that a unit gives in a period, as in :class:`Add`.
    since : date, optional
        The first period with the change; the first of all when not given.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> (Lose("H1", "icu_bed", 2).apply(city).capacity - city.capacity)[0, 1].round(9).tolist()
    [-2.0, -2.0, -2.0]
    """

    facility: str
    resource: str
    units: float
    gives: float | None = None
    since: date | None = None

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return _since(
            say(
                "{units:,g} fewer of {resource} at {facility}",
                units=self.units,
                resource=names.resource(self.resource),
                facility=names.facility(self.facility),
            ),
            self.since,
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        before = len(faults)
        _check(self, problem, faults, where)
        if len(faults) > before:
            return
        j, r = _place(self, problem)
        held = problem.capacity[j, r, _first(self, problem) :].min() / _gives(self, problem)
        if self.units > held * (1 + ROUNDING) + ROUNDING:
            faults.add(
                say(
                    "{facility} has no more than {held:g} of {resource} to plan with in some "
                    "period",
                    facility=self.facility,
                    held=float(np.floor(100 * held + ROUNDING) / 100),
                    resource=self.resource,
                ),
                where,
                say(
                    "take no more than are left beside the reserve and what those who are in a "
                    "bed now take"
                ),
                self.units,
            )

    def apply(self, problem: CityProblem) -> CityProblem:
        """Leave the facility less."""
        return _moved(self, problem, -self.units)


@dataclass(frozen=True, slots=True)
class Close:
    """A facility takes nobody, and what it has cannot be used.

    Parameters
    ----------
    facility : str
        Key of the facility.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> shut = Close("H2").apply(small_city(7))
    >>> float(shut.capacity[1].sum()), bool((shut.arc_facility == 1).any())
    (0.0, False)
    """

    facility: str

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say("{facility} closed", facility=names.facility(self.facility))

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        known(problem, "facilities", (self.facility,), faults, where)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Close the facility."""
        j = problem.facilities.index(self.facility)
        capacity = problem.capacity.copy()
        capacity[j] = 0.0
        kept = np.flatnonzero(problem.arc_facility != j)
        return replace(with_journeys(problem, kept), capacity=capacity)


def _since(what: Message, day: date | None) -> Message:
    return what if day is None else say("{what} since {day}", what=what, day=day)


def _check(change: Add | Lose, problem: CityProblem, faults: Faults, where: Where) -> None:
    known(problem, "facilities", (change.facility,), faults, where)
    known(problem, "resources", (change.resource,), faults, where)
    for value in (change.units, 1.0 if change.gives is None else change.gives):
        if not (np.isfinite(value) and value > 0):
            faults.add(say("must be above 0"), where, say("name an amount above 0"), value)
    if change.since is not None and change.since not in problem.periods:
        first, last = problem.periods[0], problem.periods[-1]
        remedy = say("name a period from {first} to {last}", first=first, last=last)
        faults.add(say("no period begins on this day"), where, remedy, str(change.since))


def _place(change: Add | Lose, problem: CityProblem) -> tuple[int, int]:
    return problem.facilities.index(change.facility), problem.resources.index(change.resource)


def _first(change: Add | Lose, problem: CityProblem) -> int:
    return 0 if change.since is None else problem.periods.index(change.since)


def _gives(change: Add | Lose, problem: CityProblem) -> float:
    return problem.period_days if change.gives is None else change.gives


def _moved(change: Add | Lose, problem: CityProblem, units: float) -> CityProblem:
    j, r = _place(change, problem)
    capacity = problem.capacity.astype(np.float64)
    spot = capacity[j, r, _first(change, problem) :]
    spot[:] = np.maximum(spot + units * _gives(change, problem), 0.0)
    return replace(problem, capacity=capacity)
