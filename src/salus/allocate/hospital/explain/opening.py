"""A day on which a patient could be admitted, with everybody else where they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.explain.standing import GENDERS
from salus.allocate.hospital.plan import Admission
from salus.allocate.hospital.verification import Hard

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.allocate.hospital.explain.standing import InRooms, InTheatres, Standing
    from salus.allocate.hospital.people import Patient


@dataclass(frozen=True, slots=True)
class Lack:
    """What there is too little of for an admission.

    Parameters
    ----------
    rule : Hard
        That would be broken.
    key : str
        Of the surgeon, theatre or room.
    days : tuple of int
        On which.
    amount : int
        Minutes, or people and days.
    """

    rule: Hard
    key: str
    days: tuple[int, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class Way:
    """One way to admit a patient, in the best fit room and theatre of a day.

    Parameters
    ----------
    admission : Admission
        When and where.
    rules : int
        How many rules it breaks.
    broken : int
        Violations that it adds, all rules together.
    cost : int
        Of the stay, the surgery and the days of waiting.
    """

    admission: Admission
    rules: int
    broken: int
    cost: int

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """Fewer rules first, then less broken, then cheaper, then earlier."""
        return self.rules, self.broken, self.cost, self.admission.day


@dataclass(frozen=True, slots=True, eq=False)
class Opening:
    """What each room and theatre of a day would mean for a patient.

    Parameters
    ----------
    patient : Patient
        Who is not admitted now.
    day : int
        Which day.
    rooms : InRooms
        What the stay would mean.
    theatres : InTheatres
        What the surgery would mean.
    delay : int
        Cost of waiting until then.
    """

    patient: Patient
    day: int
    rooms: InRooms
    theatres: InTheatres
    delay: int

    @classmethod
    def of(cls, standing: Standing, patient: Patient, day: int) -> Opening:
        """Look at a day for a patient who is not admitted."""
        return cls(
            patient,
            day,
            standing.in_rooms(patient, day),
            standing.in_theatres(patient, day),
            standing.problem.weights.delay * max(0, day - patient.release),
        )

    def best(self, standing: Standing) -> Way:
        """Find the fit room and the theatre that break fewest rules, then least, and cost least."""
        rooms, theatres = self.rooms, self.theatres
        room = int(np.lexsort((rooms.cost, rooms.broken, rooms.rules, rooms.unfit))[0])
        theatre = int(np.lexsort((theatres.cost, theatres.over))[0])
        return self.way(standing, room, theatre)

    def way(self, standing: Standing, room: int, theatre: int) -> Way:
        """Tell what a room and a theatre, by their places, would mean together."""
        problem, rooms, theatres = standing.problem, self.rooms, self.theatres
        admission = Admission(
            self.patient.id, self.day, problem.rooms[room].id, problem.theatres[theatre].id
        )
        rules = rooms.rules[room] + bool(theatres.over[theatre]) + bool(theatres.surgeon)
        broken = rooms.broken[room] + theatres.over[theatre] + theatres.surgeon
        cost = rooms.cost[room] + theatres.cost[theatre] + self.delay
        return Way(admission, int(rules), int(broken), int(cost))


def openings(standing: Standing, patient: Patient, days: Iterable[int]) -> Iterator[Opening]:
    """Look at several days for a patient who is not admitted."""
    for day in days:
        yield Opening.of(standing, patient, day)


def lacks(standing: Standing, patient: Patient, admission: Admission) -> Iterator[Lack]:
    """Name what an admission would break.

    Parameters
    ----------
    standing : Standing
        The plan without the patient.
    patient : Patient
        Who would be admitted.
    admission : Admission
        When and where, in a fit room.

    Yields
    ------
    Lack
    """
    day, problem = admission.day, standing.problem
    theatres, theatre = standing.in_theatres(patient, day), standing.theatres[admission.theatre]
    if theatres.surgeon:
        yield Lack(Hard.SURGEON_OVERTIME, patient.surgeon, (day,), theatres.surgeon)
    if over := int(theatres.over[theatre]):
        yield Lack(Hard.OPERATING_THEATER_OVERTIME, admission.theatre, (day,), over)
    room = standing.rooms[admission.room]
    there = standing.there[room, day : day + patient.stay]
    people, own = there.sum(axis=1), there[:, GENDERS[patient.gender]]
    for rule, broken in (
        (Hard.ROOM_CAPACITY, people >= problem.rooms[room].beds),
        (Hard.ROOM_GENDER_MIX, people - own > own),
    ):
        days = tuple((np.flatnonzero(broken) + day).tolist())
        if days:
            yield Lack(rule, admission.room, days, len(days))
