"""A plan in arrays, into which one patient more is laid, or from which one is lifted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.people import Gender

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.people import Patient, Person
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.site import Surgeon, Theatre

    Whole = NDArray[np.int64]

GENDERS = {gender: place for place, gender in enumerate(Gender)}


@dataclass(frozen=True, slots=True, eq=False)
class InRooms:
    """What one more stay would mean, room by room.

    Parameters
    ----------
    unfit : ndarray of int, shape (rooms,)
        1 where the room is not fit for the patient.
    bedless : ndarray of int, shape (rooms,)
        Days without a free bed.
    crowded : ndarray of int, shape (rooms,)
        Days without a free bed if the room had one bed more.
    mixed : ndarray of int, shape (rooms,)
        Days on which one more person would be of the rarer gender.
    cost : ndarray of int, shape (rooms,)
        Of ages, skill, continuity and overload.
    """

    unfit: Whole
    bedless: Whole
    crowded: Whole
    mixed: Whole
    cost: Whole

    @property
    def broken(self) -> Whole:
        """What is broken, room by room."""
        return self.unfit + self.bedless + self.mixed

    @property
    def rules(self) -> Whole:
        """How many rules are broken, room by room."""
        whole: Whole = self.unfit + (self.bedless > 0) + (self.mixed > 0)
        return whole


@dataclass(frozen=True, slots=True, eq=False)
class InTheatres:
    """What one more surgery would mean, theatre by theatre.

    Parameters
    ----------
    over : ndarray of int, shape (theatres,)
        Minutes overtime that it adds.
    cost : ndarray of int, shape (theatres,)
        Of opening the theatre, and of a surgeon who changes theatres.
    surgeon : int
        Minutes overtime of the surgeon.
    """

    over: Whole
    cost: Whole
    surgeon: int


class Standing:
    """A plan in arrays.

    Where several nurses name a room in one shift, only the last is thought to have more work from
    one more person; a verification of the changed plan tells the whole.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it.
    """

    def __init__(self, problem: HospitalProblem, plan: HospitalPlan) -> None:
        self.problem = problem
        self.rooms = {each.id: at for at, each in enumerate(problem.rooms)}
        self.theatres = {each.id: at for at, each in enumerate(problem.theatres)}
        self.surgeons = {each.id: at for at, each in enumerate(problem.surgeons)}
        rooms, days, shifts = len(self.rooms), problem.days, problem.horizon
        theatres, surgeons = len(self.theatres), len(self.surgeons)
        self.beds = np.array([each.beds for each in problem.rooms])
        self.there = np.zeros((rooms, days, len(GENDERS)), dtype=np.int64)
        self.ages = np.zeros((rooms, days, len(problem.ages)), dtype=np.int64)
        self.load = np.zeros((len(problem.nurses), shifts), dtype=np.int64)
        self.most = np.zeros_like(self.load)
        self.skill = np.array([each.skill for each in problem.nurses])
        self.nurse = np.full((rooms, shifts), -1)
        self.theatre_minutes = _minutes(problem.theatres, days)
        self.surgeon_minutes = _minutes(problem.surgeons, days)
        self.used = np.zeros((theatres, days), dtype=np.int64)
        self.worked = np.zeros((surgeons, days), dtype=np.int64)
        self.cases = np.zeros((surgeons, theatres, days), dtype=np.int64)
        self.place: dict[str, Admission] = {}
        self._fill(plan)

    def _fill(self, plan: HospitalPlan) -> None:
        named = np.zeros((len(self.problem.nurses), *self.nurse.shape), dtype=np.int64)
        nurses = {each.id: at for at, each in enumerate(self.problem.nurses)}
        for nurse, each in enumerate(self.problem.nurses):
            for shift, most in each.loads.items():
                self.most[nurse, shift] = most
        for duty in plan.duties:
            for room in duty.rooms:
                named[nurses[duty.nurse], self.rooms[room], duty.shift] += 1
                self.nurse[self.rooms[room], duty.shift] = nurses[duty.nurse]
        work = np.zeros(self.nurse.shape, dtype=np.int64)
        for occupant in self.problem.occupants:
            self._stay(occupant, self.rooms[occupant.room], 0, 1, work)
        for admission in plan.admissions:
            patient = self.problem.patient[admission.patient]
            self._stay(patient, self.rooms[admission.room], admission.day, 1, work)
            self._surgery(patient, admission, 1)
            self.place[patient.id] = admission
        self.load += np.einsum("nrs,rs->ns", named, work)

    def lay(self, patient: Patient, admission: Admission) -> None:
        """Admit a patient who is not admitted."""
        self._move(patient, admission, 1)
        self.place[patient.id] = admission

    def lift(self, patient: Patient) -> Admission:
        """Take an admitted patient out, and return where they were."""
        admission = self.place.pop(patient.id)
        self._move(patient, admission, -1)
        return admission

    def _move(self, patient: Patient, admission: Admission, sign: int) -> None:
        room, work = self.rooms[admission.room], np.zeros(self.nurse.shape, dtype=np.int64)
        self._stay(patient, room, admission.day, sign, work)
        self._surgery(patient, admission, sign)
        shifts = self._shifts(patient, admission.day)
        nurses = self.nurse[room, shifts]
        known = nurses >= 0
        self.load[nurses[known], np.arange(shifts.start, shifts.stop)[known]] += work[room, shifts][
            known
        ]

    def in_rooms(self, patient: Patient, day: int) -> InRooms:
        """Tell what one more stay from a day on would mean in each room."""
        there = self.there[:, day : day + patient.stay]
        people = there.sum(axis=2)
        own = there[:, :, GENDERS[patient.gender]]
        beds = self.beds[:, None]
        return InRooms(
            np.array([int(room in patient.barred) for room in self.rooms]),
            (people >= beds).sum(axis=1),
            (people > beds).sum(axis=1),
            (people - own > own).sum(axis=1),
            self._ages(patient, day, people) + self._care(patient, day),
        )

    def _ages(self, patient: Patient, day: int, people: Whole) -> Whole:
        among = self.ages[:, day : day + patient.stay] > 0
        lowest = among.argmax(axis=2)
        highest = among.shape[2] - 1 - among[:, :, ::-1].argmax(axis=2)
        below, above = np.maximum(lowest - patient.age, 0), np.maximum(patient.age - highest, 0)
        wider = np.where(people > 0, below + above, 0)
        return wider.sum(axis=1) * self.problem.weights.mixed_age

    def _care(self, patient: Patient, day: int) -> Whole:
        weights, shifts = self.problem.weights, self._shifts(patient, day)
        count = shifts.stop - shifts.start
        nurse, work = self.nurse[:, shifts], patient.work[:count]
        known = nurse >= 0
        lack = np.maximum(patient.need[:count] - self.skill[nurse], 0)
        spare = (self.most - self.load)[nurse, np.arange(shifts.start, shifts.stop)]
        over = np.maximum(work - spare, 0) - np.maximum(-spare, 0)
        cost = np.where(known, weights.skill * lack + weights.overload * over, 0).sum(axis=1)
        order = np.sort(nurse, axis=1)
        first = np.diff(order, axis=1, prepend=-1) > 0
        whole: Whole = cost + weights.continuity * (first & (order >= 0)).sum(axis=1)
        return whole

    def in_theatres(self, patient: Patient, day: int) -> InTheatres:
        """Tell what one more surgery on a day would mean in each theatre."""
        weights, surgeon = self.problem.weights, self.surgeons[patient.surgeon]
        spare = self.theatre_minutes[:, day] - self.used[:, day]
        cases = self.cases[:, :, day]
        closed, elsewhere = cases.sum(axis=0) == 0, cases[surgeon] == 0
        moves = elsewhere & bool(cases[surgeon].any())
        left = int(self.surgeon_minutes[surgeon, day] - self.worked[surgeon, day])
        return InTheatres(
            np.maximum(patient.minutes - spare, 0) - np.maximum(-spare, 0),
            weights.open_theatre * closed + weights.transfer * moves,
            max(patient.minutes - left, 0) - max(-left, 0),
        )

    def _shifts(self, person: Person, day: int) -> slice:
        count = len(self.problem.shifts)
        return slice(day * count, min(self.problem.days, day + person.stay) * count)

    def _stay(self, person: Person, room: int, day: int, sign: int, work: Whole) -> None:
        self.there[room, day : day + person.stay, GENDERS[person.gender]] += sign
        self.ages[room, day : day + person.stay, person.age] += sign
        shifts = self._shifts(person, day)
        work[room, shifts] += sign * person.work[: shifts.stop - shifts.start]

    def _surgery(self, patient: Patient, admission: Admission, sign: int) -> None:
        surgeon, theatre = self.surgeons[patient.surgeon], self.theatres[admission.theatre]
        self.used[theatre, admission.day] += sign * patient.minutes
        self.worked[surgeon, admission.day] += sign * patient.minutes
        self.cases[surgeon, theatre, admission.day] += sign


def _minutes(each: Sequence[Surgeon | Theatre], days: int) -> Whole:
    rows = [one.minutes for one in each]
    return np.array(rows, dtype=np.int64).reshape(len(rows), days)
