"""Write instances and solutions as the competition publishes them."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.names import FIELDS, NOT_ADMITTED

if TYPE_CHECKING:
    from salus.allocate.hospital.people import Occupant, Patient, Person
    from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Nurse
    from salus.core.canonical import Json

    Row = dict[str, Json]


def solution_text(problem: HospitalProblem, plan: HospitalPlan) -> str:
    """Write a plan as a solution file of the competition.

    All patients are listed in the order of the problem, and the duties in the order of the plan.

    Parameters
    ----------
    problem : HospitalProblem
        What was to be planned.
    plan : HospitalPlan
        What was decided.

    Returns
    -------
    str
        What belongs into the file, byte by byte as the published ones.
    """
    admissions = {each.patient: each for each in plan.admissions}
    patients = [_admission(each.id, admissions.get(each.id)) for each in problem.patients]
    nurses = [
        {"id": nurse, "assignments": [_duty(each, problem.shifts) for each in duties]}
        for nurse, duties in groupby(plan.duties, key=lambda each: each.nurse)
    ]
    return json.dumps({"patients": patients, "nurses": nurses}, indent=2)


def instance_text(problem: HospitalProblem) -> str:
    """Write a problem as an instance file of the competition.

    Parameters
    ----------
    problem : HospitalProblem
        What is to be planned.

    Returns
    -------
    str
        What belongs into the file.
    """
    weights = {key: getattr(problem.weights, name) for name, key in FIELDS["weights"].items()}
    document = {
        "days": problem.days,
        "skill_levels": problem.levels,
        "shift_types": list(problem.shifts),
        "age_groups": list(problem.ages),
        "weights": weights,
        "occupants": [_occupant(each, problem) for each in problem.occupants],
        "patients": [_patient(each, problem) for each in problem.patients],
        "surgeons": [
            {"id": each.id, "max_surgery_time": each.minutes.tolist()} for each in problem.surgeons
        ],
        "operating_theaters": [
            {"id": each.id, "availability": each.minutes.tolist()} for each in problem.theatres
        ],
        "rooms": [{"id": each.id, "capacity": each.beds} for each in problem.rooms],
        "nurses": [_nurse(each, problem.shifts) for each in problem.nurses],
    }
    return json.dumps(document, indent=2)


def _admission(patient: str, admission: Admission | None) -> Row:
    if admission is None:
        return {"id": patient, "admission_day": NOT_ADMITTED}
    return {
        "id": patient,
        "admission_day": admission.day,
        "room": admission.room,
        "operating_theater": admission.theatre,
    }


def _when(shift: int, shifts: tuple[str, ...]) -> Row:
    day, place = divmod(shift, len(shifts))
    return {"day": day, "shift": shifts[place]}


def _duty(duty: Duty, shifts: tuple[str, ...]) -> Row:
    return {**_when(duty.shift, shifts), "rooms": list(duty.rooms)}


def _occupant(occupant: Occupant, problem: HospitalProblem) -> Row:
    return {
        "id": occupant.id,
        **_body(occupant, problem),
        **_care(occupant),
        "room_id": occupant.room,
    }


def _patient(patient: Patient, problem: HospitalProblem) -> Row:
    return {
        "id": patient.id,
        "mandatory": patient.mandatory,
        **_body(patient, problem),
        "surgery_release_day": patient.release,
        **({} if patient.due is None else {"surgery_due_day": patient.due}),
        "surgery_duration": patient.minutes,
        "surgeon_id": patient.surgeon,
        "incompatible_room_ids": [each.id for each in problem.rooms if each.id in patient.barred],
        **_care(patient),
    }


def _body(person: Person, problem: HospitalProblem) -> Row:
    return {
        "gender": person.gender.value,
        "age_group": problem.ages[person.age],
        "length_of_stay": person.stay,
    }


def _care(person: Person) -> Row:
    return {
        "workload_produced": person.work.tolist(),
        "skill_level_required": person.need.tolist(),
    }


def _nurse(nurse: Nurse, shifts: tuple[str, ...]) -> Row:
    roster: list[Json] = [
        {**_when(shift, shifts), "max_load": most} for shift, most in nurse.loads.items()
    ]
    return {"id": nurse.id, "skill_level": nurse.skill, "working_shifts": roster}
