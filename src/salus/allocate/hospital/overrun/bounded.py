"""A plan in which no day of a theatre is too likely to take longer than it may."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.overrun.chance import theatre_days
from salus.allocate.hospital.verify import verify
from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from salus.allocate.hospital.overrun.chance import Lengths, TheatreDay
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem

    PlanWith = Callable[[HospitalProblem, HospitalPlan | None], HospitalPlan]

WIDE = 4
"""A day is looked at up to so many times the minutes that it may take."""

ROUNDS = 20
"""Most plans, where each gets half of the time that is left."""


@dataclass(frozen=True, slots=True, eq=False)
class BoundedPlan:
    """A plan whose days in theatre end in time with at least a given chance.

    Parameters
    ----------
    plan : HospitalPlan
        What was decided.
    problem : HospitalProblem
        That it solves, with fewer minutes on some days of theatres.
    days : tuple of TheatreDay
        Each day with a surgery, with the minutes that it may really take.
    rounds : int
        How many plans were made to come to it.
    """

    plan: HospitalPlan
    problem: HospitalProblem
    days: tuple[TheatreDay, ...]
    rounds: int


def within_overrun(
    problem: HospitalProblem,
    lengths: Lengths,
    bound: float,
    plan_with: PlanWith,
    *,
    warm: HospitalPlan | None = None,
    over: Callable[[], bool] = lambda: False,
) -> BoundedPlan:
    """Plan so that each day of a theatre is unlikely to take longer than it may.

    A plan is made; where a day is too likely to overrun, the minutes that may be planned there are
    lowered below what was planned, and so they are on days alike, but not below what is planned
    there in time; the next plan starts from this one. Where a plan breaks rules with the minutes
    that are left, the next one starts from it and has the same minutes.

    Parameters
    ----------
    problem : HospitalProblem
        To plan.
    lengths : Lengths
        Distributions of its surgeries.
    bound : float
        Largest chance that a day of a theatre with surgeries takes longer, between 0 and 1.
    plan_with : callable
        Makes a plan of a problem, from the one before if there is one.
    warm : HospitalPlan, optional
        Plan to begin with.
    over : callable, optional
        Tells whether no further plan is to be made.

    Returns
    -------
    BoundedPlan
        The last plan that breaks no rule, and the first one where none does. Some of its days may
        overrun with a larger chance: where it is over, after ``ROUNDS`` plans, and where a day has
        no minutes left to lower, as it holds emergencies alone beside surgeries of 0 minutes.

    Raises
    ------
    InputError
        If a mandatory patient has no theatre and day within the bound even alone.
    """
    _refuse_impossible(lengths, bound)
    left = {each.id: each.minutes.copy() for each in problem.theatres}
    found = _bounded(problem, plan_with(problem, warm), lengths, 1)
    if verify(problem, found.plan).total_violations:
        return found
    latest, tightened, kept = found.plan, problem, True
    for rounds in range(2, ROUNDS + 1):
        if over() or not any(each.chance > bound for each in found.days):
            break
        if kept:
            if not _tighten(left, lengths, found.days, bound):
                break
            tightened = _with(problem, left)
        latest = plan_with(tightened, latest)
        kept = not verify(tightened, latest).total_violations
        if kept:
            found = _bounded(tightened, latest, lengths, rounds)
    return found


def _bounded(
    problem: HospitalProblem, plan: HospitalPlan, lengths: Lengths, rounds: int
) -> BoundedPlan:
    return BoundedPlan(plan, problem, theatre_days(lengths, plan), rounds)


def _tighten(
    left: Mapping[str, NDArray[np.int64]],
    lengths: Lengths,
    days: tuple[TheatreDay, ...],
    bound: float,
) -> bool:
    """Lower what may be planned, also on days alike, but never below what is planned well there.

    Tells whether anything is lower now.
    """
    before = sum(int(each.sum()) for each in left.values())
    planned = {(each.theatre, each.day): each.planned for each in days if each.chance <= bound}
    loosest: dict[tuple[int, float], int] = {}
    for each in days:
        if each.chance > bound:
            fewer = max(0, min(each.planned - 1, _fewer(lengths, each, bound)))
            left[each.theatre][each.day] = fewer
            kind = lengths.kind(each.theatre, each.day)
            loosest[kind] = max(fewer, loosest.get(kind, 0))
    for theatre, minutes in left.items():
        for day, now in enumerate(minutes.tolist()):
            most = loosest.get(lengths.kind(theatre, day), now)
            minutes[day] = min(now, max(most, planned.get((theatre, day), 0)))
    return sum(int(each.sum()) for each in left.values()) < before


def _with(problem: HospitalProblem, left: Mapping[str, NDArray[np.int64]]) -> HospitalProblem:
    theatres = (replace(each, minutes=left[each.id].copy()) for each in problem.theatres)
    return replace(problem, theatres=tuple(theatres))


def _fewer(lengths: Lengths, day: TheatreDay, bound: float) -> int:
    """Return how many minutes of such surgeries would end in time with the chance asked for."""
    most = WIDE * max(1, day.minutes)
    ended = np.cumsum(lengths.ends(day.theatre, day.day, day.patients, most))
    late = int(np.searchsorted(ended, 1 - bound)) or 1
    return int(day.planned * day.minutes / late)


def _refuse_impossible(lengths: Lengths, bound: float) -> None:
    problem, faults = lengths.problem, Faults()
    if not 0 < bound < 1:
        remedy = say("write a number between {low} and {high}", low=0, high=1)
        faults.add(say("out of range"), Where("--overrun"), remedy, bound)
    surgeons = {each.id: each.minutes for each in problem.surgeons}
    for patient in problem.patients if not len(faults) else ():
        days = range(patient.release, problem.last_day(patient) + 1) if patient.mandatory else ()
        chances = [
            lengths.day(theatre.id, day, (patient.id,)).chance
            for day in days
            for theatre in problem.theatres
            if patient.minutes <= min(theatre.minutes[day], surgeons[patient.surgeon][day])
        ]
        if chances and min(chances) > bound:
            what = say(
                "this patient alone overruns each day of a theatre with a chance of at least "
                "{chance:.3g}",
                chance=min(chances),
            )
            remedy = say("allow a larger chance, or more minutes")
            faults.add(what, Where("--overrun"), remedy, patient.id)
    faults.stop()
