"""How far a new plan is from the old one, counted from the two plans alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.replan.begun import nurses, people

if TYPE_CHECKING:
    from salus.allocate.hospital.keep import Perturbation
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


@dataclass(frozen=True, slots=True)
class Moved:
    """A patient whose admission is another one.

    Parameters
    ----------
    patient : str
        Key.
    before, after : Admission or None
        ``None`` where the patient is not admitted.
    """

    patient: str
    before: Admission | None
    after: Admission | None


@dataclass(frozen=True, slots=True)
class Handed:
    """A room that another nurse looks after in one shift.

    Parameters
    ----------
    room : str
        Key.
    shift : int
        Counted over the whole horizon.
    before : str
        Nurse of the old plan.
    after : str or None
        Nurse of the new one; ``None`` where nobody looks after the room now.
    """

    room: str
    shift: int
    before: str
    after: str | None


@dataclass(frozen=True, slots=True)
class Distance:
    """How many things differ between two plans.

    Parameters
    ----------
    day : int
        Patients of both plans with another day of admission.
    room, theatre : int
        Patients of both plans in another room, in another theatre.
    nurse : int
        Rooms and shifts with another nurse, though the one before is on duty.
    lost : int
        Patients who are not admitted any more.
    """

    day: int
    room: int
    theatre: int
    nurse: int
    lost: int

    def cost(self, weights: Perturbation) -> int:
        """Add up what the changes cost.

        Examples
        --------
        >>> from salus.allocate.hospital.keep import Perturbation
        >>> Distance(1, 2, 0, 3, 0).cost(Perturbation(100, 10, 5, 1))
        123
        """
        return (
            (self.day + self.lost) * weights.day
            + self.room * weights.room
            + self.theatre * weights.theatre
            + self.nurse * weights.nurse
        )


def moved(problem: HospitalProblem, old: HospitalPlan, new: HospitalPlan) -> tuple[Moved, ...]:
    """List the patients whose admission is another one, new ones and lost ones among them.

    Parameters
    ----------
    problem : HospitalProblem
        After the events; who is not in it has withdrawn, and is not listed.
    old, new : HospitalPlan
        Before and after.

    Returns
    -------
    tuple of Moved
        In the order of the problem.
    """
    before = {each.patient: each for each in old.admissions}
    after = {each.patient: each for each in new.admissions}
    both = (Moved(each.id, before.get(each.id), after.get(each.id)) for each in problem.patients)
    return tuple(each for each in both if each.before != each.after)


def handed(problem: HospitalProblem, old: HospitalPlan, new: HospitalPlan) -> tuple[Handed, ...]:
    """List the rooms and shifts with people that another nurse looks after.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    old, new : HospitalPlan
        Before and after.

    Returns
    -------
    tuple of Handed
        In the order of the shifts, and of the rooms in each; only where the old plan names a nurse.
    """
    had, has = nurses(old), nurses(new)
    held, shifts = people(problem, new), len(problem.shifts)
    return tuple(
        Handed(room, shift, had[room, shift], has.get((room, shift)))
        for shift in range(problem.horizon)
        for room in (each.id for each in problem.rooms)
        if (room, shift) in had
        and (room, shift // shifts) in held
        and had[room, shift] != has.get((room, shift))
    )


def distance(problem: HospitalProblem, old: HospitalPlan, new: HospitalPlan) -> Distance:
    """Count what differs between two plans.

    Parameters
    ----------
    problem : HospitalProblem
        After the events.
    old, new : HospitalPlan
        Before and after.

    Returns
    -------
    Distance
        Who is admitted now and was not before counts nothing: nobody was told of another day. Nor
        does a room whose nurse is away: it must be handed over.
    """
    moves = [(each.before, each.after) for each in moved(problem, old, new)]
    both = [(before, after) for before, after in moves if before and after]
    on_duty = {each.id: each.loads for each in problem.nurses}
    return Distance(
        sum(before.day != after.day for before, after in both),
        sum(before.room != after.room for before, after in both),
        sum(before.theatre != after.theatre for before, after in both),
        sum(each.shift in on_duty[each.before] for each in handed(problem, old, new)),
        sum(after is None for _, after in moves),
    )
