"""What of a plan has begun on the morning of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.plan import Duty, HospitalPlan

if TYPE_CHECKING:
    from salus.allocate.hospital.plan import Admission
    from salus.allocate.hospital.problem import HospitalProblem


def begun(plan: HospitalPlan, today: int) -> dict[str, Admission]:
    """Return the admissions before a day, by patient.

    Parameters
    ----------
    plan : HospitalPlan
        Each patient at most once.
    today : int
        The day.

    Examples
    --------
    >>> from salus.allocate.hospital.plan import Admission
    >>> both = (Admission("p0", 1, "r0", "t0"), Admission("p1", 2, "r0", "t0"))
    >>> list(begun(HospitalPlan(both, ()), 2))
    ['p0']
    """
    return {each.patient: each for each in plan.admissions if each.day < today}


def resumed(
    problem: HospitalProblem, old: HospitalPlan, new: HospitalPlan, today: int
) -> HospitalPlan:
    """Write what has begun into a new plan as it stands in the old one.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    old, new : HospitalPlan
        Before and after; the new one admits nobody else before the day.
    today : int
        The day.

    Returns
    -------
    HospitalPlan
        Theatres of the past are those of the old plan, too, and the nurses of empty rooms.
    """
    inside, first = begun(old, today), today * len(problem.shifts)
    past = {(room, shift): nurse for (room, shift), nurse in nurses(old).items() if shift < first}
    later = {(room, shift): nurse for (room, shift), nurse in nurses(new).items() if shift >= first}
    rooms: dict[tuple[str, int], list[str]] = {}
    for (room, shift), nurse in (past | later).items():
        rooms.setdefault((nurse, shift), []).append(room)
    return HospitalPlan(
        tuple(inside.get(each.patient, each) for each in new.admissions),
        tuple(
            Duty(nurse.id, shift, tuple(rooms[nurse.id, shift]))
            for nurse in problem.nurses
            for shift in range(problem.horizon)
            if (nurse.id, shift) in rooms
        ),
    )


def nurses(plan: HospitalPlan) -> dict[tuple[str, int], str]:
    """Return the nurse of each room in each shift: the last one that names it.

    Parameters
    ----------
    plan : HospitalPlan
        Any plan.

    Returns
    -------
    dict
        By room and shift.

    Examples
    --------
    >>> nurses(HospitalPlan((), (Duty("n0", 3, ("r0", "r1")), Duty("n1", 3, ("r1",)))))
    {('r0', 3): 'n0', ('r1', 3): 'n1'}
    """
    return {(room, each.shift): each.nurse for each in plan.duties for room in each.rooms}


def people(problem: HospitalProblem, plan: HospitalPlan) -> dict[tuple[str, int], set[str]]:
    """Return who lies in each room on each day; only where somebody does.

    Parameters
    ----------
    problem : HospitalProblem
        Knows everybody in the plan.
    plan : HospitalPlan
        Any plan.

    Returns
    -------
    dict
        By room and day: keys of occupants and patients.
    """
    stays = [(each.id, each.room, 0, each.stay) for each in problem.occupants]
    stays += [
        (each.patient, each.room, each.day, problem.patient[each.patient].stay)
        for each in plan.admissions
    ]
    found: dict[tuple[str, int], set[str]] = {}
    for who, room, first, days in stays:
        for day in range(first, min(problem.days, first + days)):
            found.setdefault((room, day), set()).add(who)
    return found
