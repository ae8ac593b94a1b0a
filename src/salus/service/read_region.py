"""Read the folder of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region import reader
from salus.data.region.folder import region_name
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.region.region import Region
    from salus.service.context import Context


@guarded(Permission.READ_REGION, Kind.REGION, region_name)
def read_region(context: Context, folder: Path) -> Region:
    """Read the folder of a region.

    Parameters
    ----------
    context : Context
        What is in use.
    folder : Path
        Its CSV files.

    Returns
    -------
    Region

    Raises
    ------
    InputError
        With every fault of every file.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    return reader.read_region(folder)
