"""Start a job again whose process ended before its work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.store.jobs import Jobs
from salus.service.guarded import guarded
from salus.service.see_job import job_key, no_such_job
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.domain.job import Job
    from salus.service.context import Context


@guarded(Permission.RESUME_JOB, Kind.JOB, job_key)
def resume_job(context: Context, job: int) -> Job:
    """Let a job wait again that was interrupted; the same day gives the same answer.

    Parameters
    ----------
    context : Context
        What is in use.
    job : int
        Its number.

    Returns
    -------
    Job
        Waiting.

    Raises
    ------
    NotFoundError
        If there is no such job.
    InputError
        If it was not interrupted.
    ForbiddenError
        If the policy does not permit it.
    """
    jobs = Jobs(context.store)
    if jobs.find(job) is None:
        raise no_such_job()
    if not jobs.again(job):
        what, remedy = say("the job was not interrupted"), say("ask for a new one")
        raise InputError(Fault(what, Where(say("job")), remedy))
    found = jobs.find(job)
    if found is None:
        raise no_such_job()
    return found
