"""What the page of plans shows, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.domain.job import JobState
from salus.report.words import capital
from salus.web.moments import moment

if TYPE_CHECKING:
    from salus.data.region.loaded import LoadedRegion
    from salus.data.store.reports import Kept
    from salus.domain.job import Job
    from salus.report.words import Words

STATES: dict[JobState, Message] = {
    JobState.WAITING: say("Waiting for its turn"),
    JobState.RUNNING: say("Planning"),
    JobState.DONE: say("Planned"),
    JobState.FAILED: say("It could not be planned"),
    JobState.CANCELLED: say("Cancelled; nothing was kept"),
    JobState.INTERRUPTED: say("Interrupted; nothing was kept"),
}


@dataclass(frozen=True, slots=True)
class RegionChoice:
    """A region that can be planned.

    Parameters
    ----------
    key, name : str
        What is sent, and what is shown.
    chosen : bool
        Whether it is the one proposed.
    """

    key: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class KeptPlan:
    """A plan that is kept.

    Parameters
    ----------
    region, as_of, days, at, address : str
        Which region, known until when, planned for which days and when, and where it is shown.
    synthetic : bool
        Whether the region was made up.
    """

    region: str
    as_of: str
    days: str
    at: str
    address: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class JobView:
    """A plan in the making.

    Parameters
    ----------
    id : int
        Number of its job.
    title, doing : str
        How far it is, in words.
    share : float
        What is done of it, 0 to 1.
    over, again : bool
        Whether nothing more will happen, and whether it can be started again.
    faults : tuple of str
        Why it failed.
    address : str
        Where the plan is; empty until it is there.
    """

    id: int
    title: str
    doing: str
    share: float
    over: bool
    again: bool
    faults: tuple[str, ...]
    address: str


@dataclass(frozen=True, slots=True)
class JobFrame:
    """What shows a job and nothing else.

    Parameters
    ----------
    job : JobView
        The job.
    """

    job: JobView


@dataclass(frozen=True, slots=True)
class PlanView:
    """What the page shows.

    Parameters
    ----------
    regions : tuple of RegionChoice
        What can be planned.
    plans : tuple of KeptPlan
        What was planned, the newest first.
    start_closed, load_closed : str
        Why the reader may not plan, or not load; empty where they may.
    job : JobView or None
        What is being planned.
    loaded : str
        What was just loaded.
    fault : str
        What could not be done as asked.
    name : str
        What a region was to be called that could not be loaded.
    """

    regions: tuple[RegionChoice, ...]
    plans: tuple[KeptPlan, ...]
    start_closed: str
    load_closed: str
    job: JobView | None = None
    loaded: str = ""
    fault: str = ""
    name: str = ""


def job_view(job: Job, words: Words) -> JobView:
    """Show how far a job is.

    Parameters
    ----------
    job : Job
        As the store has it.
    words : Words
        The reader's language.
    """
    name = job.order.region or words.say("the synthetic city")
    doing = job.doing or STATES[job.state]
    return JobView(
        job.id,
        words.say("{state}: {region}", state=STATES[job.state], region=name),
        words.say("{doing} ({share:.0%} done)", doing=capital(words(doing)), share=job.done),
        round(job.done, 3),
        job.state.over,
        job.state is JobState.INTERRUPTED,
        tuple(words.fault(fault) for fault in job.faults),
        "" if job.decision is None else f"/plan/{job.decision}",
    )


def kept_plan(kept: Kept, words: Words) -> KeptPlan:
    """Show a plan in a list."""
    about = kept.about
    return KeptPlan(
        about.region,
        words.date(about.as_of),
        words.say("{first} to {last}", first=about.first, last=about.last),
        moment(about.made_at, words),
        f"/plan/{about.decision}",
        about.synthetic,
    )


def loaded(region: LoadedRegion, words: Words) -> str:
    """Say what was loaded."""
    return words.say(
        "{name} is loaded: {districts:,} districts, {facilities:,} facilities. Cells mended and "
        "rows left out: {repairs:,}; the plan lists each of them.",
        name=region.name,
        districts=region.districts,
        facilities=region.facilities,
        repairs=region.repairs,
    )
