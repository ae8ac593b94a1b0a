"""Where people live and where they are cared for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from salus.core.checks import named, within

LOWEST_TIER, HIGHEST_TIER = 1, 3
"""Tiers of care, from the grassroots (一级) to the hospitals of a province (三级)."""

Ring: TypeAlias = "tuple[tuple[float, float], ...]"


@dataclass(frozen=True, slots=True)
class Position:
    """A point on the globe, WGS 84.

    Parameters
    ----------
    latitude : float
        Degrees north, from -90 to 90.
    longitude : float
        Degrees east, from -180 to 180.

    Raises
    ------
    ValueError
        If a coordinate is out of range.

    Examples
    --------
    >>> Position(27.95, -82.46).latitude
    27.95
    """

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Refuse a point that is not on the globe."""
        within("latitude", self.latitude, -90, 90, "degrees")
        within("longitude", self.longitude, -180, 180, "degrees")


@dataclass(frozen=True, slots=True)
class District:
    """An area whose people need care.

    Parameters
    ----------
    id, name, state : str
        Key, name for people, and the state or province it belongs to.
    position : Position
        Where its people are taken to live: the centroid.
    population, population_65plus : float
        Persons in all, and of 65 years and over.
    deprivation : float or None
        Deprivation index from 0 (least) to 1 (most), when known.
    outline : tuple of rings
        Outer rings as (longitude, latitude) pairs; empty when no map is known.
    consortium, insurance_area : str
        Consortium of facilities (医共体) and area of the insurance fund it belongs to; empty for
        none.

    Raises
    ------
    ValueError
        If the key is empty, a number is negative, or the old outnumber the whole.
    """

    id: str
    name: str
    state: str
    position: Position
    population: float
    population_65plus: float
    deprivation: float | None = None
    outline: tuple[Ring, ...] = ()
    consortium: str = ""
    insurance_area: str = ""

    def __post_init__(self) -> None:
        """Refuse a district that cannot exist."""
        named("district_id", self.id)
        within("population", self.population, 0, unit="persons")
        within("population_65plus", self.population_65plus, 0, self.population, "persons")
        if self.deprivation is not None:
            within("deprivation", self.deprivation, 0, 1)


@dataclass(frozen=True, slots=True)
class Facility:
    """A place that gives care.

    Parameters
    ----------
    id, name, kind : str
        Key, name for people, and type, such as ``GENERAL ACUTE CARE``.
    position : Position
        Where it stands.
    district_id : str or None
        The district it stands in; ``None`` when no district matches.
    tier : int or None
        Tier of care from 1 to 3, when known.
    consortium, insurance_area : str
        Consortium (医共体) and area of the insurance fund it belongs to; empty for none.

    Raises
    ------
    ValueError
        If the key is empty or the tier out of range.
    """

    id: str
    name: str
    kind: str
    position: Position
    district_id: str | None
    tier: int | None = None
    consortium: str = ""
    insurance_area: str = ""

    def __post_init__(self) -> None:
        """Refuse a facility without a key, or of no known tier."""
        named("facility_id", self.id)
        if self.tier is not None:
            within("tier", self.tier, LOWEST_TIER, HIGHEST_TIER)
