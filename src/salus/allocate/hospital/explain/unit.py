"""More of something: a bed, hours of a theatre or surgeon, a nurse in a shift."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from statistics import median_low
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.site import MOST_BEDS, MOST_MINUTES
from salus.allocate.hospital.site import Nurse

if TYPE_CHECKING:
    from typing import TypeVar

    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Surgeon, Theatre

    _Timed = TypeVar("_Timed", Surgeon, Theatre)

HOUR, MOST_HOURS = 60, 8
"""Minutes of an hour, and how many hours more are thought of at most."""


class Kind(StrEnum):
    """What there is more of."""

    BED = "bed"
    """A bed in a room, on all days."""
    THEATRE_HOUR = "theatre hour"
    """Of a theatre on a day on which it is open."""
    SURGEON_HOUR = "surgeon hour"
    """Of a surgeon on a day on which they work."""
    NURSE = "nurse"
    """A nurse of a level in one shift."""


@dataclass(frozen=True, slots=True)
class Unit:
    """More of something.

    Parameters
    ----------
    kind : Kind
        Of what.
    key : str
        Of the room, theatre or surgeon; of a nurse the name of the shift.
    day : int or None
        On which day; ``None`` of a bed.
    level : int or None
        Skill of a nurse; ``None`` of all else.
    count : int
        How many hours; 1 of a bed or a nurse.
    """

    kind: Kind
    key: str
    day: int | None = None
    level: int | None = None
    count: int = 1


def with_unit(problem: HospitalProblem, unit: Unit) -> HospitalProblem:
    """Give a hospital more of something.

    Parameters
    ----------
    problem : HospitalProblem
        As it is.
    unit : Unit
        What it gets.

    Returns
    -------
    HospitalProblem

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> hospital = random_hospital(3)
    >>> more = with_unit(hospital, Unit(Kind.BED, "r0"))
    >>> more.rooms[0].beds - hospital.rooms[0].beds
    1
    """
    if unit.kind is Kind.BED:
        rooms = (
            replace(each, beds=each.beds + 1) if each.id == unit.key else each
            for each in problem.rooms
        )
        return replace(problem, rooms=tuple(rooms))
    if unit.kind is Kind.NURSE:
        return replace(problem, nurses=(*problem.nurses, one_more_nurse(problem, unit)))
    if unit.kind is Kind.THEATRE_HOUR:
        theatres = (_longer(each, unit) for each in problem.theatres)
        return replace(problem, theatres=tuple(theatres))
    return replace(problem, surgeons=tuple(_longer(each, unit) for each in problem.surgeons))


def possible(problem: HospitalProblem, unit: Unit) -> bool:
    """Tell whether a hospital can have so much more: no theatre is open for longer than a day.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> units = [Unit(Kind.THEATRE_HOUR, "t0", 0, count=count) for count in (1, 24)]
    >>> [possible(random_hospital(3), unit) for unit in units]
    [True, False]
    """
    if unit.kind is Kind.BED:
        return all(each.beds < MOST_BEDS for each in problem.rooms if each.id == unit.key)
    if unit.kind is Kind.THEATRE_HOUR:
        day, most = unit.day or 0, MOST_MINUTES - HOUR * unit.count
        return all(each.minutes[day] <= most for each in problem.theatres if each.id == unit.key)
    return True


def one_more_nurse(problem: HospitalProblem, unit: Unit) -> Nurse:
    """Make the nurse that there is one more of, who may do what is usual for the level.

    Parameters
    ----------
    problem : HospitalProblem
        As it is.
    unit : Unit
        A nurse.

    Returns
    -------
    Nurse
        With a key that nobody has, and one shift.
    """
    key, known = "+", {each.id for each in problem.nurses}
    while key in known:
        key += "+"
    level = unit.level or 0
    shift = (unit.day or 0) * len(problem.shifts) + problem.shifts.index(unit.key)
    return Nurse(key, level, {shift: usual_most(problem, level)})


def hours(minutes: int) -> int:
    """Tell how many whole hours hold some minutes."""
    return -(-int(minutes) // HOUR)


def usual_most(problem: HospitalProblem, level: int) -> int:
    """Tell how much work is the most for a nurse of a level: the median of their shifts."""
    loads = [most for each in problem.nurses for most in each.loads.values()]
    own = [most for each in problem.nurses if each.skill == level for most in each.loads.values()]
    return median_low(own or loads)


def _longer(each: _Timed, unit: Unit) -> _Timed:
    if each.id != unit.key or unit.day is None:
        return each
    minutes = each.minutes.copy()
    minutes[unit.day] += HOUR * unit.count
    return replace(each, minutes=minutes)
