"""Load the files of a region into the home of the service."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.region import reader
from salus.data.region.columns import FILES
from salus.data.region.loaded import LoadedRegion, LoadedRegions, describe, is_region_name
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.context import Context

UNNAMED = "-"
"""In the audit, in place of what is no name of a region."""


@dataclass(frozen=True, slots=True)
class RegionFiles:
    """The files of a region that somebody sends.

    Parameters
    ----------
    name : str
        What it shall be called.
    folder : Path
        Where they lie until they are taken; nothing else lies there.
    replace : bool
        Whether a region of the same name may be replaced.
    """

    name: str
    folder: Path
    replace: bool = False


def region_key(name: str) -> str:
    """Name a region for the audit, or say that what was sent is no name.

    Examples
    --------
    >>> region_key("florida"), region_key("../../etc")
    ('florida', '-')
    """
    return name if is_region_name(name) else UNNAMED


def _name(files: RegionFiles) -> str:
    return region_key(files.name)


@guarded(Permission.LOAD_REGION, Kind.REGION, _name)
def load_region(context: Context, files: RegionFiles) -> LoadedRegion:
    """Check the files of a region whole, and keep them, or keep nothing.

    Parameters
    ----------
    context : Context
        What is in use.
    files : RegionFiles
        What was sent; the files are moved when they are good.

    Returns
    -------
    LoadedRegion

    Raises
    ------
    InputError
        With every fault of every file; or if the name is none, or is taken.
    EnvironmentFaultError
        If the disk is full or the home cannot be written.
    ForbiddenError
        If the policy does not permit it.
    """
    if not is_region_name(files.name):
        what = say("a region cannot be called so")
        remedy = say("use letters and digits, with spaces and dashes between them, at most 64")
        raise InputError(Fault(what, Where(say("region")), remedy))
    regions = LoadedRegions(context.settings.home)
    if not files.replace:
        regions.refuse_taken(files.name)  # before anything is read
    _refuse_others(files.folder)
    region = reader.read_region(files.folder)
    about = describe(region, files.name, context.clock.now(), context.principal.id)
    regions.take(files.folder, about, replace=files.replace)
    return about


def _refuse_others(folder: Path) -> None:
    others = sorted(path.name for path in folder.iterdir() if path.name not in FILES)
    if others:
        what, remedy = say("this is no file of a region"), say("send some of {files}", files=FILES)
        raise InputError(*(Fault(what, Where(name), remedy) for name in others))
