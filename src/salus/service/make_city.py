"""Make the synthetic city that a run without a region is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import InputError
from salus.data.region.folder import region_name
from salus.data.synthetic import city
from salus.data.synthetic.manifest import read_manifest
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.synthetic.spec import CitySpec
    from salus.service.context import Context


@guarded(Permission.MAKE_CITY, Kind.REGION, region_name)
def make_city(context: Context, folder: Path, spec: CitySpec) -> None:
    """Make a synthetic city, unless it is there already, whole and unchanged.

    Parameters
    ----------
    context : Context
        What is in use.
    folder : Path
        Where it is to be. Whatever is there and is not this city, as it was made, is replaced.
    spec : CitySpec
        How large, from which seed.

    Raises
    ------
    EnvironmentFaultError
        If the disk is full or the place cannot be written.
    ForbiddenError
        If the policy does not permit it.
    """
    if not _there(folder, spec):
        city.make_city(spec, folder, context.progress, replace=True)


def _there(folder: Path, spec: CitySpec) -> bool:
    try:
        manifest = read_manifest(folder)
    except InputError:
        return False
    return manifest.spec == spec and not manifest.changed(folder)
