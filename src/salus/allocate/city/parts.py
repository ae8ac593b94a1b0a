"""The parts of a problem that do not touch; what occurs again is one part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
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
    def source(self) -> Whole:
        """Where each journey starts: districts and services counted through, as in ``need``."""
        kinds = self.need.shape[1]
        return self.district if kinds == 1 else self.district * kinds + self.service

    @property
    def worthwhile(self) -> Whole:
        """Journeys that somebody may need and that beat staying unmet, as indices."""
        needed = (self.need.ravel() > 0)[self.source]
        return np.flatnonzero(needed & (self.minutes < self.penalty[self.service]))


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
        replace(
            first,
            periods=np.array(periods),
            need=problem.need[:, first.services, periods[0]],
            capacity=problem.capacity[:, first.resources, periods[0]],
        )
        for first in map(partial(_first, problem), groups(problem))
        for periods in _equal_periods(problem, first)
    ]


def only(problem: CityProblem, services: Whole) -> CityProblem:
    """Keep some services of a problem, with all that they could take.

    Parameters
    ----------
    problem : CityProblem
        What is planned.
    services : ndarray of int, shape (n,)
        Indices of the services, ascending, at least one.

    Returns
    -------
    CityProblem
        Districts, facilities, resources and periods are those of the whole.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> only(small_city(7), np.array([0, 2])).services
    ('ward', 'surgery')
    """
    journeys = _journeys(problem.arc_service, services)
    place = np.searchsorted(services, np.arange(len(problem.services)))
    return replace(
        problem,
        services=tuple(problem.services[s] for s in services),
        need=problem.need[:, services],
        uses=problem.uses[services],
        arc_district=problem.arc_district[journeys],
        arc_facility=problem.arc_facility[journeys],
        arc_service=place[problem.arc_service[journeys]],
        arc_minutes=problem.arc_minutes[journeys],
        penalty=problem.penalty[services],
    )


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
            first = _first(problem, group)
            return [np.array(periods) for periods in _equal_periods(problem, first)]
    return [np.arange(len(problem.periods))]


def _equal_periods(problem: CityProblem, part: Part) -> list[list[int]]:
    equal: dict[bytes, list[int]] = {}
    for t in range(len(problem.periods)):
        need, capacity = problem.need[:, part.services, t], problem.capacity[:, part.resources, t]
        equal.setdefault(need.tobytes() + capacity.tobytes(), []).append(t)
    return list(equal.values())


def _first(problem: CityProblem, services: Whole) -> Part:
    resources = np.flatnonzero((problem.uses[services] > 0).any(axis=0))
    journeys = _journeys(problem.arc_service, services)
    service = problem.arc_service[journeys]
    if services.size == 1:
        # One zero for all: a view that takes no memory.
        within = np.broadcast_to(np.int64(0), service.shape)
    else:
        within = np.searchsorted(services, np.arange(len(problem.services)))[service]
    return Part(
        periods=np.arange(1),
        services=services,
        resources=resources,
        need=problem.need[:, services, 0],
        capacity=problem.capacity[:, resources, 0],
        uses=problem.uses[np.ix_(services, resources)],
        district=problem.arc_district[journeys],
        facility=problem.arc_facility[journeys],
        service=within,
        minutes=problem.arc_minutes[journeys],
        penalty=problem.penalty[services],
    )


def _journeys(service: Whole, services: Whole) -> Whole | slice:
    """Find the journeys of some services: a slice, which copies nothing, where it can be."""
    ours = np.zeros(max(services.max(), service.max(initial=0)) + 1, dtype=bool)
    ours[services] = True
    found = np.flatnonzero(ours[service])
    if found.size and found[-1] - found[0] + 1 == found.size:
        return slice(int(found[0]), int(found[-1]) + 1)
    return found
