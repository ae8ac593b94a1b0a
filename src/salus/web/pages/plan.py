"""Plan: who can be served where, what stays unmet, and what would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from salus.core.errors import Fault, InputError, SalusError, TooLargeError, Where
from salus.core.messages import say
from salus.domain.job import JobOrder
from salus.report.words import Words
from salus.service.cancel_job import cancel_job
from salus.service.context import Context
from salus.service.list_jobs import list_jobs
from salus.service.list_plans import list_plans
from salus.service.list_regions import list_regions
from salus.service.load_region import load_region
from salus.service.resume_job import resume_job
from salus.service.see_job import see_job
from salus.service.start_job import start_job
from salus.trust.permission import Kind, Permission
from salus.web.behind import behind
from salus.web.closed import closed
from salus.web.door import door_of
from salus.web.errors import status_of
from salus.web.pages.plan_view import (
    JobFrame,
    JobView,
    PlanView,
    RegionChoice,
    job_view,
    kept_plan,
    loaded,
)
from salus.web.reader import Acting, Reads
from salus.web.templates import show
from salus.web.uploads import region_files

router = APIRouter()

SYNTHETIC = ""
"""What the form sends for the synthetic city, which has no files."""
NOTHING = "none"
"""What the form sends for the expected days alone."""


class Asked(BaseModel):
    """What the form asks to plan, as it was typed."""

    region: str = SYNTHETIC
    as_of: str = ""
    horizon: str = "7"
    stress: list[str] = []

    def order(self) -> JobOrder:
        """Read it, and raise what cannot be read."""
        stresses = tuple(each for each in self.stress if each != NOTHING)
        try:
            return JobOrder(
                self.region or None,
                date.fromisoformat(self.as_of) if self.as_of else None,
                int(self.horizon),
                stresses if self.stress else None,
            )
        except ValueError as error:
            what = say("day or number of days cannot be used")
            remedy = say("write a day like 2026-06-27, and 1 to 28 days")
            raise InputError(Fault(what, Where(say("plan")), remedy)) from error


@router.get("/plan")
@behind(list_regions, list_plans, list_jobs, see_job)
def plan(
    request: Request, context: Acting, words: Reads, job: int | None = None, region: str = ""
) -> HTMLResponse:
    """Ask what to plan, show what is being planned, and what was."""
    view = _view(context, words, region)
    return show(request, "plan.html.j2", {"view": replace(view, job=_job(context, words, job))})


@router.post("/plan")
@behind(start_job)
def ask(
    request: Request, context: Acting, words: Reads, asked: Annotated[Asked, Form()]
) -> Response:
    """Start to plan."""
    try:
        job = start_job(context, asked.order())
    except InputError as error:
        return _refused(request, context, words, error, asked.region)
    return RedirectResponse(f"/plan?job={job.id}", 303)


@router.get("/plan/jobs/{job}")
@behind(see_job)
def progress(request: Request, context: Acting, words: Reads, job: int) -> Response:
    """Tell how far a plan is; when it is there, go to it.

    Parameters
    ----------
    request : Request
        Which asks.
    context : Context
        What is in use, acting for the reader.
    words : Words
        The reader's language.
    job : int
        Number of its job.
    """
    found = see_job(context, job)
    response = show(request, "job.html.j2", {"view": JobFrame(job_view(found, words))})
    if found.decision is not None:
        response.headers["HX-Redirect"] = f"/plan/{found.decision}"
    return response


@router.post("/plan/jobs/{job}/cancel")
@behind(cancel_job)
def cancel(context: Acting, job: int) -> Response:
    """Stop planning."""
    cancel_job(context, job)
    return RedirectResponse(f"/plan?job={job}", 303)


@router.post("/plan/jobs/{job}/resume")
@behind(resume_job)
def resume(context: Acting, job: int) -> Response:
    """Go on with a plan whose process ended."""
    resume_job(context, job)
    return RedirectResponse(f"/plan?job={job}", 303)


@router.post("/plan/regions")
@behind(load_region)
async def load(request: Request, context: Acting, words: Reads) -> Response:
    """Load the files of a region, whole or not at all."""
    try:
        async with region_files(request, door_of(request).context.settings.home) as files:
            about = await run_in_threadpool(load_region, context, files)
    except (InputError, TooLargeError) as error:
        typed = str((await request.form()).get("name") or "")
        return await run_in_threadpool(_refused, request, context, words, error, name=typed)
    view = await run_in_threadpool(_view, context, words, about.name)
    return show(request, "plan.html.j2", {"view": replace(view, loaded=loaded(about, words))})


def _view(context: Context, words: Words, chosen: str = "") -> PlanView:
    regions_not = closed(context, Permission.LIST_REGIONS, Kind.REGION, "all")
    plans_not = closed(context, Permission.LIST_PLANS, Kind.DECISION, "all")
    start_not = closed(context, Permission.START_JOB, Kind.JOB, "all")
    load_not = closed(context, Permission.LOAD_REGION, Kind.REGION, "all")
    city = words.say("the synthetic city of {people:,} people", people=context.settings.people)
    regions = () if regions_not else list_regions(context, "all")
    plans = () if plans_not else list_plans(context, "all")
    return PlanView(
        (
            *(RegionChoice(each.name, each.name, each.name == chosen) for each in regions),
            RegionChoice(SYNTHETIC, city, chosen=not chosen and not regions),
        ),
        tuple(kept_plan(each, words) for each in plans),
        start_closed=words(start_not) if start_not else "",
        load_closed=words(load_not) if load_not else "",
    )


def _job(context: Context, words: Words, asked: int | None) -> JobView | None:
    """Show the job that was asked for, else the newest that is not over."""
    if closed(context, Permission.LIST_JOBS, Kind.JOB, "all"):
        return None
    if asked is not None:
        return job_view(see_job(context, asked), words)
    newest = list_jobs(context, "newest", 1)
    return job_view(newest[0], words) if newest and not newest[0].state.over else None


def _refused(
    request: Request,
    context: Context,
    words: Words,
    error: SalusError,
    region: str = "",
    *,
    name: str = "",
) -> HTMLResponse:
    fault = "\n".join(words.fault(fault) for fault in error.faults)
    view = replace(_view(context, words, region), fault=fault, name=name)
    return show(request, "plan.html.j2", {"view": view}, status_of(error))
