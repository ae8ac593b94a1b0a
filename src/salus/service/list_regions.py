"""List the regions that are loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region.loaded import LoadedRegion, LoadedRegions
from salus.service.guarded import guarded, itself
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.LIST_REGIONS, Kind.REGION, itself)
def list_regions(context: Context, which: str) -> tuple[LoadedRegion, ...]:
    """List the regions that are loaded, by name.

    Parameters
    ----------
    context : Context
        What is in use.
    which : str
        How the audit calls what is listed, such as ``"all"``.

    Returns
    -------
    tuple of LoadedRegion

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del which  # the gate has used it
    return LoadedRegions(context.settings.home).list()
