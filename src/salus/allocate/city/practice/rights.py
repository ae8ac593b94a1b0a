"""The rights of facilities: to keep a reserve, and to decline with a reason."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.declined import Declined
from salus.allocate.city.practice.ledger import with_journeys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.domain.rights import Decline


def reserved(problem: CityProblem, reserve: Floats) -> CityProblem:
    """Withhold what facilities keep for themselves.

    Parameters
    ----------
    problem : CityProblem
        What is to be planned.
    reserve : ndarray, shape (J, R)
        Resource-days that each facility keeps in each period, 0 or more. Where it has less than
        that in a period, nothing is left to plan with.

    Returns
    -------
    CityProblem

    Raises
    ------
    ValueError
        If the reserve does not fit the problem.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> less = reserved(small_city(7), np.ones((3, 2)))
    >>> float((small_city(7).capacity - less.capacity).max())
    1.0
    """
    shape = problem.capacity.shape[:2]
    if reserve.shape != shape:
        message = f"reserve must have shape {shape}, but has {reserve.shape}"
        raise ValueError(message)
    wrong = np.argwhere(~(np.isfinite(reserve) & (reserve >= 0)))
    if wrong.size:
        faults = [
            f"reserve of {problem.resources[r]} at {problem.facilities[j]} must be finite and 0 "
            f"or more, but is {reserve[j, r]}"
            for j, r in wrong
        ]
        raise ValueError("; ".join(faults))
    return replace(problem, capacity=np.maximum(problem.capacity - reserve[:, :, None], 0.0))


def declined(problem: CityProblem, declines: Sequence[Decline]) -> CityProblem:
    """Take out of a problem what facilities decline, to plan it again.

    Parameters
    ----------
    problem : CityProblem
        What was planned.
    declines : sequence of Decline
        What is declined since.

    Returns
    -------
    CityProblem
        Journeys that are declined in all periods are left out; the others are kept out of their
        periods by the feature :class:`Declined`.

    Raises
    ------
    ValueError
        If a decline names what the problem does not have, or a resource that the service does
        not use; all that is wrong is named.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.domain.rights import Decline
    >>> city = small_city(7)
    >>> less = declined(city, [Decline("H1", "no anaesthetist", service="surgery")])
    >>> city.arc_minutes.size - less.arc_minutes.size
    1
    """
    if faults := [fault for one in declines for fault in _faults(problem, one)]:
        raise ValueError("; ".join(faults))
    before = next((one for one in problem.features if isinstance(one, Declined)), None)
    closed = _closed(problem, [one for one in declines if one.district is None])
    if before is not None:
        closed |= before.closed
    always = np.logical_and.reduce(closed, axis=2)
    gone = always[problem.arc_facility, problem.arc_service]
    for one in declines:
        if one.district is not None:
            gone |= _journeys(problem, one)
    others = tuple(one for one in problem.features if one is not before)
    sometimes = closed & ~always[:, :, None]
    features = (*others, Declined(sometimes)) if sometimes.any() else others
    return with_journeys(replace(problem, features=features), np.flatnonzero(~gone))


def _closed(problem: CityProblem, declines: Sequence[Decline]) -> NDArray[np.bool_]:
    shape = (len(problem.facilities), len(problem.services), len(problem.periods))
    closed = np.zeros(shape, dtype=bool)
    for one in declines:
        periods = np.array([one.holds(day) for day in problem.periods])
        closed[problem.facilities.index(one.facility)] |= _services(problem, one)[:, None] & periods
    return closed


def _journeys(problem: CityProblem, one: Decline) -> NDArray[np.bool_]:
    """Tell which journeys of a district are declined, shape (A,)."""
    found: NDArray[np.bool_] = _services(problem, one)[problem.arc_service]
    found &= problem.arc_facility == problem.facilities.index(one.facility)
    return found & (np.array(problem.districts)[problem.arc_district] == one.district)


def _services(problem: CityProblem, one: Decline) -> NDArray[np.bool_]:
    """Tell which services are declined, shape (S,)."""
    found = np.array([one.service in {None, key} for key in problem.services])
    if one.resource is not None:
        found &= problem.uses[:, problem.resources.index(one.resource)] > 0
    return found


def _faults(problem: CityProblem, one: Decline) -> Iterator[str]:
    named = (
        (one.facility, problem.facilities),
        (one.service, problem.services),
        (one.resource, problem.resources),
        (one.district, problem.districts),
    )
    unknown = [key for key, keys in named if key is not None and key not in keys]
    for key in unknown:
        yield f"a decline names {key}, but there is none in the problem"
    if not unknown and one.service is not None and one.resource is not None:
        service = problem.services.index(one.service)
        if problem.uses[service, problem.resources.index(one.resource)] == 0:
            yield f"{one.facility} declines {one.service} for want of {one.resource}, unused by it"
