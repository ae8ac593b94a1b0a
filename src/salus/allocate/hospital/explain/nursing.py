"""What one more nurse in a shift would save, when the best rooms move to them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.unit import Kind, Unit, usual_most
from salus.allocate.hospital.explain.weeks import Weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from salus.allocate.hospital.explain.weeks import Stay
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


@dataclass(frozen=True, slots=True)
class Relief:
    """What one more nurse in a shift would take over.

    Parameters
    ----------
    unit : Unit
        The nurse.
    rooms : tuple of str
        Which rooms.
    saving : int
        Of overload, skill and continuity.
    """

    unit: Unit
    rooms: tuple[str, ...]
    saving: int


@dataclass(frozen=True, slots=True)
class _Room:
    key: str
    nurse: str
    work: int
    saved: int  # skill and continuity, whoever else is relieved


def reliefs(problem: HospitalProblem, plan: HospitalPlan) -> list[Relief]:
    """Find what one more nurse would save, shift by shift.

    Rooms are given to the new nurse one after the other, always the one that saves most, as long as
    any does. The new nurse has one shift, so whoever is moved meets one nurse more, unless the old
    nurse cared for them in this shift only.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it.

    Returns
    -------
    list of Relief
        At most one for each shift, of the level that saves most, the lowest of equals; what saves
        most first.
    """
    weeks = Weeks.of(problem, plan)
    meets = Counter(
        (stay, weeks.nurse.get((stay.room, shift)))
        for stay in weeks.stays
        for day in stay.days
        for shift in weeks.shifts(day)
    )
    usual = [usual_most(problem, level) for level in range(problem.levels)]
    found = []
    for shift in range(problem.horizon):
        day, place = divmod(shift, len(problem.shifts))
        tried = [
            _relieved(
                weeks,
                Unit(Kind.NURSE, problem.shifts[place], day, level),
                list(_rooms(weeks, shift, level, meets)),
                usual[level],
            )
            for level in range(problem.levels)
        ]
        found.append(max(tried, key=lambda relief: relief.saving))
    return sorted((each for each in found if each.saving), key=lambda each: -each.saving)


def _rooms(
    weeks: Weeks, shift: int, level: int, meets: Counter[tuple[Stay, str | None]]
) -> Iterator[_Room]:
    problem, count = weeks.problem, len(weeks.problem.shifts)
    weights, skill = problem.weights, {each.id: each.skill for each in problem.nurses}
    for room in problem.rooms:
        stays = weeks.people.get((room.id, shift // count), ())
        nurse = weeks.nurse.get((room.id, shift))
        if stays and nurse is not None:
            needs = [stay.need(shift, count) for stay in stays]
            better = sum(max(0, need - skill[nurse]) - max(0, need - level) for need in needs)
            more = sum(meets[stay, nurse] > 1 for stay in stays)
            work = sum(stay.work(shift, count) for stay in stays)
            saved = weights.skill * better - weights.continuity * more
            yield _Room(room.id, nurse, work, saved)


def _relieved(weeks: Weeks, unit: Unit, rooms: Sequence[_Room], most: int) -> Relief:
    problem, left = weeks.problem, list(rooms)
    shift = (unit.day or 0) * len(problem.shifts) + problem.shifts.index(unit.key)
    loads = {
        each.id: weeks.load(each.id, shift) - each.loads[shift]
        for each in problem.nurses
        if shift in each.loads
    }
    own, whole = -most, 0
    taken: list[str] = []
    while left:
        saves = [_saves(each, loads[each.nurse], own, problem.weights.overload) for each in left]
        best = max(range(len(left)), key=lambda at: saves[at])
        if saves[best] <= 0:
            break
        room = left.pop(best)
        whole += saves[best]
        loads[room.nurse] -= room.work
        own += room.work
        taken.append(room.key)
    return Relief(unit, tuple(taken), whole)


def _saves(room: _Room, load: int, own: int, weight: int) -> int:
    relieved = max(0, load) - max(0, load - room.work)
    burdened = max(0, own + room.work) - max(0, own)
    return room.saved + weight * (relieved - burdened)
