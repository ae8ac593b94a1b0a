"""A region, read and mended: what every engine is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.core.messages import Message
    from salus.data.region.known import KnownDemand, KnownTravel
    from salus.data.region.repairs import Repair
    from salus.domain.care import Service
    from salus.domain.indicator import Series
    from salus.domain.medicine import MedicalStores
    from salus.domain.offer import LendingOffer, SurgeOffer
    from salus.domain.place import District, Facility
    from salus.domain.resource import Resource, Supply
    from salus.domain.rights import Decline, Override
    from salus.domain.staff import StaffGroup
    from salus.domain.transfer import InpatientGroup, TransferOption, Transport


@dataclass(frozen=True, slots=True)
class Source:
    """One file a region was read from.

    Parameters
    ----------
    file : str
        Its name in the folder.
    sha256 : str
        Its content, in hexadecimal.
    rows : int
        Rows, the header not counted; outlines, for a map.
    dates : tuple of date
        Every date in it, once, in order; none when it is undated, so that its age is unknown.
    path : Path
        Where it was read.
    """

    file: str
    sha256: str
    rows: int
    dates: tuple[date, ...]
    path: Path

    @property
    def as_of(self) -> date | None:
        """Return the latest date in it; ``None`` when it is undated."""
        return max(self.dates, default=None)

    def known(self, day: date) -> date | None:
        """Return the latest date in it that is not after a day."""
        return max((when for when in self.dates if when <= day), default=None)


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """A region, everything in the order of its files.

    Parameters
    ----------
    name : str
        Name of the folder.
    facilities : tuple of Facility
        Also those that are not planned: they stay on the map.
    districts : tuple of District
        Also those without people.
    resources : tuple of Resource
        In the order in which the services use them, then staff whom no service uses itself.
    services : tuple of Service
        The kinds of care that are planned.
    supplies : tuple of Supply
        By facility and resource key; only what the plan may use: of facilities that take a
        service which uses the resource, or offer to lend it.
    takes : frozenset of (facility key, service key)
        Who takes what: by type or by ``supply.csv``, and only with some of each resource, be it
        there today or offered.
    surge : tuple of SurgeOffer
        What can be opened.
    lending : tuple of LendingOffer
        What can be lent.
    staff : tuple of StaffGroup
        Groups of people, each with how long one may work and how many there are where.
    inpatients : tuple of InpatientGroup
        Patients who are in a facility now and could be moved.
    transfers : tuple of TransferOption
        Where to.
    transport : tuple of Transport
        What facilities do for transfers.
    stores : MedicalStores
        Medicines; empty where none are stated.
    overrides : tuple of Override
        Journeys that pass whatever the rules of practice say.
    declines : tuple of Decline
        What facilities do not take.
    travel : KnownTravel or None
        Stated journeys.
    demand : KnownDemand or None
        Stated demand.
    series : tuple of Series
        Histories of indicators.
    sources : tuple of Source
        The files, in the order of :data:`salus.data.region.columns.TABLES`, then the map.
    repairs : tuple of Repair
        What was mended or left out, by file and row.
    assumptions : tuple of Message
        What was taken for granted in reading.
    """

    name: str
    facilities: tuple[Facility, ...]
    districts: tuple[District, ...]
    resources: tuple[Resource, ...]
    services: tuple[Service, ...]
    supplies: tuple[Supply, ...]
    takes: frozenset[tuple[str, str]]
    surge: tuple[SurgeOffer, ...]
    lending: tuple[LendingOffer, ...]
    staff: tuple[StaffGroup, ...]
    inpatients: tuple[InpatientGroup, ...]
    transfers: tuple[TransferOption, ...]
    transport: tuple[Transport, ...]
    stores: MedicalStores
    overrides: tuple[Override, ...]
    declines: tuple[Decline, ...]
    travel: KnownTravel | None
    demand: KnownDemand | None
    series: tuple[Series, ...]
    sources: tuple[Source, ...]
    repairs: tuple[Repair, ...]
    assumptions: tuple[Message, ...]

    @property
    def facility_index(self) -> dict[str, int]:
        """Place of each facility in their order, by key."""
        return {facility.id: index for index, facility in enumerate(self.facilities)}

    @property
    def resource_index(self) -> dict[str, int]:
        """Place of each resource in their order, by key."""
        return {resource.id: index for index, resource in enumerate(self.resources)}

    @property
    def taken(self) -> tuple[Resource, ...]:
        """Return the resources that cases take themselves; staff whom beds ask for is left out."""
        used = {key for service in self.services for key in service.uses}
        return tuple(resource for resource in self.resources if resource.id in used)
