"""Stop a job."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.store.job_lock import holder
from salus.data.store.jobs import Jobs
from salus.domain.job import Job, JobState
from salus.service.guarded import guarded
from salus.service.see_job import job_key, no_such_job
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.service.context import Context


@guarded(Permission.CANCEL_JOB, Kind.JOB, job_key)
def cancel_job(context: Context, job: int) -> Job:
    """Stop a job that waits or runs; its process ends and leaves nothing half-written.

    Parameters
    ----------
    context : Context
        What is in use.
    job : int
        Its number.

    Returns
    -------
    Job
        Cancelled.

    Raises
    ------
    NotFoundError
        If there is no such job.
    InputError
        If it has ended already.
    ForbiddenError
        If the policy does not permit it.
    """
    jobs = Jobs(context.store)
    if jobs.find(job) is None:
        raise no_such_job()
    # First the store, so that the process finds when it ends that somebody wanted it to.
    if not jobs.finish(job, JobState.CANCELLED, context.clock.now()):
        what, remedy = say("the job has ended already"), say("see what came of it")
        raise InputError(Fault(what, Where(say("job")), remedy))
    worker = holder(context.settings.home, job)
    if worker is not None:
        with suppress(ProcessLookupError):
            os.kill(worker, signal.SIGTERM)
    found = jobs.find(job)
    if found is None:
        raise no_such_job()
    return found
