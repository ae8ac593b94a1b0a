"""Plan a hospital's weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.bound.conflict import InfeasibleHospitalError
from salus.allocate.hospital.bound.conflicts import conflicts
from salus.allocate.hospital.files import read_hospital, read_plan, refuse_plan_place
from salus.allocate.hospital.law.verify import verify_nurse_rules
from salus.allocate.hospital.overrun.chance import Lengths, theatre_days
from salus.allocate.hospital.planned import planned
from salus.allocate.hospital.solve import Progress, solve
from salus.allocate.hospital.stop import Stop
from salus.allocate.hospital.verify import verify
from salus.core.interrupts import interrupts
from salus.core.messages import say
from salus.core.progress import part_of, silent
from salus.service.bounding import Bounding
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from threading import Event

    from salus.allocate.hospital.bound.conflict import Conflict
    from salus.allocate.hospital.bound.lower_bound import HospitalBound
    from salus.allocate.hospital.calendar import Calendar
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.law.verify import RuleBreach
    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.verification import HospitalVerification
    from salus.core.messages import Message
    from salus.core.progress import Progress as Listener
    from salus.service.context import Context

BOUND, BOUND_SHARE = 10.0, 0.3
"""Most seconds for the bound, and their share of the search."""

AFTER = 1.0
"""Seconds that a bound is given after a search that ended of itself."""

FIRST, NEXT = 0.6, 0.5
"""Shares of the time, or moves, for the first of several plans; of what is left, for each next."""


@dataclass(frozen=True, slots=True)
class PlanHospitalRequest:
    """Which hospital is planned, and how long.

    Parameters
    ----------
    instance : Path
        File of the competition, or a folder.
    stop : Stop
        When the search ends.
    seed : int
        Of the random moves.
    cores : int
        How many searches go on side by side.
    warm : Path or None
        A plan to begin with.
    overrun : float or None
        Largest chance that a day of a theatre takes longer than it may.
    out : Path or None
        Where the plan will be written; not written here, but refused if it cannot be.
    progress : callable
        Hears what is being done.
    """

    instance: Path
    stop: Stop
    seed: int = 1
    cores: int = 1
    warm: Path | None = None
    overrun: float | None = None
    out: Path | None = None
    progress: Listener = silent


@dataclass(frozen=True, slots=True, eq=False)
class PlannedHospital:
    """A plan of a hospital, and what is known of it.

    Parameters
    ----------
    hospital : Hospital
        As the file or folder states it.
    plan : HospitalPlan
        The best that was found.
    verification : HospitalVerification
        What a check that knows no search says to it.
    last : Progress
        How far the search had come when it ended.
    bound : HospitalBound
        What every plan costs at least.
    breaches : tuple of RuleBreach
        What the plan breaks of the rules of nurses, by a check that knows no roster's choice.
    theatre_days : tuple of TheatreDay
        How likely each day of a theatre takes longer than it may.
    overrun : float or None
        Largest chance of this that was asked for.
    """

    hospital: Hospital
    plan: HospitalPlan
    verification: HospitalVerification
    last: Progress
    bound: HospitalBound
    breaches: tuple[RuleBreach, ...]
    theatre_days: tuple[TheatreDay, ...]
    overrun: float | None = None

    @property
    def problem(self) -> HospitalProblem:
        """What is planned, by numbers of days."""
        return self.hospital.problem

    @property
    def late(self) -> tuple[TheatreDay, ...]:
        """The days whose chance to overrun is above the one that was asked for."""
        most = 1.0 if self.overrun is None else self.overrun
        return tuple(each for each in self.theatre_days if each.chance > most)


def _name(request: PlanHospitalRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.PLAN_HOSPITAL, Kind.HOSPITAL, _name)
def plan_hospital(context: Context, request: PlanHospitalRequest) -> PlannedHospital:
    """Read a hospital, search for its best plan, and check it.

    The first interrupt ends the search and the bound, and what was found is returned; no later one
    is heard.

    Parameters
    ----------
    context : Context
        What is in use.
    request : PlanHospitalRequest
        Which hospital, and how long.

    Returns
    -------
    PlannedHospital
        With a bound as far as it had come about a second after the search; what the bound is may
        differ from run to run, also where the plan does not.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it; every fault is named with its path.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    hospital = read_hospital(request.instance)
    warm = None if request.warm is None else read_plan(request.warm, hospital, earlier=True)
    refuse_plan_place(hospital, request.out)
    refuse(conflicts(hospital.problem), hospital, request.instance)
    seconds = min(BOUND, BOUND_SHARE * (request.stop.seconds or BOUND / BOUND_SHARE))
    with Bounding(hospital.problem, seconds) as bounding, interrupts(1) as asked:
        searches = _Searches(request, bounding, asked)
        plan = planned(hospital, searches, warm=warm, overrun=request.overrun, over=asked.is_set)
        with interrupts(0) as again:
            if asked.is_set():
                request.progress(say("stopping"), 1.0)
            bound = bounding.result(0.0 if asked.is_set() else AFTER)
            verification = verify(hospital.problem, plan)
            if verification.total_violations and not asked.is_set():
                proved = conflicts(hospital.problem, seconds=BOUND, over=again.is_set)
                refuse(proved, hospital, request.instance)
            return PlannedHospital(
                hospital,
                plan,
                verification,
                _together(searches.ended),
                bound,
                verify_nurse_rules(hospital, plan),
                theatre_days(Lengths.of(hospital.problem, hospital.known), plan),
                request.overrun,
            )


class _Searches:
    """One search after the other, which share the time that is given."""

    def __init__(self, request: PlanHospitalRequest, bounding: Bounding, asked: Event) -> None:
        self._request, self._bounding, self._asked = request, bounding, asked
        self._done = 0.0
        self.ended: list[Progress] = []

    def __call__(self, problem: HospitalProblem, begin: HospitalPlan | None) -> HospitalPlan:
        request, share = self._request, self._share()
        part = part_of(request.progress, self._done, self._done + share)
        last = Progress(0.0, 0.0, 0, 0, 0)

        def watch(now: Progress) -> None:
            nonlocal last
            last = now
            part(progress_sentence(now, self._bounding.latest.total), now.part)

        plan = solve(
            problem,
            _part_of_stop(request.stop, share),
            request.seed,
            cores=request.cores,
            warm=begin,
            watch=watch,
        )
        self._done += share
        self.ended.append(last)
        return plan

    def _share(self) -> float:
        if self._request.overrun is None:
            return 1.0
        return NEXT * (1 - self._done) if self._done else FIRST


def _part_of_stop(stop: Stop, share: float) -> Stop:
    if stop.seconds is not None:
        return Stop(share * stop.seconds)
    return Stop(iterations=max(1, int(share * (stop.iterations or 0))))


def _together(searches: list[Progress]) -> Progress:
    """Add up what several searches took, one after the other."""
    return replace(
        searches[-1],
        seconds=sum(each.seconds for each in searches),
        tried=sum(each.tried for each in searches),
    )


def refuse(found: tuple[Conflict, ...], hospital: Hospital, instance: Path) -> None:
    """Raise what proves that no plan keeps the rules, if anything does."""
    if found:
        raise InfeasibleHospitalError(in_dates(found, hospital), str(instance))


def in_dates(found: tuple[Conflict, ...], hospital: Hospital) -> tuple[Conflict, ...]:
    """Tell conflicts by date, where a hospital has dates."""
    if not hospital.dated:
        return found
    return tuple(replace(each, what=_dated(each, hospital.calendar)) for each in found)


def _dated(conflict: Conflict, calendar: Calendar) -> Message:
    span, what = conflict.span, conflict.what
    first, last = calendar.date_of(span.first), calendar.date_of(span.last)
    when = say("from {first} to {last}", first=first, last=last)
    if span.first == span.last:
        when = say("on {day}", day=first)
    told: dict[str, Message | date] = {"when": when, "last": last}
    return replace(what, values={name: told.get(name, each) for name, each in what.values.items()})


def progress_sentence(now: Progress, bound: int | None = None) -> Message:
    """Say how far a search has come.

    Parameters
    ----------
    now : Progress
        As the search tells it.
    bound : int, optional
        What every plan costs at least.

    Returns
    -------
    Message
    """
    rate = now.tried / max(now.seconds, 1e-9) / 1e6
    if now.broken:
        return say(
            "{broken} too many or minutes over, cost {cost}, {rate:.1f} million moves a second",
            broken=now.broken,
            cost=now.cost,
            rate=rate,
        )
    if not bound:
        return say("cost {cost}, {rate:.1f} million moves a second", cost=now.cost, rate=rate)
    return say(
        "cost {cost}, at least {bound}, {rate:.1f} million moves a second",
        cost=now.cost,
        bound=bound,
        rate=rate,
    )
