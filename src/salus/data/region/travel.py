"""How long the journeys are from each district to each facility in reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.stats.distances import pairs_within

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from salus.data.region.region import Region
    from salus.domain.place import District, Facility

HALF_STEP = 0.05
"""Half of the 0.1 minutes to which journeys are rounded."""


@dataclass(frozen=True, slots=True, eq=False)
class Journeys:
    """The journeys within reach, by district, then by time, then by facility.

    Parameters
    ----------
    district, facility : ndarray of int, shape (n_journeys,)
        Places in the region's districts and facilities.
    minutes : ndarray, shape (n_journeys,)
        Time of travel, rounded to 0.1 minutes.
    """

    district: NDArray[np.int64]
    facility: NDArray[np.int64]
    minutes: NDArray[np.float64]

    def __len__(self) -> int:
        """Count the journeys."""
        return len(self.minutes)


def journeys(
    region: Region, max_minutes: float, speed_kmh: float, detour: float, nearest: int | None
) -> Journeys:
    """Find the journeys from each district to each facility that takes something.

    The time is the great circle times ``detour`` divided by ``speed_kmh``; where ``travel.csv``
    states a pair, its time is taken instead. The limit holds for both.

    Parameters
    ----------
    region : Region
        Districts, facilities, and stated journeys.
    max_minutes : float
        Longest journey, minutes, 0 or more.
    speed_kmh : float
        Speed on the road, km/h, above 0.
    detour : float
        Length of the road over the great circle, 1 or more.
    nearest : int or None
        Facilities kept for each district, the nearest ones; ``None`` keeps all.

    Returns
    -------
    Journeys
        A district without any is out of reach of everything.

    Raises
    ------
    ValueError
        If a parameter is out of range.

    Examples
    --------
    >>> from salus.data.region.reader import read_region
    >>> from salus.data.region.sample import sample_region
    >>> found = journeys(read_region(sample_region()), 60, 50, 1.3, 3)
    >>> bool((found.minutes <= 60).all())
    True
    """
    within("max_minutes", max_minutes, 0, unit="minutes")
    within("speed_kmh", speed_kmh, 0.1, unit="km/h")
    within("detour", detour, 1)
    open_places = _open(region)
    limit_km = (max_minutes + HALF_STEP) * speed_kmh / 60 / detour
    district, at, km = pairs_within(
        _positions(region.districts),
        _positions([region.facilities[place] for place in open_places]),
        limit_km,
    )
    computed = Journeys(district, open_places[at], km * detour / speed_kmh * 60)
    return _nearest(_sorted(_stated_first(region, computed), max_minutes), nearest)


def _open(region: Region) -> NDArray[np.int64]:
    takers = {facility for facility, _ in region.takes}
    places = [place for place, item in enumerate(region.facilities) if item.id in takers]
    return np.array(places, dtype=np.int64)


def _positions(places: Iterable[District | Facility]) -> NDArray[np.float64]:
    points = [(place.position.latitude, place.position.longitude) for place in places]
    return np.array(points, dtype=float).reshape(-1, 2)


def _stated_first(region: Region, computed: Journeys) -> Journeys:
    """Put stated journeys in the place of computed ones."""
    known = region.travel
    if known is None:
        return computed
    pair = computed.district * len(region.facilities) + computed.facility
    stated = known.district * len(region.facilities) + known.facility
    kept = ~np.isin(pair, stated)
    is_open = np.isin(known.facility, _open(region))
    return Journeys(
        np.concatenate([known.district[is_open], computed.district[kept]]),
        np.concatenate([known.facility[is_open], computed.facility[kept]]),
        np.concatenate([known.minutes[is_open], computed.minutes[kept]]),
    )


def _sorted(found: Journeys, max_minutes: float) -> Journeys:
    minutes = found.minutes.round(1)
    order = np.lexsort((found.facility, minutes, found.district))
    order = order[minutes[order] <= max_minutes]
    return Journeys(found.district[order], found.facility[order], minutes[order])


def _nearest(found: Journeys, nearest: int | None) -> Journeys:
    if nearest is None:
        return found
    first = np.searchsorted(found.district, found.district)
    kept = np.arange(len(found)) - first < nearest
    return Journeys(found.district[kept], found.facility[kept], found.minutes[kept])
