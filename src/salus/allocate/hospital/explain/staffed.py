"""A plan in which empty rooms have a nurse, so that somebody may be laid into them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.allocate.hospital.plan import Duty

if TYPE_CHECKING:
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


def staffed(problem: HospitalProblem, plan: HospitalPlan) -> HospitalPlan:
    """Give empty rooms without a nurse to whoever on duty may still do most.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it.

    Returns
    -------
    HospitalPlan
        It breaks and costs what the plan does; rooms with people stay as they are.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> hospital = random_hospital(3)
    >>> len(staffed(hospital, HospitalPlan((), ())).duties) > 0
    True
    """
    weeks, count = Weeks.of(problem, plan), len(problem.shifts)
    given: dict[tuple[str, int], list[str]] = defaultdict(list)
    for shift in range(problem.horizon):
        bare = [
            room.id
            for room in problem.rooms
            if (room.id, shift) not in weeks.nurse and (room.id, shift // count) not in weeks.people
        ]
        if bare:
            spare = {
                nurse.id: nurse.loads[shift] - weeks.load(nurse.id, shift)
                for nurse in problem.nurses
                if shift in nurse.loads
            }
            given[max(spare, key=lambda each: spare[each]), shift] += bare
    more = tuple(Duty(nurse, shift, tuple(rooms)) for (nurse, shift), rooms in given.items())
    return replace(plan, duties=(*plan.duties, *more))
