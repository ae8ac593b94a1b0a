"""See what a loaded region holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region.loaded import LoadedRegion, LoadedRegions
from salus.service.guarded import guarded
from salus.service.load_region import region_key
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.SEE_REGION, Kind.REGION, region_key)
def see_region(context: Context, name: str) -> LoadedRegion:
    """See what a loaded region holds.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        Of the region.

    Returns
    -------
    LoadedRegion

    Raises
    ------
    NotFoundError
        If no region of this name is loaded.
    ForbiddenError
        If the policy does not permit it.
    """
    return LoadedRegions(context.settings.home).find(name)
