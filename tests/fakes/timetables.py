"""Files of a small hospital's weeks, and a second way to add a plan up: by dense arrays."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from salus.allocate.hospital.checks import random_hospital, random_plan
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.people import Gender
from salus.allocate.hospital.site import Room, Surgeon, Theatre

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem

HOSPITAL = random_hospital(25)
"""4 days, rooms r0 to r2, two occupants; p0 must be admitted on day 0 or 1, p1 need not."""
PLAN = random_plan(HOSPITAL, 25)


def instance() -> Any:
    """Make the document of an instance that is right."""
    return json.loads(instance_text(HOSPITAL))


def solution() -> Any:
    """Make the document of a solution that can be read."""
    return json.loads(solution_text(HOSPITAL, PLAN))


def kept(folder: Path, document: Any, name: str = "file.json") -> Path:
    """Write a document, or a text as it is."""
    path = folder / name
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    return path


def roomy(minutes: int = 480) -> HospitalProblem:
    """Make a hospital of eight who must be operated on, 100 minutes each, with beds for all."""
    problem = random_hospital(7, patients=8)
    return replace(
        problem,
        theatres=tuple(
            Theatre(each.id, np.full(problem.days, minutes)) for each in problem.theatres
        ),
        surgeons=tuple(Surgeon(each.id, np.full(problem.days, 1000)) for each in problem.surgeons),
        rooms=(Room("hall", 99),),
        occupants=(),
        patients=tuple(
            replace(
                each,
                mandatory=True,
                release=0,
                due=problem.days - 1,
                minutes=100,
                gender=Gender.A,
                barred=frozenset(),
            )
            for each in problem.patients
        ),
    )


def crowded() -> HospitalProblem:
    """Make one of sixteen in four days of one theatre: four a day overrun too often."""
    problem = roomy()
    many = (replace(each, id=f"{each.id} {copy}") for copy in "ab" for each in problem.patients)
    return replace(problem, theatres=problem.theatres[:1], patients=tuple(many))


def dense_amounts(problem: HospitalProblem, plan: HospitalPlan) -> dict[str, int]:
    """Add up all components but admission by arrays over everybody, room, day and shift."""
    people, present = _present(problem, plan)
    rooms = [each.id for each in problem.rooms]
    shifts = len(problem.shifts)
    inside = present.sum(axis=0)
    genders = np.array([each.gender is Gender.A for each, _ in people], dtype=bool)
    ages = np.array([each.age for each, _ in people], dtype=np.int64)
    beds = np.array([each.beds for each in problem.rooms])
    women = present[genders].sum(axis=0)
    oldest = np.where(present, ages[:, None, None], -1).max(axis=0, initial=-1)
    youngest = np.where(present, ages[:, None, None], 99).min(axis=0, initial=99)
    by_shift = np.repeat(present, shifts, axis=2)
    work, need = _care(problem, people)
    nurse, named = _nurses(problem, plan, rooms)
    skill = np.array([each.skill for each in problem.nurses])
    lacking = np.maximum(need[:, None, :] - np.append(skill, 99)[nurse][None], 0)
    load = np.einsum("nrs,prs,ps->ns", named, by_shift, work)
    most = np.array(
        [[n.loads.get(s, 0) for s in range(problem.horizon)] for n in problem.nurses], dtype=int
    )
    seen = sum(len(set(nurse[by_shift[p] & (nurse >= 0)])) for p in range(len(people)))
    return {
        "RoomGenderMix": int(np.minimum(women, inside - women).sum()),
        "RoomCapacity": int(np.maximum(inside - beds[:, None], 0).sum()),
        "UncoveredRoom": int((by_shift.any(axis=0) & (nurse < 0)).sum()),
        "RoomAgeMix": int((oldest - youngest)[inside > 0].sum()),
        "RoomSkillLevel": int(lacking[by_shift].sum()),
        "ContinuityOfCare": seen,
        "ExcessiveNurseWorkload": int(np.maximum(load - most, 0).sum()),
    }


def _present(
    problem: HospitalProblem, plan: HospitalPlan
) -> tuple[list[tuple[Person, int]], np.ndarray[Any, np.dtype[np.bool_]]]:
    rooms = [each.id for each in problem.rooms]
    stays: list[tuple[Person, int, str]] = [(each, 0, each.room) for each in problem.occupants]
    stays += [(problem.patient[each.patient], each.day, each.room) for each in plan.admissions]
    present = np.zeros((len(stays), len(rooms), problem.days), dtype=bool)
    for index, (person, first, room) in enumerate(stays):
        present[index, rooms.index(room), first : first + person.stay] = True
    return [(person, first) for person, first, _ in stays], present


def _care(problem: HospitalProblem, people: list[tuple[Person, int]]) -> Any:
    tables = np.zeros((2, len(people), problem.horizon), dtype=np.int64)
    for index, (person, first) in enumerate(people):
        start = first * len(problem.shifts)
        for table, vector in zip(tables, (person.work, person.need), strict=True):
            part = vector[: problem.horizon - start]
            table[index, start : start + part.size] = part
    return tables


def _nurses(problem: HospitalProblem, plan: HospitalPlan, rooms: list[str]) -> Any:
    names = [each.id for each in problem.nurses]
    nurse = np.full((len(rooms), problem.horizon), -1)
    named = np.zeros((len(names), len(rooms), problem.horizon), dtype=np.int64)
    for duty in plan.duties:
        for room in duty.rooms:
            nurse[rooms.index(room), duty.shift] = names.index(duty.nurse)
            named[names.index(duty.nurse), rooms.index(room), duty.shift] += 1
    return nurse, named
