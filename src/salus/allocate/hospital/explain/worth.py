"""What a nurse, a bed or hours more are worth at least, confirmed by verification."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.effect import Effect, readmitted
from salus.allocate.hospital.explain.emptied import emptied
from salus.allocate.hospital.explain.insertions import free_gains, gains, together
from salus.allocate.hospital.explain.nursing import reliefs
from salus.allocate.hospital.explain.staffed import staffed
from salus.allocate.hospital.explain.standing import Standing
from salus.allocate.hospital.explain.unit import HOUR, Kind, Unit, with_unit
from salus.allocate.hospital.plan import Duty
from salus.allocate.hospital.verify import verify
from salus.core.messages import say
from salus.core.progress import silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.core.progress import Progress


@dataclass(frozen=True, slots=True)
class Worth:
    """What more of something saves at least, with the rest of the plan kept.

    Parameters
    ----------
    unit : Unit
        More of what.
    effect : Effect
        What the plan breaks and costs more then; below 0 what is saved.
    admissions : tuple of Admission
        Who is admitted, admitted earlier or operated on elsewhere for it.
    rooms : tuple of str
        What one more nurse takes over.
    """

    unit: Unit
    effect: Effect
    admissions: tuple[Admission, ...] = ()
    rooms: tuple[str, ...] = ()

    @property
    def saving(self) -> int:
        """What is saved at least."""
        return -self.effect.cost

    @property
    def each(self) -> float:
        """What is saved at least by each hour, bed or nurse."""
        return self.saving / self.unit.count


@dataclass(frozen=True, slots=True)
class _Foretold:
    """What more of something should save, by which component is only known after verification."""

    unit: Unit
    saving: int
    admissions: tuple[Admission, ...] = ()
    rooms: tuple[str, ...] = ()

    @property
    def each(self) -> float:
        return self.saving / self.unit.count


@dataclass(frozen=True, slots=True)
class Worths:
    """What is worth most.

    Parameters
    ----------
    free : tuple of Admission
        Who could be admitted, or earlier, at a saving with what there is; none where the plan is
        good. All that follows is counted from the plan with these changes.
    saved : int
        What these save.
    worths : tuple of Worth
        What mends broken rules first, then what saves most by each; what is not named saves
        nothing that this search finds.
    """

    free: tuple[Admission, ...]
    saved: int
    worths: tuple[Worth, ...]


def worths(problem: HospitalProblem, plan: HospitalPlan, progress: Progress = silent) -> Worths:
    """Find which nurse, bed or hour is worth most.

    More of each is given to the hospital, and the plan is improved around it: patients who are
    postponed or wait move into what has become free, the one that saves most first; the cases of
    another theatre move where hours more let it stay closed; rooms move to one more nurse. All else
    stays as it is, so each worth is a lower bound. Of hours, as many are given as save most by the
    hour, up to ``MOST_HOURS``; nobody who is away is called in.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it.
    progress : callable
        Hears of each unit that may be worth something.

    Returns
    -------
    Worths
        Only what a verification of the changed plan in the larger hospital confirms.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> hospital = random_hospital(7)
    >>> all(each.saving > 0 for each in worths(hospital, random_plan(hospital, 7)).worths)
    True
    """
    plan = staffed(problem, plan)
    standing, first = Standing(problem, plan), verify(problem, plan)
    free = free_gains(standing)
    plan = readmitted(plan, free)
    now = verify(problem, plan)
    found = [*_beds_and_hours(standing), *_nurses(problem, plan)]
    confirmed = []
    for at, each in enumerate(found):
        progress(say("finding what one more is worth"), at / len(found))
        larger = with_unit(problem, each.unit)
        effect = Effect.of(now, verify(larger, _changed(larger, plan, each)))
        if effect.cost < 0 and all(n <= 0 for n in effect.violations.values()):
            confirmed.append(Worth(each.unit, effect, each.admissions, each.rooms))
    return Worths(
        tuple({each.patient: each for each in free}.values()),
        -Effect.of(first, now).cost,
        tuple(sorted(confirmed, key=lambda worth: (worth.effect.broken, -worth.each))),
    )


def _beds_and_hours(standing: Standing) -> Iterator[_Foretold]:
    seen: set[tuple[Kind, str, int | None]] = set()
    found = sorted((*_admitting(standing), *_closing(standing)), key=lambda each: -each.each)
    for each in found:
        place = (each.unit.kind, each.unit.key, each.unit.day)
        if place not in seen and each.saving > 0:
            seen.add(place)
            yield each


def _admitting(standing: Standing) -> Iterator[_Foretold]:
    found = gains(standing)
    places: dict[tuple[Kind, str, int | None], list[Unit]] = defaultdict(list)
    for unit in found:
        places[unit.kind, unit.key, unit.day].append(unit)
    for units in places.values():
        unit = max(units, key=lambda each: found[each][0].saving / each.count)
        some = [gain for each in units if each.count <= unit.count for gain in found[each]]
        _give(standing, unit, 1)
        saving, admissions = together(standing, sorted(some, key=lambda gain: -gain.saving))
        _give(standing, unit, -1)
        yield _Foretold(unit, saving, admissions)


def _closing(standing: Standing) -> Iterator[_Foretold]:
    return (_Foretold(*each) for each in emptied(standing))


def _give(standing: Standing, unit: Unit, sign: int) -> None:
    minutes = sign * HOUR * unit.count
    if unit.kind is Kind.BED:
        standing.beds[standing.rooms[unit.key]] += sign
    elif unit.kind is Kind.THEATRE_HOUR:
        standing.theatre_minutes[standing.theatres[unit.key], unit.day] += minutes
    else:
        standing.surgeon_minutes[standing.surgeons[unit.key], unit.day] += minutes


def _nurses(problem: HospitalProblem, plan: HospitalPlan) -> Iterator[_Foretold]:
    for relief in reliefs(problem, plan):
        yield _Foretold(relief.unit, relief.saving, rooms=relief.rooms)


def _changed(larger: HospitalProblem, plan: HospitalPlan, more: _Foretold) -> HospitalPlan:
    if more.unit.kind is not Kind.NURSE:
        return readmitted(plan, more.admissions)
    nurse = larger.nurses[-1]
    (shift,) = nurse.loads
    kept = (
        replace(each, rooms=tuple(room for room in each.rooms if room not in more.rooms))
        if each.shift == shift
        else each
        for each in plan.duties
    )
    return replace(plan, duties=(*kept, Duty(nurse.id, shift, more.rooms)))
