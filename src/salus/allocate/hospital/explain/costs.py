"""Where the cost of a plan arises: split over people, rooms, nurses and days, to the last unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from salus.allocate.hospital.explain.weeks import Weeks
from salus.allocate.hospital.verification import Soft
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from salus.allocate.hospital.people import Patient
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem


class Dimension(StrEnum):
    """What a cost is counted by."""

    PERSON = "person"
    """Occupants and patients."""
    ROOM = "room"
    """Where they lie."""
    NURSE = "nurse"
    """Who looks after them."""
    DAY = "day"
    """Of the horizon, from 0."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of the cost that has one origin; a field is ``None`` where it belongs to none.

    Parameters
    ----------
    component : Soft
        What costs.
    cost : Fraction
        Its part of amount times weight, exact.
    person, room, nurse : str or None
        Keys.
    day : int or None
        From 0.
    """

    component: Soft
    cost: Fraction
    person: str | None = None
    room: str | None = None
    nurse: str | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """The whole cost of a plan in parts.

    Parameters
    ----------
    shares : tuple of Share
        They add up to the cost of the plan, whatever they are grouped by.
    """

    shares: tuple[Share, ...]

    @property
    def total(self) -> Fraction:
        """Sum of all parts."""
        return sum((each.cost for each in self.shares), Fraction(0))

    def by(self, dimension: Dimension) -> dict[str | int | None, dict[Soft, Fraction]]:
        """Group by a dimension.

        Parameters
        ----------
        dimension : Dimension
            What by.

        Returns
        -------
        dict
            For each person, room, nurse or day that has a part, the cost of each component;
            under ``None`` what does not belong to any.
        """
        found: dict[str | int | None, dict[Soft, Fraction]] = defaultdict(dict)
        for each in self.shares:
            row = found[getattr(each, dimension.value)]
            row[each.component] = row.get(each.component, Fraction(0)) + each.cost
        return dict(found)


RULES: Mapping[Soft, Message] = MappingProxyType(
    {
        Soft.ROOM_AGE_MIX: say("by room and day, in equal parts by the people there; not by nurse"),
        Soft.ROOM_SKILL_LEVEL: say("by the person who needs it, the room, the nurse and the day"),
        Soft.CONTINUITY_OF_CARE: say(
            "by person, room and nurse, on the day on which they first meet"
        ),
        Soft.EXCESSIVE_NURSE_WORKLOAD: say(
            "by nurse and day; by room and person in proportion to the work in the shift"
        ),
        Soft.OPEN_OPERATING_THEATER: say(
            "by day; by person in proportion to the minutes of surgery there; not by room or nurse"
        ),
        Soft.SURGEON_TRANSFER: say(
            "by day; by person in proportion to the surgeon's minutes; not by room or nurse"
        ),
        Soft.PATIENT_DELAY: say("by person, on the day of admission; not by room or nurse"),
        Soft.ELECTIVE_UNSCHEDULED_PATIENTS: say("by person; not by room, nurse or day"),
    }
)
"""To whom each component belongs."""


def costs(problem: HospitalProblem, plan: HospitalPlan) -> Costs:
    """Split the cost of a plan by where it arises.

    Parameters
    ----------
    problem : HospitalProblem
        What was planned.
    plan : HospitalPlan
        One that can be read against it, whatever it breaks.

    Returns
    -------
    Costs
        Split by :data:`RULES`; each component adds up to its amount times weight as
        :func:`salus.allocate.hospital.verify.verify` counts it.

    Examples
    --------
    >>> from salus.allocate.hospital.checks import random_hospital, random_plan
    >>> from salus.allocate.hospital.verify import verify
    >>> hospital, plan = random_hospital(7), random_plan(random_hospital(7), 7)
    >>> found = costs(hospital, plan)
    >>> found.total == verify(hospital, plan).total_cost
    True
    >>> sum(sum(each.values()) for each in found.by(Dimension.ROOM).values()) == found.total
    True
    """
    weeks = Weeks.of(problem, plan)
    shares = (
        Share(
            each.component,
            each.cost * each.component.weight(problem.weights),
            each.person,
            each.room,
            each.nurse,
            each.day,
        )
        for count in _COUNTED
        for each in count(weeks)
    )
    return Costs(tuple(each for each in shares if each.cost))


def _age_mix(weeks: Weeks) -> Iterator[Share]:
    for (room, day), stays in weeks.people.items():
        ages = [stay.person.age for stay in stays]
        part = Fraction(max(ages) - min(ages), len(stays))
        for stay in stays:
            yield Share(Soft.ROOM_AGE_MIX, part, stay.person.id, room, None, day)


def _missing_skill(weeks: Weeks) -> Iterator[Share]:
    skill = {each.id: each.skill for each in weeks.problem.nurses}
    count = len(weeks.problem.shifts)
    for (room, day), stays in weeks.people.items():
        for shift in weeks.shifts(day):
            nurse = weeks.nurse.get((room, shift))
            for stay in stays if nurse is not None else ():
                lack = max(0, stay.need(shift, count) - skill[nurse or ""])
                yield Share(Soft.ROOM_SKILL_LEVEL, Fraction(lack), stay.person.id, room, nurse, day)


def _nurses_seen(weeks: Weeks) -> Iterator[Share]:
    for stay in weeks.stays:
        seen: set[str] = set()
        for day in stay.days:
            for shift in weeks.shifts(day):
                nurse = weeks.nurse.get((stay.room, shift))
                if nurse is not None and nurse not in seen:
                    seen.add(nurse)
                    yield Share(
                        Soft.CONTINUITY_OF_CARE,
                        Fraction(1),
                        stay.person.id,
                        stay.room,
                        nurse,
                        day,
                    )


def _overload(weeks: Weeks) -> Iterator[Share]:
    most = {each.id: each.loads for each in weeks.problem.nurses}
    count = len(weeks.problem.shifts)
    for (nurse, shift), rooms in weeks.rooms.items():
        day = shift // count
        work = [
            (room, stay.person.id, stay.work(shift, count))
            for room in rooms
            for stay in weeks.people.get((room, day), ())
        ]
        whole = sum(each for *_, each in work)
        over = max(0, whole - most[nurse][shift])
        for room, person, each in work if over else ():
            part = Fraction(over * each, whole)
            yield Share(Soft.EXCESSIVE_NURSE_WORKLOAD, part, person, room, nurse, day)


def _open_theatres(weeks: Weeks) -> Iterator[Share]:
    theatres = defaultdict(list)
    for patient, each in weeks.admitted():
        theatres[each.theatre, each.day].append((patient, each))
    for (_, day), there in theatres.items():
        yield from _by_minutes(Soft.OPEN_OPERATING_THEATER, 1, there, day)


def _transfers(weeks: Weeks) -> Iterator[Share]:
    surgeons = defaultdict(list)
    for patient, each in weeks.admitted():
        surgeons[patient.surgeon, each.day].append((patient, each))
    for (_, day), theirs in surgeons.items():
        further = len({each.theatre for _, each in theirs}) - 1
        yield from _by_minutes(Soft.SURGEON_TRANSFER, further, theirs, day)


def _by_minutes(
    component: Soft, amount: int, cases: Iterable[tuple[Patient, Admission]], day: int
) -> Iterator[Share]:
    minutes = [(patient.id, patient.minutes) for patient, _ in cases]
    whole = sum(each for _, each in minutes)
    for person, each in minutes:
        share = Fraction(each, whole) if whole else Fraction(1, len(minutes))
        yield Share(component, amount * share, person, day=day)


def _delay(weeks: Weeks) -> Iterator[Share]:
    for patient, each in weeks.admitted():
        waited = Fraction(max(0, each.day - patient.release))
        yield Share(Soft.PATIENT_DELAY, waited, patient.id, day=each.day)


def _postponed(weeks: Weeks) -> Iterator[Share]:
    inside = {patient.id for patient, _ in weeks.admitted()}
    for each in weeks.problem.patients:
        if not each.mandatory and each.id not in inside:
            yield Share(Soft.ELECTIVE_UNSCHEDULED_PATIENTS, Fraction(1), each.id)


_COUNTED: tuple[Callable[[Weeks], Iterator[Share]], ...] = (
    _age_mix,
    _missing_skill,
    _nurses_seen,
    _overload,
    _open_theatres,
    _transfers,
    _delay,
    _postponed,
)
