"""Limits that could be looser: room for a service, lent units, surge, waiting."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

import numpy as np

from salus.allocate.city.explain.changes.base import known
from salus.allocate.city.explain.changes.capacity import Add, Lose
from salus.allocate.city.explain.names import KEYS
from salus.allocate.city.features.lending import Lending
from salus.allocate.city.features.surge import Surge
from salus.allocate.city.features.waiting import Waiting
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem, Feature
    from salus.core.errors import Faults, Where


@dataclass(frozen=True, slots=True)
class Room:
    """A facility has all that more cases of a service take, of every resource.

    Parameters
    ----------
    facility, service : str
        Keys of where and for what.
    cases : float
        For how many more cases in each period, above 0.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7, coupled=True)
    >>> (Room("H1", "surgery", 2).apply(city).capacity - city.capacity)[0, :, 0].tolist()
    [3.0, 1.0]
    """

    facility: str
    service: str
    cases: float

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say(
            "room for {cases:,g} more cases of {service} at {facility} in each period",
            cases=self.cases,
            service=names.service(self.service),
            facility=names.facility(self.facility),
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        known(problem, "facilities", (self.facility,), faults, where)
        known(problem, "services", (self.service,), faults, where)
        _above_zero(self.cases, faults, where)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Give the facility what the cases take."""
        uses = problem.uses[problem.services.index(self.service)]
        capacity = problem.capacity.astype(np.float64)
        capacity[problem.facilities.index(self.facility)] += self.cases * uses[:, None]
        return replace(problem, capacity=capacity)


@dataclass(frozen=True, slots=True)
class Lend:
    """A facility lends units of a resource to another, for all periods.

    Parameters
    ----------
    origin, facility, resource : str
        Keys of who lends to whom, and what.
    units : float
        How many, above 0, and no more than the origin has.
    gives : float, optional
        Resource-days that a unit gives in a period; the days of a period when not given.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> lent = Lend("H2", "H1", "icu_bed", 2.0).apply(city)
    >>> (lent.capacity - city.capacity)[:2, 1, 0].round(9).tolist()
    [2.0, -2.0]
    """

    origin: str
    facility: str
    resource: str
    units: float
    gives: float | None = None

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say(
            "{units:,g} of {resource} lent by {origin} to {facility}",
            units=self.units,
            resource=names.resource(self.resource),
            origin=names.facility(self.origin),
            facility=names.facility(self.facility),
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        self._lose.check(problem, faults, where)
        known(problem, "facilities", (self.facility,), faults, where)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Take from the one, and give to the other."""
        return self._add.apply(self._lose.apply(problem))

    @property
    def _lose(self) -> Lose:
        return Lose(self.origin, self.resource, self.units, self.gives)

    @property
    def _add(self) -> Add:
        return Add(self.facility, self.resource, self.units, self.gives)


@dataclass(frozen=True, slots=True)
class MoreOffered:
    """More units of an offer of surge or lending may be taken, at its price.

    Parameters
    ----------
    feature : str
        ``surge`` or ``lending``.
    offer : int
        Number of the offer within the feature of the problem, from 0.
    units : float
        How many more, above 0.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> MoreOffered("surge", 1, 2).apply(featured_city(7)).features[1].most.tolist()
    [2.0, 5.0]
    """

    feature: str
    offer: int
    units: float

    def label(self, names: Names = KEYS) -> Message:  # noqa: ARG002 - an offer has no name
        """Say what changes, in a few words."""
        return say(
            "{units:,g} more units of {feature} offer {offer}",
            units=self.units,
            feature=say("surge") if self.feature == Surge.name else say("lending"),
            offer=self.offer,
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        offers = [one.most.size for one in problem.features if self._meant(one)]
        if not offers or not 0 <= self.offer < offers[0]:
            remedy = say("number the offers of the problem from 0")
            faults.add(say("there is no such offer"), where, remedy, self.offer)
        _above_zero(self.units, faults, where)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Let more be taken."""
        return replace(problem, features=tuple(map(self._more, problem.features)))

    def _meant(self, feature: Feature) -> TypeGuard[Surge | Lending]:
        return feature.name == self.feature and isinstance(feature, Surge | Lending)

    def _more(self, feature: Feature) -> Feature:
        if not self._meant(feature):
            return feature
        more = np.zeros(feature.most.shape)
        more[self.offer] = self.units
        return replace(feature, most=feature.most + more)


@dataclass(frozen=True, slots=True)
class LongerWait:
    """Cases of a service may wait longer.

    Parameters
    ----------
    service : str
        Key of the service.
    periods : int
        How many periods longer, 1 or more.

    Examples
    --------
    >>> from salus.allocate.city.checks import featured_city
    >>> LongerWait("icu", 1).apply(featured_city(7)).features[0].longest.tolist()
    [2, 1, 1]
    """

    service: str
    periods: int

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        return say(
            "cases of {service} may wait {periods} periods longer",
            service=names.service(self.service),
            periods=self.periods,
        )

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        known(problem, "services", (self.service,), faults, where)
        _above_zero(self.periods, faults, where)
        if not any(isinstance(one, Waiting) for one in problem.features):
            remedy = say("give the problem the feature of waiting first")
            faults.add(say("nobody may wait in this problem"), where, remedy, self.service)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Let the cases wait longer."""
        s = problem.services.index(self.service)

        def longer(feature: Feature) -> Feature:
            if not isinstance(feature, Waiting):
                return feature
            more = np.arange(feature.longest.size) == s
            return replace(feature, longest=feature.longest + self.periods * more)

        return replace(problem, features=tuple(map(longer, problem.features)))


def _above_zero(amount: float, faults: Faults, where: Where) -> None:
    if not (np.isfinite(amount) and amount > 0):
        faults.add(say("must be above 0"), where, say("name an amount above 0"), amount)
