"""What people call the places and services of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.city.explain.names import Names

if TYPE_CHECKING:
    from salus.data.region.region import Region


def called(region: Region) -> Names:
    """Collect the names by which a plan of the region is explained.

    Examples
    --------
    >>> from salus.data.region.reader import read_region
    >>> from salus.data.region.sample import sample_region
    >>> str(called(read_region(sample_region())).service("icu"))
    'intensive care'
    """
    return Names(
        {item.id: item.name for item in region.districts},
        {item.id: item.name for item in region.facilities},
        {item.id: item.name for item in region.services},
        {item.id: item.name for item in region.resources},
        {item.id: item.name for item in region.stores.medicines},
    )
