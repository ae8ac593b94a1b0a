"""What forced each change of a plan, where it can be told.

A patient is put back by himself into the new plan. What then stands against it is the cause: an
event, or others who have come to the place in the meantime. Where nothing does, nothing forced the
change: the search has found it cheaper so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from salus.allocate.hospital.replan.begun import people
from salus.allocate.hospital.replan.events import (
    Emergency,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.plan import Admission, HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.events import Event
    from salus.allocate.hospital.replan.perturbation import Handed, Moved

    Obstacle: TypeAlias = Event | str


@dataclass(frozen=True, slots=True)
class Cause:
    """What forced a change; nothing did where no event is named and ``free`` is true.

    Parameters
    ----------
    events : tuple of Event
        What has happened, in the order in which it was told.
    people : tuple of str
        Keys of others whose own change stands against the old place.
    free : bool
        Whether none of those who stand in each other's places was forced either: together they
        cost less so.
    """

    events: tuple[Event, ...] = ()
    people: tuple[str, ...] = ()
    free: bool = False


class Causes:
    """Finds what forced each change.

    Parameters
    ----------
    problem, after : HospitalProblem
        Before and after the events.
    old, new : HospitalPlan
        A plan of each.
    events : sequence of Event
        What has happened.
    """

    def __init__(
        self,
        problem: HospitalProblem,
        after: HospitalProblem,
        old: HospitalPlan,
        new: HospitalPlan,
        events: Sequence[Event],
    ) -> None:
        self._problem, self._events = after, tuple(events)
        self._loads = {each.id: each.loads for each in after.nurses}
        self._old = {each.patient: each for each in old.admissions}
        self._new = {each.patient: each for each in new.admissions}
        self._was, self._lie = people(problem, old), people(after, new)
        self._people: dict[str, Person] = {each.id: each for each in after.occupants}
        self._people |= after.patient

    def of_move(self, move: Moved) -> Cause:
        """Tell what forced that a patient has another admission.

        Parameters
        ----------
        move : Moved
            Of a patient of the problem.

        Returns
        -------
        Cause
        """
        cause = self._of_move(move.patient)
        return cause if cause.events else self._together(cause, move.patient)

    def of_hand(self, hand: Handed) -> Cause:
        """Tell what forced that a room has another nurse in one shift.

        Parameters
        ----------
        hand : Handed
            Of a room with people.

        Returns
        -------
        Cause
        """
        absent = [each for each in self._events if isinstance(each, NurseAway)]
        away = [each for each in absent if each.nurse == hand.before and hand.shift in each.shifts]
        if not away and hand.shift not in self._loads[hand.before]:
            away = absent  # she is called in elsewhere, and rests here
        at = hand.room, hand.shift // len(self._problem.shifts)
        cause = self._cause(away or self._was.get(at, set()) ^ self._lie.get(at, set()))
        return cause if cause.events else self._together(cause)

    def _of_move(self, patient: str) -> Cause:
        before = self._old.get(patient)
        return self._cause([patient] if before is None else self._against(before), patient)

    def _together(self, cause: Cause, own: str = "") -> Cause:
        """Follow those who stand in the way, and see whether an event forced any of them."""
        found = list(cause.people)
        for each in found:
            further = self._of_move(each)
            if further.events:
                return cause
            found += [name for name in further.people if name not in found]
        return Cause(
            (), tuple(name for name in self._people if name in {*found} - {own}), free=True
        )

    def _cause(self, obstacles: Iterable[Obstacle], own: str = "") -> Cause:
        found = list(obstacles)
        named = {each for each in found if isinstance(each, str)}
        told = {name for name in map(_person, self._events) if name is not None}
        return Cause(
            tuple(
                each
                for each in self._events
                if any(each is other for other in found) or _person(each) in named
            ),
            tuple(name for name in self._people if name in named - told - {own}),
        )

    def _against(self, place: Admission) -> Iterator[Obstacle]:
        for each in self._events:
            if isinstance(each, RoomClosed) and each.room == place.room:
                yield each
        there = [
            each
            for each in self._new.values()
            if each.day == place.day and each.patient != place.patient
        ]
        yield from self._in_theatre(place, there)
        yield from self._of_surgeon(place, there)
        yield from self._in_room(place)

    def _in_theatre(self, place: Admission, there: list[Admission]) -> Iterator[Obstacle]:
        theatre = next(each for each in self._problem.theatres if each.id == place.theatre)
        others = [each for each in there if each.theatre == place.theatre]
        if self._minutes([place, *others]) > theatre.minutes[place.day]:
            for event in self._events:
                if isinstance(event, TheatreClosed) and event.theatre == theatre.id:
                    yield from [event] if place.day in event.days else []
            for each in others:
                old = self._old.get(each.patient)
                if old is None or (old.day, old.theatre) != (each.day, each.theatre):
                    yield each.patient

    def _of_surgeon(self, place: Admission, there: list[Admission]) -> Iterator[Obstacle]:
        patient = self._problem.patient
        operates = patient[place.patient].surgeon
        surgeon = next(each for each in self._problem.surgeons if each.id == operates)
        others = [each for each in there if patient[each.patient].surgeon == operates]
        if self._minutes([place, *others]) > surgeon.minutes[place.day]:
            for event in self._events:
                if isinstance(event, SurgeonAway) and event.surgeon == operates:
                    yield from [event] if place.day in event.days else []
            for each in others:
                old = self._old.get(each.patient)
                if old is None or old.day != each.day:
                    yield each.patient

    def _in_room(self, place: Admission) -> Iterator[Obstacle]:
        own = self._people[place.patient]
        beds = next(each.beds for each in self._problem.rooms if each.id == place.room)
        for day in range(place.day, min(self._problem.days, place.day + own.stay)):
            others = self._lie.get((place.room, day), set()) - {place.patient}
            mixed = any(self._people[each].gender != own.gender for each in others)
            if mixed or len(others) >= beds:
                yield from (others | {place.patient}) - self._was.get((place.room, day), set())

    def _minutes(self, surgeries: list[Admission]) -> int:
        return sum(self._problem.patient[each.patient].minutes for each in surgeries)


def _person(event: Event) -> str | None:
    match event:
        case Emergency(patient=patient):
            return patient.id
        case StayChanged(person=name) | Withdrawn(patient=name):
            return name
        case _:
            return None
