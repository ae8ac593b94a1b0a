"""What people call the places and services of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.city.explain.names import Names
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.data.region.region import Region
    from salus.domain.resource import Resource


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


def one_more(resource: Resource) -> Message:
    """Say one more unit of a resource, as people count it.

    Examples
    --------
    >>> from salus.data.region.defaults import ICU_BED
    >>> str(one_more(ICU_BED))
    'one more bed (ICU beds)'
    """
    unit = str(resource.unit)
    if str(resource.name) in {unit, f"{unit}s"}:
        return say("one more {unit}", unit=resource.unit)
    if unit == "unit":
        return say("one more unit of {resource}", resource=resource.name)
    return say("one more {unit} ({resource})", unit=resource.unit, resource=resource.name)
