"""Why a patient is postponed or waits: the cheapest other way, confirmed by verification."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.effect import Effect, readmitted
from salus.allocate.hospital.explain.opening import lacks, openings
from salus.allocate.hospital.explain.staffed import staffed
from salus.allocate.hospital.explain.standing import Standing
from salus.allocate.hospital.verify import verify
from salus.core.messages import say
from salus.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from salus.allocate.hospital.explain.opening import Lack, Opening
    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.core.progress import Progress


@dataclass(frozen=True, slots=True)
class Free:
    """On how many days there would be what a patient needs.

    Parameters
    ----------
    days : int
        Days on which the patient might be admitted, or admitted earlier.
    surgeon, theatre, bed : int
        Of these, days on which the surgeon has the minutes, a theatre has them, and a fit room
        has a bed for the whole stay among people of the same gender.
    all : int
        Days on which all three are free.
    """

    days: int
    surgeon: int
    theatre: int
    bed: int
    all: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a patient is not admitted, or not earlier.

    Parameters
    ----------
    patient : str
        Key.
    now : Admission or None
        As planned; ``None`` where the patient is not admitted.
    way : Admission
        The other way that breaks fewest rules, then least, and then costs least: any day from
        release on, before the planned one, any fit room, any theatre; all else stays.
    effect : Effect
        What that way would break and cost more than the plan, by verification.
    lacks : tuple of Lack
        What there is too little of for it; empty where it breaks nothing.
    free : Free
        What would be free on how many days.
    """

    patient: str
    now: Admission | None
    way: Admission
    effect: Effect
    lacks: tuple[Lack, ...]
    free: Free


def reasons(
    problem: HospitalProblem, plan: HospitalPlan, progress: Progress = silent
) -> tuple[Reason, ...]:
    """Explain each patient who is not admitted, or waits past release.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it, whatever it breaks.
    progress : callable
        Hears of each patient.

    Returns
    -------
    tuple of Reason
        Who is not admitted first, in the order of the problem; then who waits, the longest first.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> hospital = random_hospital(3)
    >>> len(reasons(hospital, HospitalPlan((), ()))) == len(hospital.patients)
    True
    """
    plan = staffed(problem, plan)
    standing, before = Standing(problem, plan), verify(problem, plan)
    found: list[Reason] = []
    for at, patient in enumerate(problem.patients):
        progress(say("finding why patients wait"), at / len(problem.patients))
        now = standing.place.get(patient.id)
        days = earlier(problem, patient, now)
        if days and problem.theatres:
            if now is not None:
                standing.lift(patient)
            seen = list(openings(standing, patient, days))
            best = min((each.best(standing) for each in seen), key=lambda way: way.rank)
            changed = verify(problem, readmitted(plan, (best.admission,)))
            effect = Effect.of(before, changed)
            missing = tuple(lacks(standing, patient, best.admission))
            found.append(Reason(patient.id, now, best.admission, effect, missing, _free(seen)))
            if now is not None:
                standing.lay(patient, now)
    return tuple(sorted(found, key=lambda each: -_waits(problem, each)))


def earlier(problem: HospitalProblem, patient: Patient, now: Admission | None) -> range:
    """Days on which a patient might be admitted, before the planned one where there is one."""
    until = problem.last_day(patient) + 1
    return range(patient.release, until if now is None else min(until, now.day))


def _waits(problem: HospitalProblem, reason: Reason) -> int:
    if reason.now is None:
        return problem.days
    return reason.now.day - problem.patient[reason.patient].release


def _free(seen: Sequence[Opening]) -> Free:
    surgeon = [not each.theatres.surgeon for each in seen]
    theatre = [bool((each.theatres.over == 0).any()) for each in seen]
    bed = [bool((each.rooms.broken == 0).any()) for each in seen]
    both = zip(surgeon, theatre, bed, strict=True)
    return Free(len(seen), sum(surgeon), sum(theatre), sum(bed), sum(map(all, both)))
