"""The tables of the weeks of the busiest hospital."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.people import Gender
from salus.service.weeks.measures import days_of
from salus.service.weeks.plan_weeks import PlannedWeeks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.tables.schemas import Row


def hospital_patients(day: Day) -> Iterator[Row]:
    """Lay out who is admitted when and where, and who is postponed; by request, never by person."""
    weeks = day.weeks
    if not isinstance(weeks, PlannedWeeks):
        return
    admitted = {each.patient: each for each in weeks.plan.admissions}
    for patient in weeks.problem.patients:
        found = admitted.get(patient.id)
        yield {
            "facility_id": weeks.stated.hospital.facility_id,
            "request": patient.id,
            "synthetic": day.synthetic,
            "must_be_admitted": patient.mandatory,
            "from_day": weeks.day(patient.release).isoformat(),
            "until_day": None if patient.due is None else weeks.day(patient.due).isoformat(),
            "day": None if found is None else weeks.day(found.day).isoformat(),
            "delay_days": None if found is None else found.day - patient.release,
            "stay_days": patient.stay,
            "room": None if found is None else found.room,
            "theatre": None if found is None else found.theatre,
            "surgeon": patient.surgeon,
            "surgery_minutes": patient.minutes,
        }


def hospital_rooms(day: Day) -> Iterator[Row]:
    """Lay out how many lie in each room that is planned, day by day."""
    weeks = day.weeks
    if not isinstance(weeks, PlannedWeeks):
        return
    for room in weeks.problem.rooms:
        for number in range(weeks.problem.days):
            people = [s.person.gender for s in weeks.weeks.people.get((room.id, number), ())]
            yield {
                "facility_id": weeks.stated.hospital.facility_id,
                "room": room.id,
                "day": weeks.day(number).isoformat(),
                "beds": room.beds,
                "women": people.count(Gender.A),
                "men": people.count(Gender.B),
            }


def hospital_nurses(day: Day) -> Iterator[Row]:
    """Lay out which nurse looks after which rooms in which shift."""
    weeks = day.weeks
    if not isinstance(weeks, PlannedWeeks):
        return
    problem, laid = weeks.problem, weeks.weeks
    for nurse in problem.nurses:
        for shift, most in sorted(nurse.loads.items()):
            number, name = divmod(shift, len(problem.shifts))
            yield {
                "facility_id": weeks.stated.hospital.facility_id,
                "nurse": nurse.id,
                "skill": nurse.skill,
                "day": weeks.day(number).isoformat(),
                "shift": problem.shifts[name],
                "rooms": " ".join(laid.rooms.get((nurse.id, shift), ())),
                "work": laid.load(nurse.id, shift),
                "most_work": most,
            }


def hospital_days(day: Day) -> Iterator[Row]:
    """Lay out each day of the plan: admissions, theatres, beds and overload."""
    weeks = day.weeks
    if not isinstance(weeks, PlannedWeeks):
        return
    for each in days_of(weeks):
        yield {
            "facility_id": weeks.stated.hospital.facility_id,
            "day": weeks.day(each.number).isoformat(),
            "admitted": each.admitted,
            "surgery_minutes": each.operated,
            "open_minutes": each.open,
            "beds": each.beds,
            "women": each.women,
            "men": each.men,
            "overload": each.overload,
        }
