"""A hospital as its people speak of it: the problem, and its dates, wards, hours and rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from salus.allocate.hospital.calendar import Calendar
from salus.allocate.hospital.nurse_rules import NurseRules
from salus.allocate.hospital.surgeries import SurgeryKnown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from salus.allocate.hospital.problem import HospitalProblem


@dataclass(frozen=True, slots=True, eq=False)
class Hospital:
    """What a file or a folder states of a hospital and its weeks.

    Parameters
    ----------
    problem : HospitalProblem
        What is to be planned, by numbers of days.
    calendar : Calendar
        When its days and shifts are.
    skills : tuple of str
        Names of the skill levels, from the lowest.
    wards : mapping of str to str
        Ward of each room that has one.
    teams : mapping of str to str
        Ward of each nurse who belongs to one.
    rules : NurseRules
        Rules of the work of nurses beyond those of the competition.
    known : SurgeryKnown
        How long surgeries take, and what comes between them.
    dated : bool
        Whether the first day of the calendar was stated, so that days may be told by date.
    cares : mapping of str to str
        Key of the care of everybody for whom one is named.
    genders : tuple of str
        What A and B are called.
    """

    problem: HospitalProblem
    calendar: Calendar
    skills: tuple[str, ...]
    wards: Mapping[str, str] = field(default_factory=dict)
    teams: Mapping[str, str] = field(default_factory=dict)
    rules: NurseRules = field(default_factory=NurseRules)
    known: SurgeryKnown = field(default_factory=SurgeryKnown)
    dated: bool = True
    cares: Mapping[str, str] = field(default_factory=dict)
    genders: tuple[str, str] = ("A", "B")

    @property
    def first(self) -> date | None:
        """The first day; ``None`` where days have numbers only."""
        return self.calendar.first if self.dated else None

    @classmethod
    def plain(cls, problem: HospitalProblem, first: date | None = None) -> Hospital:
        """Give a problem of which no more is known a calendar and names.

        Parameters
        ----------
        problem : HospitalProblem
            Of the competition.
        first : date, optional
            Day 0.

        Returns
        -------
        Hospital
            With shifts of one length, and levels called by their numbers.

        Examples
        --------
        >>> from salus.allocate.hospital.checks import random_hospital
        >>> Hospital.plain(random_hospital(7)).skills
        ('0', '1', '2')
        """
        shifts = len(problem.shifts)
        calendar = Calendar.even(shifts) if first is None else Calendar.even(shifts, first)
        skills = tuple(str(level) for level in range(problem.levels))
        return cls(problem, calendar, skills, dated=first is not None)
