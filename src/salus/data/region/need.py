"""How many cases a day a region needs, told by how full its beds are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.domain.care import Service
    from salus.domain.resource import Supply

WEIGHT_OF_OLD = 3
"""How many times a person of 65 and over counts in the spread of cases."""


@dataclass(frozen=True, slots=True, eq=False)
class BaseCases:
    """The cases of an ordinary day, and what was taken for granted.

    Parameters
    ----------
    cases : ndarray, shape (n_districts, n_services)
        Cases per day, in all; zero for a service of which no occupancy is known.
    assumptions : tuple of Message
        How the cases were estimated.
    """

    cases: NDArray[np.float64]
    assumptions: tuple[Message, ...]


def base_cases(region: Region) -> BaseCases:
    """Estimate the cases of an ordinary day.

    For each service, admissions are beds x occupancy / length of stay, summed over the facilities
    that take it, and spread over the districts by population, where a person of 65 and over
    counts three times. Beds of unknown occupancy count with the mean of the others.

    Parameters
    ----------
    region : Region
        Supplies, services and districts.

    Returns
    -------
    BaseCases

    Notes
    -----
    In a steady state the cases in beds are the admissions per day times the length of stay
    (Little 1961, A proof for the queuing formula L = λW, Operations Research 9(3):383).

    Examples
    --------
    >>> from salus.data.region.reader import read_region
    >>> from salus.data.region.sample import sample_region
    >>> base_cases(read_region(sample_region())).cases.shape
    (12, 2)
    """
    admissions = np.array([_admissions(region, service) for service in region.services])
    return BaseCases(np.outer(age_weights(region), admissions), _assumptions(region))


def age_weights(region: Region) -> NDArray[np.float64]:
    """Return the share of the region's cases that each district has.

    Parameters
    ----------
    region : Region
        The districts, with their people.

    Returns
    -------
    ndarray, shape (n_districts,)
        Sums to 1; all 0 when nobody lives in the region.
    """
    weights = np.array(
        [
            item.population + (WEIGHT_OF_OLD - 1) * item.population_65plus
            for item in region.districts
        ]
    )
    total = float(weights.sum())
    return weights / total if total else weights


def _assumptions(region: Region) -> tuple[Message, ...]:
    general = say(
        "Daily cases are beds times occupancy over length of stay, pooled over the region and "
        "spread by population; people of 65 and over count {weight} times.",
        weight=WEIGHT_OF_OLD,
    )
    shared = say("Services that use the same resource have equal parts of its use.")
    return (
        general,
        *([shared] if _sharing(region) else []),
        *(message for service in region.services if (message := _about(region, service))),
    )


def _admissions(region: Region, service: Service) -> float:
    """Divide the use of the first resource of a service by what a case takes of it."""
    resource = next(iter(service.uses))
    supplies = _taking(region, service)
    use = _mean_use(supplies)
    if use is None:
        return 0.0
    used = sum(s.staffed * (use if s.occupancy is None else s.occupancy) for s in supplies)
    users = sum(next(iter(other.uses)) == resource for other in region.services)
    return used / users / service.resource_days(resource)


def _taking(region: Region, service: Service) -> list[Supply]:
    # Who has to open or borrow something for a service does not give it on an ordinary day.
    resource = next(iter(service.uses))
    held = {(each.facility_id, each.resource_id) for each in region.supplies}
    return [
        supply
        for supply in region.supplies
        if supply.resource_id == resource
        and (supply.facility_id, service.id) in region.takes
        and all((supply.facility_id, used) in held for used in service.uses)
    ]


def _mean_use(supplies: list[Supply]) -> float | None:
    """Pool the occupancy of the beds of which it is known."""
    known = [supply for supply in supplies if supply.occupancy is not None]
    beds = sum(supply.staffed for supply in known)
    return sum(supply.used for supply in known) / beds if beds else None


def _about(region: Region, service: Service) -> Message | None:
    supplies = _taking(region, service)
    unknown = [supply.staffed for supply in supplies if supply.occupancy is None]
    use = _mean_use(supplies)
    if use is None:
        return say("{service}: no occupancy is known. Not planned: no data.", service=service.name)
    if not unknown:
        return None
    return say(
        "{service}: {beds:,.0f} beds of unknown occupancy, in {facilities} of the facilities, "
        "count with the mean of the others, {use:.1%}.",
        service=service.name,
        beds=sum(unknown),
        facilities=len(unknown),
        use=use,
    )


def _sharing(region: Region) -> bool:
    first = [next(iter(service.uses)) for service in region.services]
    return len(set(first)) < len(first)
