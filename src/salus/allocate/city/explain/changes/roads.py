"""Journeys that cannot be made, take longer, or become possible."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.base import known, places
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.practice.ledger import with_journeys
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Whole
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem
    from salus.core.errors import Faults, Where


@dataclass(frozen=True, slots=True)
class CloseRoad:
    """Nobody travels from a district to a facility.

    Parameters
    ----------
    district, facility : str
        Keys of both ends.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> city.arc_minutes.size - CloseRoad("D1", "H1").apply(city).arc_minutes.size
    2
    """

    district: str
    facility: str

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say(
            "no journeys from {district} to {facility}",
            district=names.district(self.district),
            facility=names.facility(self.facility),
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        before = len(faults)
        _ends(self, problem, faults, where)
        if len(faults) == before and not self._there(problem).any():
            faults.add(
                say("no journey leads from {district} there", district=self.district),
                where,
                say("name the ends of a journey that is allowed"),
                self.facility,
            )

    def apply(self, problem: CityProblem) -> CityProblem:
        """Leave the journeys out."""
        return with_journeys(problem, np.flatnonzero(~self._there(problem)))

    def _there(self, problem: CityProblem) -> NDArray[np.bool_]:
        i, j = _indices(self, problem)
        return (problem.arc_district == i) & (problem.arc_facility == j)


@dataclass(frozen=True, slots=True)
class OpenRoad:
    """People of a district may travel to a facility, for all that it takes.

    Parameters
    ----------
    district, facility : str
        Keys of both ends.
    minutes : float
        Minutes of travel, 0 or more.
    services : tuple of str
        For what; all that somebody comes to the facility for when empty.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> city = CloseRoad("D1", "H1").apply(city)
    >>> opened = OpenRoad("D1", "H1", 25.0).apply(city)
    >>> opened.arc_minutes[-3:].tolist()
    [25.0, 25.0, 25.0]
    """

    district: str
    facility: str
    minutes: float
    services: tuple[str, ...] = ()

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say(
            "journeys of {minutes:g} minutes from {district} to {facility}",
            minutes=self.minutes,
            district=names.district(self.district),
            facility=names.facility(self.facility),
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        before = len(faults)
        _ends(self, problem, faults, where)
        known(problem, "services", self.services, faults, where)
        if not (np.isfinite(self.minutes) and self.minutes >= 0):
            remedy = say("name minutes of 0 or more")
            faults.add(say("no time of travel"), where, remedy, self.minutes)
        if len(faults) == before and not self._missing(problem).size:
            faults.add(
                say("all journeys from {district} there are open", district=self.district),
                where,
                say("name a journey that is not allowed yet"),
                self.facility,
            )

    def apply(self, problem: CityProblem) -> CityProblem:
        """Add the journeys that are missing."""
        i, j = _indices(self, problem)
        services = self._missing(problem)
        new = np.ones(services.shape, dtype=problem.arc_district.dtype)
        price = problem.arc_price
        return replace(
            problem,
            arc_district=np.concatenate([problem.arc_district, i * new]),
            arc_facility=np.concatenate([problem.arc_facility, j * new]),
            arc_service=np.concatenate([problem.arc_service, services]),
            arc_minutes=np.concatenate([problem.arc_minutes, self.minutes * new]),
            arc_price=None if price is None else np.concatenate([price, 0.0 * new]),
        )

    def _missing(self, problem: CityProblem) -> Whole:
        i, j = _indices(self, problem)
        here = problem.arc_facility == j
        taken = np.unique(problem.arc_service[here])
        asked = np.flatnonzero(places(self.services, problem.services))
        open_now = problem.arc_service[here & (problem.arc_district == i)]
        return np.setdiff1d(np.intersect1d(taken, asked), open_now)


@dataclass(frozen=True, slots=True)
class Slower:
    """Journeys take longer.

    Parameters
    ----------
    factor : float
        How many times as long, above 0.
    districts, facilities : tuple of str
        Whose journeys; all when empty.
    longest : float, optional
        Journeys that now take more minutes than this are not made.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> float((Slower(2.0).apply(city).arc_minutes / city.arc_minutes).mean())
    2.0
    """

    factor: float
    districts: tuple[str, ...] = ()
    facilities: tuple[str, ...] = ()
    longest: float | None = None

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        named = (*map(names.district, self.districts), *map(names.facility, self.facilities))
        what = say("journeys take {factor:g} times as long", factor=self.factor)
        return say("{what} ({names})", what=what, names=named) if named else what

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        known(problem, "districts", self.districts, faults, where)
        known(problem, "facilities", self.facilities, faults, where)
        if not (np.isfinite(self.factor) and self.factor > 0):
            faults.add(say("must be above 0"), where, say("name a factor above 0"), self.factor)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Let the journeys take longer."""
        slow = places(self.districts, problem.districts)[problem.arc_district]
        slow &= places(self.facilities, problem.facilities)[problem.arc_facility]
        minutes = np.where(slow, self.factor * problem.arc_minutes, problem.arc_minutes)
        slower = replace(problem, arc_minutes=minutes)
        if self.longest is None:
            return slower
        return with_journeys(slower, np.flatnonzero(~slow | (minutes <= self.longest)))


def _ends(road: CloseRoad | OpenRoad, problem: CityProblem, faults: Faults, where: Where) -> None:
    known(problem, "districts", (road.district,), faults, where)
    known(problem, "facilities", (road.facility,), faults, where)


def _indices(road: CloseRoad | OpenRoad, problem: CityProblem) -> tuple[int, int]:
    return problem.districts.index(road.district), problem.facilities.index(road.facility)
