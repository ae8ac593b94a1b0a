"""Offers to open and to lend that no plan can use, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.transfers import Transfers
from salus.core.messages import say
from salus.domain.offer import LendingOffer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.domain.offer import SurgeOffer
    from salus.service.plan_city import CityAnswer

    Offer = SurgeOffer | LendingOffer


@dataclass(frozen=True, slots=True)
class Unplanned:
    """An offer that no plan can use.

    Parameters
    ----------
    offer : SurgeOffer or LendingOffer
        What is offered.
    reason : Message
        Why it cannot be used.
    """

    offer: Offer
    reason: Message

    @property
    def lender(self) -> str | None:
        """Return the key of the facility that would lend it; ``None`` of what is opened."""
        return self.offer.from_id if isinstance(self.offer, LendingOffer) else None

    @property
    def host(self) -> str:
        """Return the key of the facility that would have it."""
        return self.offer.to_id if isinstance(self.offer, LendingOffer) else self.offer.facility_id


def unplanned(region: Region, answer: CityAnswer) -> Iterator[Unplanned]:
    """List the offers that no plan of a scenario can use.

    Loans without consent or credentials are not among them: the plan's own feature names those.

    Parameters
    ----------
    region : Region
        With its offers.
    answer : CityAnswer
        A scenario of it, with what is closed and who may go where.
    """
    asked = [each for each in region.lending if each.credentials and each.may_go >= 1]
    small = [each for each in region.lending if each.units < 1]
    offers: tuple[Offer, ...] = (*region.surge, *asked, *small)
    for offer in offers:
        found = Unplanned(offer, say("less than one whole unit is offered"))
        if offer.units >= 1:
            reason = _why_not(region, answer, found)
            if reason is None:
                continue
            found = Unplanned(offer, reason)
        yield found


def _why_not(region: Region, answer: CityAnswer, found: Unplanned) -> Message | None:
    resource, host, lender = found.offer.resource_id, found.host, found.lender
    serving = _serving(region, resource)
    if {host, lender} & set(answer.closed):
        return say("the facility is closed")
    if lender and not _owns(region, lender, resource):
        return say("the lender has none of it")
    if not any((host, service) in region.takes for service in serving):
        return say("no service that uses it is given there, or could be with what is offered")
    if not _reached(answer, host, resource, serving):
        return say("nobody may or can come there for a service that uses it")
    return None


def _owns(region: Region, facility: str, resource: str) -> bool:
    opened = {(each.facility_id, each.resource_id) for each in region.surge if each.units >= 1}
    held = {(each.facility_id, each.resource_id) for each in region.supplies if each.staffed > 0}
    return (facility, resource) in opened | held


def _serving(region: Region, resource: str) -> tuple[str, ...]:
    """Name the services that use a resource, or beds that ask for it as staff."""
    beds = {bed for group in region.staff if group.id == resource for bed in group.patients or {}}
    return tuple(each.id for each in region.services if each.uses.keys() & {resource, *beds})


def _reached(answer: CityAnswer, host: str, resource: str, serving: tuple[str, ...]) -> bool:
    problem = answer.problem
    place, kind = problem.facilities.index(host), problem.resources.index(resource)
    asked = [number for number, each in enumerate(problem.services) if each in serving]
    journeys = (problem.arc_facility == place) & np.isin(problem.arc_service, asked)
    ways = answer.feature(Transfers)
    moved = ways is not None and ((ways.receiver == place) & ways.takes[:, kind].any(1)).any()
    return bool(journeys.any() or moved)
