"""Start the day of a region in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region.loaded import LoadedRegions
from salus.data.store.jobs import Jobs
from salus.domain.job import Asker, Job, JobOrder
from salus.service.guarded import guarded
from salus.service.load_region import region_key
from salus.service.stress import parse_stresses
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context

SYNTHETIC = "synthetic"
"""In the audit, the city of a job that names no region."""


def _region(order: JobOrder) -> str:
    return SYNTHETIC if order.region is None else region_key(order.region)


@guarded(Permission.START_JOB, Kind.JOB, _region)
def start_job(context: Context, order: JobOrder) -> Job:
    """Ask for the day of a region; a process of its own does the work when its turn comes.

    Parameters
    ----------
    context : Context
        What is in use.
    order : JobOrder
        What is asked for.

    Returns
    -------
    Job
        Waiting.

    Raises
    ------
    NotFoundError
        If the region is not loaded.
    InputError
        If a stress cannot be understood.
    ForbiddenError
        If the policy does not permit it.
    """
    if order.region is not None:
        LoadedRegions(context.settings.home).folder(order.region)
    parse_stresses(order.stresses or ())
    who = context.principal
    asker = Asker(who.id, who.role, who.districts)
    return Jobs(context.store).ask(order, asker, context.clock.now())
