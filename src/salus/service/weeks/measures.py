"""How good the planned weeks of a hospital are, as a whole and day by day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.people import Gender

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.weeks.plan_weeks import PlannedWeeks


@dataclass(frozen=True, slots=True)
class OneDay:
    """One day of the plan.

    Parameters
    ----------
    number : int
        Of the day, from 0.
    admitted : int
        Patients.
    operated, open : int
        Minutes of operations, and minutes that all theatres could be used.
    women, men : int
        People in the rooms that are planned.
    beds : int
        Beds in these rooms.
    overload : int
        Work above the most of the nurses, in units.
    """

    number: int
    admitted: int
    operated: int
    open: int
    women: int
    men: int
    beds: int
    overload: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All days of the plan.

    Parameters
    ----------
    patients, admitted, mandatory : int
        Who wait, how many of them are admitted, and how many must be.
    delay : float
        Mean days from release to admission of those who are admitted; NaN where nobody is.
    theatre_use, bed_use : float
        Shares of the minutes and of the bed-days there are; NaN where there are none.
    """

    patients: int
    admitted: int
    mandatory: int
    delay: float
    theatre_use: float
    bed_use: float

    @property
    def postponed(self) -> int:
        """Who are not admitted."""
        return self.patients - self.admitted


def whole_of(weeks: PlannedWeeks) -> Whole:
    """Measure a plan as a whole."""
    days, patients = list(days_of(weeks)), weeks.problem.patients
    waited = [each.day - patient.release for patient, each in weeks.weeks.admitted()]
    return Whole(
        len(patients),
        len(waited),
        sum(each.mandatory for each in patients),
        _share(sum(waited), len(waited)),
        _share(sum(each.operated for each in days), sum(each.open for each in days)),
        _share(sum(each.women + each.men for each in days), sum(each.beds for each in days)),
    )


def days_of(weeks: PlannedWeeks) -> Iterator[OneDay]:
    """Measure each day of a plan."""
    problem, laid = weeks.problem, weeks.weeks
    beds, admitted = sum(room.beds for room in problem.rooms), list(laid.admitted())
    for day in range(problem.days):
        here = [patient for patient, each in admitted if each.day == day]
        people = [
            stay.person.gender
            for room in problem.rooms
            for stay in laid.people.get((room.id, day), ())
        ]
        yield OneDay(
            day,
            len(here),
            sum(patient.minutes for patient in here),
            sum(int(theatre.minutes[day]) for theatre in problem.theatres),
            people.count(Gender.A),
            people.count(Gender.B),
            beds,
            sum(_overload(weeks, shift) for shift in laid.shifts(day)),
        )


def _overload(weeks: PlannedWeeks, shift: int) -> int:
    return sum(
        max(0, weeks.weeks.load(nurse.id, shift) - nurse.loads[shift])
        for nurse in weeks.problem.nurses
        if shift in nurse.loads
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
