"""Plan the rest of a hospital's weeks anew after something has happened."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import read_hospital, read_plan, refuse_plan_place
from salus.allocate.hospital.idle import without_idle_beds
from salus.allocate.hospital.law.called import called_in
from salus.allocate.hospital.law.permitted import at_work
from salus.allocate.hospital.law.verify import verify_nurse_rules
from salus.allocate.hospital.replan.changed import changed
from salus.allocate.hospital.replan.read import read_events
from salus.allocate.hospital.replan.replan import replan
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.core.progress import silent
from salus.service.guarded import guarded
from salus.service.plan_hospital import in_dates, progress_sentence
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.keep import Perturbation
    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.replan import Replanned
    from salus.allocate.hospital.solve import Progress
    from salus.allocate.hospital.stop import Stop
    from salus.core.progress import Progress as Listener
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class ReplanHospitalRequest:
    """Which plan is changed, by what, and how long the search takes.

    Parameters
    ----------
    instance, solution : Path
        The hospital before the events, and its plan: files of the competition, or folders.
    events : Path
        What has happened: JSON or CSV.
    today : int or date
        First day that may change.
    stop : Stop
        When the search ends.
    seed : int
        Of the random moves.
    cores : int
        How many searches go on side by side.
    weights : Perturbation or None
        What each change weighs; ``None`` leaves a plan as it is that no event upsets.
    out : Path or None
        Where the plan will be written; not written here, but refused if it cannot be.
    progress : callable
        Hears what is being done.
    """

    instance: Path
    solution: Path
    events: Path
    today: int | date
    stop: Stop
    seed: int = 1
    cores: int = 1
    weights: Perturbation | None = None
    out: Path | None = None
    progress: Listener = silent


@dataclass(frozen=True, slots=True, eq=False)
class ReplannedHospital:
    """A hospital after some events, and its new plan.

    Parameters
    ----------
    hospital : Hospital
        With all that is stated of it beside the problem; rooms that nobody may use have no beds.
    replanned : Replanned
        The new plan beside the old one.
    breaches : tuple of RuleBreach
        What the new plan breaks of the rules of nurses.
    """

    hospital: Hospital
    replanned: Replanned
    breaches: tuple[RuleBreach, ...]


def _name(request: ReplanHospitalRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.REPLAN_HOSPITAL, Kind.HOSPITAL, _name)
def replan_hospital(context: Context, request: ReplanHospitalRequest) -> ReplannedHospital:
    """Read a hospital, its plan and what has happened, and change as little of the plan as can be.

    Parameters
    ----------
    context : Context
        What is in use.
    request : ReplanHospitalRequest
        Which plan, and what has happened.

    Returns
    -------
    ReplannedHospital

    Raises
    ------
    InputError
        If a file states no hospital, no plan of it or events that cannot be; every fault is named
        with its place.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    hospital = read_hospital(request.instance)
    plan = read_plan(request.solution, hospital)
    today = _day(hospital, request.today)
    events = read_events(request.events, hospital, plan, today)

    def watch(now: Progress) -> None:
        request.progress(progress_sentence(now), now.part)

    offered = replace(hospital, problem=changed(hospital.problem, plan, events, today))
    refuse_plan_place(offered, request.out)

    def roster(_: HospitalProblem) -> HospitalProblem:
        return called_in(offered, plan, today)

    found = replan(
        hospital.problem,
        plan,
        events,
        today,
        request.stop,
        seed=request.seed,
        weights=request.weights,
        cores=request.cores,
        watch=watch,
        roster=roster if hospital.rules else None,
    )
    found = replace(found, conflicts=in_dates(found.conflicts, hospital))
    if hospital.rules:
        found = replace(found, plan=at_work(found.problem, found.plan))
    written = replace(offered, problem=without_idle_beds(offered.problem))
    return ReplannedHospital(written, found, verify_nurse_rules(offered, found.plan))


def _day(hospital: Hospital, today: int | date) -> int:
    if isinstance(today, int):
        return today
    if not hospital.dated:
        what, remedy = say("the days of this hospital have no dates"), say("write its number")
        raise InputError(Fault(what, Where("--today"), remedy, today.isoformat()))
    if outside := hospital.calendar.outside(today, hospital.problem.days):
        what, remedy = outside
        raise InputError(Fault(what, Where("--today"), remedy, today.isoformat()))
    return hospital.calendar.day_of(today)
