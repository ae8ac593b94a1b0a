"""What is left to decide on the morning of a day, as a problem of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.replan.begun import begun

if TYPE_CHECKING:
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


def rest(problem: HospitalProblem, plan: HospitalPlan, today: int) -> HospitalProblem:
    """Fix who has begun, and let nobody else be admitted before a day.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    plan : HospitalPlan
        From before them.
    today : int
        First day that may change.

    Returns
    -------
    HospitalProblem
        In which whoever has begun has one day and one room. Who should have been admitted before
        the day and was not is due on it.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> left = rest(random_hospital(7), HospitalPlan((), ()), 2)
    >>> min(each.release for each in left.patients)
    2
    """
    inside = begun(plan, today)
    rooms = frozenset(each.id for each in problem.rooms)
    patients = []
    for each in problem.patients:
        if each.id in inside:
            day, room = inside[each.id].day, inside[each.id].room
            barred = rooms - {room}
            left = replace(each, mandatory=True, release=day, due=day, barred=barred)
        else:
            due = None if each.due is None else max(each.due, today)
            left = replace(each, release=max(each.release, today), due=due)
        patients.append(left)
    return replace(problem, patients=tuple(patients))
