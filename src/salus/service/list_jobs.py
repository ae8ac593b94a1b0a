"""List the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.store.jobs import Jobs
from salus.service.guarded import guarded, itself
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.job import Job
    from salus.service.context import Context

NEWEST = 50


@guarded(Permission.LIST_JOBS, Kind.JOB, itself)
def list_jobs(context: Context, which: str, count: int = NEWEST) -> tuple[Job, ...]:
    """List the newest jobs, the last one first.

    Parameters
    ----------
    context : Context
        What is in use.
    which : str
        How the audit calls what is listed, such as ``"all"``.
    count : int
        At most how many, 1 or more.

    Returns
    -------
    tuple of Job

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    del which  # the gate has used it
    return Jobs(context.store).latest(count)
