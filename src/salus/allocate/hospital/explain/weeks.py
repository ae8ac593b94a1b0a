"""A plan laid out over its weeks: who lies where, and which nurse looks after whom."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from salus.allocate.hospital.people import Patient, Person
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


@dataclass(frozen=True, slots=True, eq=False)
class Stay:
    """Somebody in a room.

    Parameters
    ----------
    person : Person
        Who.
    room : str
        Where.
    first, until : int
        First day of the stay, and the day after the last one within the horizon.
    admission : Admission or None
        Of a patient; ``None`` of an occupant.
    """

    person: Person
    room: str
    first: int
    until: int
    admission: Admission | None

    @property
    def days(self) -> range:
        """Days within the horizon."""
        return range(self.first, self.until)

    def work(self, shift: int, shifts: int) -> int:
        """Work that the stay makes in a shift of the horizon, of which a day has ``shifts``."""
        return int(self.person.work[shift - self.first * shifts])

    def need(self, shift: int, shifts: int) -> int:
        """Skill that the stay asks for in a shift of the horizon."""
        return int(self.person.need[shift - self.first * shifts])


@dataclass(frozen=True, slots=True, eq=False)
class Weeks:
    """A plan laid out.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    stays : tuple of Stay
        Occupants first, then admissions, in the order of problem and plan.
    people : mapping of (str, int) to tuple of Stay
        Those in a room on a day; only where somebody is.
    nurse : mapping of (str, int) to str
        The nurse of a room in a shift: the last whom the plan names.
    rooms : mapping of (str, int) to tuple of str
        The rooms of a nurse in a shift, as often as they are named.
    """

    problem: HospitalProblem
    stays: tuple[Stay, ...]
    people: Mapping[tuple[str, int], tuple[Stay, ...]]
    nurse: Mapping[tuple[str, int], str]
    rooms: Mapping[tuple[str, int], tuple[str, ...]]

    @classmethod
    def of(cls, problem: HospitalProblem, plan: HospitalPlan) -> Weeks:
        """Lay a plan out that can be read against its problem.

        Examples
        --------
        >>> from salus.allocate.hospital.checks import random_hospital
        >>> from salus.allocate.hospital.plan import HospitalPlan
        >>> weeks = Weeks.of(random_hospital(3), HospitalPlan((), ()))
        >>> len(weeks.stays) == len(random_hospital(3).occupants)
        True
        """
        stays = tuple(_stays(problem, plan))
        people: dict[tuple[str, int], list[Stay]] = defaultdict(list)
        for stay in stays:
            for day in stay.days:
                people[stay.room, day].append(stay)
        nurse: dict[tuple[str, int], str] = {}
        rooms: dict[tuple[str, int], list[str]] = defaultdict(list)
        for duty in plan.duties:
            rooms[duty.nurse, duty.shift] += duty.rooms
            nurse |= {(room, duty.shift): duty.nurse for room in duty.rooms}
        return cls(
            problem,
            stays,
            {key: tuple(found) for key, found in people.items()},
            nurse,
            {key: tuple(found) for key, found in rooms.items() if found},
        )

    def shifts(self, day: int) -> range:
        """Shifts of a day, counted over the horizon."""
        count = len(self.problem.shifts)
        return range(day * count, (day + 1) * count)

    def work(self, room: str, shift: int) -> int:
        """Work that all people of a room make in a shift."""
        count = len(self.problem.shifts)
        there = self.people.get((room, shift // count), ())
        return sum(stay.work(shift, count) for stay in there)

    def load(self, nurse: str, shift: int) -> int:
        """Work that all people in the rooms of a nurse make in a shift."""
        return sum(self.work(room, shift) for room in self.rooms.get((nurse, shift), ()))

    def admitted(self) -> Iterator[tuple[Patient, Admission]]:
        """Each patient who is admitted, and the admission."""
        for stay in self.stays:
            if stay.admission is not None:
                yield self.problem.patient[stay.person.id], stay.admission


def _stays(problem: HospitalProblem, plan: HospitalPlan) -> Iterator[Stay]:
    for each in problem.occupants:
        yield Stay(each, each.room, 0, min(problem.days, each.stay), None)
    for admission in plan.admissions:
        patient, first = problem.patient[admission.patient], admission.day
        until = min(problem.days, first + patient.stay)
        yield Stay(patient, admission.room, first, until, admission)
