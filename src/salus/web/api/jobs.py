"""Days of regions that run in the background."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from salus.domain.job import Job as Asked
from salus.domain.job import JobOrder, JobState
from salus.report.words import Words
from salus.service.cancel_job import cancel_job
from salus.service.list_jobs import list_jobs
from salus.service.resume_job import resume_job
from salus.service.see_job import see_job
from salus.service.start_job import start_job
from salus.web.behind import behind
from salus.web.reader import Acting, Reads

router = APIRouter(prefix="/jobs", tags=["jobs"])

Number = Annotated[int, Path(ge=1, le=2**53, description="number of the job")]


class Order(BaseModel, extra="forbid"):
    """What a job is asked to do."""

    region: Annotated[
        str | None,
        Field(description="a region that is loaded; null for the synthetic city of the settings"),
    ] = None
    as_of: Annotated[
        date | None, Field(description="what is known until this day; null takes the latest")
    ] = None
    horizon: Annotated[int, Field(ge=1, le=28, description="days to plan")] = 7
    stresses: Annotated[
        list[str] | None,
        Field(
            max_length=20,
            examples=[["record", "demand=1.2,close-loaded=3"]],
            description="what to plan beside the expected days; null takes what the region allows",
        ),
    ] = None
    seed: Annotated[int, Field(ge=0, le=2**32 - 1)] = 1

    def order(self) -> JobOrder:
        """Read what is asked for."""
        stresses = None if self.stresses is None else tuple(self.stresses)
        return JobOrder(self.region, self.as_of, self.horizon, stresses, self.seed)


class Job(BaseModel):
    """A day of a region that somebody asked for."""

    id: int
    state: JobState
    order: Order
    asked_by: Annotated[str, Field(examples=["anna"])]
    asked_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    doing: Annotated[
        str | None, Field(description="in the reader's language", examples=["forecasting need"])
    ]
    done: Annotated[float, Field(ge=0, le=1, description="share of the work that is done")]
    plan: Annotated[
        str | None, Field(description="id of the plan it led to", examples=["6a288c7ad697"])
    ]
    faults: Annotated[list[str], Field(description="why it failed, in the reader's language")]

    @classmethod
    def of(cls, job: Asked, words: Words) -> Self:
        """Show a job in the reader's language."""
        order = job.order
        return cls(
            id=job.id,
            state=job.state,
            order=Order(
                region=order.region,
                as_of=order.as_of,
                horizon=order.horizon,
                stresses=None if order.stresses is None else list(order.stresses),
                seed=order.seed,
            ),
            asked_by=job.asker.account,
            asked_at=job.asked_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            doing=None if job.doing is None else words(job.doing),
            done=job.done,
            plan=job.decision,
            faults=[words.fault(fault) for fault in job.faults],
        )


class Jobs(BaseModel):
    """The newest jobs, the last one first."""

    jobs: list[Job]


@router.get("")
@behind(list_jobs)
def get_jobs(context: Acting, words: Reads) -> Jobs:
    """List the newest jobs, the last one first."""
    return Jobs(jobs=[Job.of(each, words) for each in list_jobs(context, "all")])


@router.post("", status_code=202)
@behind(start_job)
def post_job(order: Order, response: Response, context: Acting, words: Reads) -> Job:
    """Start the day of a region in the background."""
    job = start_job(context, order.order())
    response.headers["Location"] = f"/api/v1/jobs/{job.id}"
    return Job.of(job, words)


@router.get("/{job}")
@behind(see_job)
def get_job(job: Number, context: Acting, words: Reads) -> Job:
    """See how far a job is, and how it ended."""
    return Job.of(see_job(context, job), words)


@router.delete("/{job}")
@behind(cancel_job)
def delete_job(job: Number, context: Acting, words: Reads) -> Job:
    """Stop a job that waits or runs."""
    return Job.of(cancel_job(context, job), words)


@router.post("/{job}/resume", status_code=202)
@behind(resume_job)
def post_resume(job: Number, context: Acting, words: Reads) -> Job:
    """Start a job again whose process ended before its work did."""
    return Job.of(resume_job(context, job), words)
