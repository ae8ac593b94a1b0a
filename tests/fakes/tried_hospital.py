"""The cheapest plan of a tiny hospital, by trying every plan."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.verification import Soft
from salus.allocate.hospital.verify import verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.problem import HospitalProblem

MOST = 14
"""Rooms and shifts with people, of which each choice of nurses is tried."""

CARE = (Soft.ROOM_SKILL_LEVEL, Soft.CONTINUITY_OF_CARE, Soft.EXCESSIVE_NURSE_WORKLOAD)


def cheapest(problem: HospitalProblem) -> int | None:
    """Try all admissions, and with each of them all nurses; ``None`` where no plan keeps the rules.

    Raises
    ------
    ValueError
        If there is too much to try.
    """
    costs = [_cheapest(problem, admissions) for admissions in _admissions(problem)]
    return min((each for each in costs if each is not None), default=None)


def _admissions(problem: HospitalProblem) -> Iterator[tuple[Admission, ...]]:
    ways = []
    for each in problem.patients:
        places = product(
            range(each.release, problem.last_day(each) + 1),
            (room.id for room in problem.rooms if room.id not in each.barred),
            (theatre.id for theatre in problem.theatres),
        )
        out = () if each.mandatory else (None,)
        ways.append([*out, *(Admission(each.id, *place) for place in places)])
    for chosen in product(*ways):
        yield tuple(each for each in chosen if each is not None)


def _cheapest(problem: HospitalProblem, admissions: tuple[Admission, ...]) -> int | None:
    anyone = tuple(
        Duty(next(each.id for each in problem.nurses if shift in each.loads), shift, (room.id,))
        for shift in range(problem.horizon)
        for room in problem.rooms
    )
    found = verify(problem, HospitalPlan(admissions, anyone))
    if found.total_violations:
        return None
    rest = sum(cost for each, cost in found.costs.items() if each not in CARE)
    return rest + _care(problem, admissions)


def _care(problem: HospitalProblem, admissions: tuple[Admission, ...]) -> int:
    shifts = len(problem.shifts)
    lying: list[tuple[Person, str, int]] = [(each, each.room, 0) for each in problem.occupants]
    lying += [(problem.patient[each.patient], each.room, each.day) for each in admissions]
    people: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for who, (person, room, day) in enumerate(lying):
        for at in range(min(len(person.work), problem.horizon - day * shifts)):
            row = who, int(person.work[at]), int(person.need[at])
            people.setdefault((room, day * shifts + at), []).append(row)
    if not people:
        return 0
    slots = list(people)
    on_duty = [
        [at for at, nurse in enumerate(problem.nurses) if shift in nurse.loads]
        for _, shift in slots
    ]
    if len(slots) > MOST or np.prod([len(each) for each in on_duty]) > 1 << MOST:
        raise ValueError
    tried = np.array(list(product(*on_duty)))
    return int(_cost(problem, people, slots, tried).min())


def _cost(
    problem: HospitalProblem,
    people: dict[tuple[str, int], list[tuple[int, int, int]]],
    slots: list[tuple[str, int]],
    tried: NDArray[np.int64],
) -> NDArray[np.int64]:
    weights, skill = problem.weights, np.array([each.skill for each in problem.nurses])
    total = np.zeros(len(tried), dtype=np.int64)
    met = {
        who: np.zeros((len(tried), len(skill)), dtype=bool)
        for row in people.values()
        for who, *_ in row
    }
    work = np.zeros((len(tried), len(skill), problem.horizon), dtype=np.int64)
    every = np.arange(len(tried))
    for at, slot in enumerate(slots):
        nurse = tried[:, at]
        for who, load, need in people[slot]:
            total += weights.skill * np.maximum(0, need - skill[nurse])
            met[who][every, nurse] = True
            work[every, nurse, slot[1]] += load
    for seen in met.values():
        total += weights.continuity * seen.sum(axis=1)
    for which, each in enumerate(problem.nurses):
        for shift, most in each.loads.items():
            total += weights.overload * np.maximum(0, work[:, which, shift] - most)
    return total
