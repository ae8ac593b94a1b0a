"""The parts of a problem that do not touch; what occurs again is one part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One group of services that share resources, in one period, or several equal ones.

    Parameters
    ----------
    periods, services, resources : ndarray of int
        What of the whole problem the part holds, as indices there.
    need : ndarray, shape (I, s)
        Cases.
    capacity : ndarray, shape (J, r)
        Resource-days.
    uses : ndarray, shape (s, r)
        Resource-days per case.
    district, facility, service : ndarray of int, shape (a,)
        Its journeys; services count within the part.
    minutes : ndarray, shape (a,)
        Minutes of travel.
    penalty : ndarray, shape (s,)
        Minutes-equivalents per unmet case.
    """

    periods: Whole
    services: Whole
    resources: Whole
    need: Floats
    capacity: Floats
    uses: Floats
    district: Whole
    facility: Whole
    service: Whole
    minutes: Floats
    penalty: Floats

    @property
    def gain(self) -> Floats:
        """Minutes-equivalents that one case on each journey saves against staying unmet."""
        return self.penalty[self.service] - self.minutes

    @property
    def worthwhile(self) -> Whole:
        """Journeys that somebody may need and that beat staying unmet, as indices."""
        needed = self.need[self.district, self.service] > 0
        return np.flatnonzero(needed & (self.gain > 0))


def groups(problem: CityProblem) -> list[Whole]:
    """List the services that must be planned together, since they share resources.

    Parameters
    ----------
    problem : CityProblem
        What is planned.

    Returns
    -------
    list of ndarray of int
        Indices of the services of each group, ascending.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> [group.tolist() for group in groups(small_city(7))]
    [[0, 2], [1]]
    """
    shared = sparse.csr_array((problem.uses @ problem.uses.T) > 0)
    count, label = connected_components(shared, directed=False)
    return [np.flatnonzero(label == group) for group in range(count)]


def split(problem: CityProblem) -> list[Part]:
    """Split a problem into parts that do not touch, equal periods being one part.

    Parameters
    ----------
    problem : CityProblem
        What is planned.

    Returns
    -------
    list of Part
        Together they hold every service in every period once.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> [(part.services.tolist(), part.periods.tolist()) for part in split(small_city(7))]
    [([0, 2], [0, 2]), ([0, 2], [1]), ([1], [0, 2]), ([1], [1])]
    """
    return [
        _part(problem, services, np.array(periods))
        for services in groups(problem)
        for periods in _equal_periods(problem, services)
    ]


def equal_periods(problem: CityProblem, resource: int) -> list[Whole]:
    """List the periods that are equal to all who share a resource, by their first.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    resource : int
        Index of the resource.

    Returns
    -------
    list of ndarray of int
        Indices of the periods of each kind; all of one kind where nobody takes the resource.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> [periods.tolist() for periods in equal_periods(small_city(7), 1)]
    [[0, 2], [1]]
    """
    for group in groups(problem):
        if (problem.uses[group, resource] > 0).any():
            return [np.array(periods) for periods in _equal_periods(problem, group)]
    return [np.arange(len(problem.periods))]


def _equal_periods(problem: CityProblem, services: Whole) -> list[list[int]]:
    resources = _resources(problem, services)
    equal: dict[bytes, list[int]] = {}
    for t in range(len(problem.periods)):
        need, capacity = problem.need[:, services, t], problem.capacity[:, resources, t]
        equal.setdefault(need.tobytes() + capacity.tobytes(), []).append(t)
    return list(equal.values())


def _resources(problem: CityProblem, services: Whole) -> Whole:
    return np.flatnonzero((problem.uses[services] > 0).any(axis=0))


def _part(problem: CityProblem, services: Whole, periods: Whole) -> Part:
    resources = _resources(problem, services)
    journeys = np.flatnonzero(np.isin(problem.arc_service, services))
    return Part(
        periods=periods,
        services=services,
        resources=resources,
        need=problem.need[:, services, periods[0]],
        capacity=problem.capacity[:, resources, periods[0]],
        uses=problem.uses[np.ix_(services, resources)],
        district=problem.arc_district[journeys],
        facility=problem.arc_facility[journeys],
        service=np.searchsorted(services, problem.arc_service[journeys]),
        minutes=problem.arc_minutes[journeys],
        penalty=problem.penalty[services],
    )
