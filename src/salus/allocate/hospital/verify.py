"""A plan of a hospital, added up anew: plain, by definition, and knowing no solver.

Each rule is a function of its own that walks over days, rooms, nurses and people as the rule is
worded. Nothing here is shared with the search, so that neither can hide the other's mistakes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.readable import readable
from salus.allocate.hospital.verification import Hard, HospitalVerification, Soft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.people import Patient, Person
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


def verify(problem: HospitalProblem, plan: HospitalPlan) -> HospitalVerification:
    """Add up what a plan breaks and what it costs.

    Parameters
    ----------
    problem : HospitalProblem
        What was to be planned.
    plan : HospitalPlan
        What was decided, by anybody.

    Returns
    -------
    HospitalVerification
        Each component by the name that the competition's validator gives it.

    Raises
    ------
    UnfitError
        If the plan names what the hospital does not have or a day outside the horizon, admits a
        patient twice, or gives a nurse a room in a shift off duty.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital
    >>> from salus.allocate.hospital.plan import HospitalPlan
    >>> nobody = verify(random_hospital(3), HospitalPlan((), ()))
    >>> nobody.amounts[Soft.PATIENT_DELAY]
    0

    References
    ----------
    Integrated Healthcare Timetabling Competition 2024, problem specification.
    """
    readable(problem, plan)
    week = _Week.of(problem, plan)
    violations = {
        Hard.ROOM_GENDER_MIX: _gender_mix(week),
        Hard.PATIENT_ROOM_COMPATIBILITY: _unfit_rooms(week),
        Hard.SURGEON_OVERTIME: _surgeon_overtime(week),
        Hard.OPERATING_THEATER_OVERTIME: _theatre_overtime(week),
        Hard.MANDATORY_UNSCHEDULED_PATIENTS: _postponed(week, mandatory=True),
        Hard.ADMISSION_DAY: _wrong_days(week),
        Hard.ROOM_CAPACITY: _overfull(week),
        Hard.NURSE_PRESENCE: 0,
        Hard.UNCOVERED_ROOM: _uncovered(week),
    }
    amounts = {
        Soft.ROOM_AGE_MIX: _age_mix(week),
        Soft.ROOM_SKILL_LEVEL: _missing_skill(week),
        Soft.CONTINUITY_OF_CARE: _nurses_seen(week),
        Soft.EXCESSIVE_NURSE_WORKLOAD: _overload(week),
        Soft.OPEN_OPERATING_THEATER: _open_theatres(week),
        Soft.SURGEON_TRANSFER: _transfers(week),
        Soft.PATIENT_DELAY: _delay(week),
        Soft.ELECTIVE_UNSCHEDULED_PATIENTS: _postponed(week, mandatory=False),
    }
    return HospitalVerification(violations, amounts, problem.weights)


@dataclass(frozen=True, slots=True)
class _Stay:
    """Somebody in a room: from which day on, and what each shift asks for."""

    person: Person
    room: str
    first: int
    work: list[int]
    need: list[int]


@dataclass(frozen=True, slots=True)
class _Week:
    """A plan laid out: who lies where, who is operated on, and which nurse has which room."""

    problem: HospitalProblem
    admitted: list[tuple[Patient, Admission]]
    stays: list[_Stay]
    people: dict[tuple[str, int], list[_Stay]]  # in a room on a day; only where somebody is
    nurse: dict[tuple[str, int], str]  # of a room in a shift: the last that names it
    rooms: dict[tuple[str, int], list[str]]  # of a nurse in a shift: all that are named

    @classmethod
    def of(cls, problem: HospitalProblem, plan: HospitalPlan) -> _Week:
        admitted = [(problem.patient[each.patient], each) for each in plan.admissions]
        stays = [_stay(each, each.room, 0) for each in problem.occupants]
        stays += [_stay(patient, each.room, each.day) for patient, each in admitted]
        people: dict[tuple[str, int], list[_Stay]] = defaultdict(list)
        for stay in stays:
            for day in range(stay.first, min(problem.days, stay.first + stay.person.stay)):
                people[stay.room, day].append(stay)
        nurse: dict[tuple[str, int], str] = {}
        rooms: dict[tuple[str, int], list[str]] = defaultdict(list)
        for duty in plan.duties:
            rooms[duty.nurse, duty.shift] += duty.rooms
            for room in duty.rooms:
                nurse[room, duty.shift] = duty.nurse
        return cls(problem, admitted, stays, dict(people), nurse, dict(rooms))

    @property
    def each_shift(self) -> Iterator[tuple[str, int, list[_Stay]]]:
        """Each room and shift with people, and the people."""
        shifts = len(self.problem.shifts)
        for (room, day), stays in self.people.items():
            for shift in range(day * shifts, (day + 1) * shifts):
                yield room, shift, stays

    def since(self, stay: _Stay, shift: int) -> int:
        """Which shift of the stay a shift of the horizon is."""
        return shift - stay.first * len(self.problem.shifts)


def _stay(person: Person, room: str, first: int) -> _Stay:
    return _Stay(person, room, first, person.work.tolist(), person.need.tolist())


def _gender_mix(week: _Week) -> int:
    genders = [Counter(each.person.gender for each in stays) for stays in week.people.values()]
    return sum(min(count[Gender.A], count[Gender.B]) for count in genders)


def _unfit_rooms(week: _Week) -> int:
    return sum(each.room in patient.barred for patient, each in week.admitted)


def _surgeon_overtime(week: _Week) -> int:
    minutes: Counter[tuple[str, int]] = Counter()
    for patient, each in week.admitted:
        minutes[patient.surgeon, each.day] += patient.minutes
    most = {each.id: each.minutes.tolist() for each in week.problem.surgeons}
    return sum(max(0, took - most[surgeon][day]) for (surgeon, day), took in minutes.items())


def _theatre_overtime(week: _Week) -> int:
    minutes: Counter[tuple[str, int]] = Counter()
    for patient, each in week.admitted:
        minutes[each.theatre, each.day] += patient.minutes
    most = {each.id: each.minutes.tolist() for each in week.problem.theatres}
    return sum(max(0, took - most[theatre][day]) for (theatre, day), took in minutes.items())


def _postponed(week: _Week, *, mandatory: bool) -> int:
    inside = {patient.id for patient, _ in week.admitted}
    return sum(
        each.mandatory == mandatory and each.id not in inside for each in week.problem.patients
    )


def _wrong_days(week: _Week) -> int:
    return sum(
        not patient.release <= each.day <= week.problem.last_day(patient)
        for patient, each in week.admitted
    )


def _overfull(week: _Week) -> int:
    beds = {each.id: each.beds for each in week.problem.rooms}
    return sum(max(0, len(stays) - beds[room]) for (room, _), stays in week.people.items())


def _uncovered(week: _Week) -> int:
    return sum((room, shift) not in week.nurse for room, shift, _ in week.each_shift)


def _age_mix(week: _Week) -> int:
    ages = [[each.person.age for each in stays] for stays in week.people.values()]
    return sum(max(room) - min(room) for room in ages)


def _missing_skill(week: _Week) -> int:
    skill = {each.id: each.skill for each in week.problem.nurses}
    return sum(
        max(0, each.need[week.since(each, shift)] - skill[week.nurse[room, shift]])
        for room, shift, stays in week.each_shift
        if (room, shift) in week.nurse
        for each in stays
    )


def _nurses_seen(week: _Week) -> int:
    seen = {
        (each.person.id, week.nurse[room, shift])
        for room, shift, stays in week.each_shift
        if (room, shift) in week.nurse
        for each in stays
    }
    return len(seen)


def _overload(week: _Week) -> int:
    work: Counter[tuple[str, int]] = Counter()
    for room, shift, stays in week.each_shift:
        work[room, shift] = sum(each.work[week.since(each, shift)] for each in stays)
    most = {each.id: each.loads for each in week.problem.nurses}
    return sum(
        max(0, sum(work[room, shift] for room in rooms) - most[nurse][shift])
        for (nurse, shift), rooms in week.rooms.items()
        if rooms
    )


def _open_theatres(week: _Week) -> int:
    return len({(each.theatre, each.day) for _, each in week.admitted})


def _transfers(week: _Week) -> int:
    theatres = defaultdict(set)
    for patient, each in week.admitted:
        theatres[patient.surgeon, each.day].add(each.theatre)
    return sum(len(used) - 1 for used in theatres.values())


def _delay(week: _Week) -> int:
    return sum(max(0, each.day - patient.release) for patient, each in week.admitted)
