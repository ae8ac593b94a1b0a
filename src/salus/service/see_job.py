"""See how far a job is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import Fault, NotFoundError, Where
from salus.core.messages import say
from salus.data.store.jobs import Jobs
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.job import Job
    from salus.service.context import Context


def job_key(job: int) -> str:
    """Name a job for the audit."""
    return str(job)


@guarded(Permission.SEE_JOB, Kind.JOB, job_key)
def see_job(context: Context, job: int) -> Job:
    """See how far a job is, and how it ended.

    Parameters
    ----------
    context : Context
        What is in use.
    job : int
        Its number.

    Returns
    -------
    Job

    Raises
    ------
    NotFoundError
        If there is no such job.
    ForbiddenError
        If the policy does not permit it.
    """
    found = Jobs(context.store).find(job)
    if found is None:
        raise no_such_job()
    return found


def no_such_job() -> NotFoundError:
    """Say that there is no such job."""
    what, remedy = say("there is no such job"), say("choose one of the list")
    return NotFoundError(Fault(what, Where(say("job")), remedy))
