"""Events that cannot be: names that are not known, days that are past, stays that are over."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import (
    MOST,
    NO_NURSE,
    NO_PATIENT,
    NO_ROOM,
    NO_SURGEON,
    NO_THEATRE,
    Breach,
    Spot,
    unknown,
)
from salus.allocate.hospital.fit.numbers import bounded
from salus.allocate.hospital.replan.begun import begun
from salus.allocate.hospital.replan.events import (
    Emergency,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from salus.allocate.hospital.people import Person, Whole
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.problem import HospitalProblem
    from salus.allocate.hospital.replan.events import Event
    from salus.core.messages import Message


def misfits(
    problem: HospitalProblem, plan: HospitalPlan, events: Sequence[Event], today: int
) -> Iterator[Breach]:
    """Find the events that cannot be on the morning of a day.

    Parameters
    ----------
    problem : HospitalProblem
        From before the events.
    plan : HospitalPlan
        Of it.
    events : sequence of Event
        All of them.
    today : int
        First day that may change.

    Yields
    ------
    Breach
    """
    late = list(bounded(Spot("today"), today, 0, problem.days - 1))
    if late:  # without a day, there is neither past nor future
        yield from late
        return
    known = _Known(problem, plan, today)
    for index, event in enumerate(events):
        yield from known.misfits(index, event)
    yield from _twice(events)


class _Known:
    """What events may name."""

    def __init__(self, problem: HospitalProblem, plan: HospitalPlan, today: int) -> None:
        self._days, self._each_day, self._today = problem.days, len(problem.shifts), today
        self._names = {
            part: {each.id for each in rows}
            for part, rows in (
                ("nurse", problem.nurses),
                ("surgeon", problem.surgeons),
                ("theatre", problem.theatres),
                ("room", problem.rooms),
            )
        }
        self._minutes_of = {
            "surgeon": {each.id: each.minutes for each in problem.surgeons},
            "theatre": {each.id: each.minutes for each in problem.theatres},
        }
        self._first = {each.patient: each.day for each in begun(plan, today).values()}
        self._first |= {each.id: 0 for each in problem.occupants}
        self._people: dict[str, Person] = {each.id: each for each in problem.occupants}
        self._people |= problem.patient

    def misfits(self, index: int, event: Event) -> Iterator[Breach]:
        """Find what is wrong with one event."""
        match event:
            case NurseAway():
                yield from self._known(Spot("events", index, "nurse"), NO_NURSE, event.nurse)
                days = sorted({each // self._each_day for each in event.shifts})
                yield from self._to_come(Spot("events", index, "shifts"), days)
            case SurgeonAway():
                yield from self._known(Spot("events", index, "surgeon"), NO_SURGEON, event.surgeon)
                yield from self._minutes(index, event, self._minutes_of["surgeon"], event.surgeon)
            case TheatreClosed():
                yield from self._known(Spot("events", index, "theatre"), NO_THEATRE, event.theatre)
                yield from self._minutes(index, event, self._minutes_of["theatre"], event.theatre)
            case RoomClosed():
                yield from self._known(Spot("events", index, "room"), NO_ROOM, event.room)
            case Emergency():
                at = Spot("events", index, "release")
                if event.patient.release < self._today:
                    yield self._past(at, event.patient.release)
            case StayChanged():
                yield from self._stay(index, event)
            case Withdrawn():
                yield from self._withdrawn(index, event.patient)

    def _known(self, spot: Spot, what: Message, name: str) -> Iterator[Breach]:
        if name not in self._names[spot.field or ""]:
            yield unknown(spot, what, name)

    def _to_come(self, spot: Spot, days: Iterable[int]) -> Iterator[Breach]:
        for day in days:
            if 0 <= day < self._today:
                yield self._past(spot, day)
            else:
                yield from bounded(spot, day, 0, self._days - 1)

    def _past(self, spot: Spot, day: int) -> Breach:
        remedy = say("write a day from {first} to {last}", first=self._today, last=self._days - 1)
        return Breach(spot, say("the day is past"), remedy, day)

    def _minutes(
        self,
        index: int,
        event: SurgeonAway | TheatreClosed,
        minutes: Mapping[str, Whole],
        name: str,
    ) -> Iterator[Breach]:
        spot = Spot("events", index, "minutes")
        yield from self._to_come(Spot("events", index, "days"), event.days)
        yield from bounded(spot, event.minutes, 0)
        days = [day for day in event.days if self._today <= day < self._days]
        most = int(minutes[name][days].max()) if name in minutes and days else MOST
        if most < event.minutes <= MOST:
            what = say("there are no more than {most} minutes on these days", most=most)
            remedy = say("write how many are left of each day, not how many are lost")
            yield Breach(spot, what, remedy, event.minutes)

    def _stay(self, index: int, event: StayChanged) -> Iterator[Breach]:
        person = self._people.get(event.person)
        if person is None:
            yield unknown(Spot("events", index, "person"), NO_PATIENT, event.person)
            return
        lain = self._today - self._first.get(event.person, self._today)
        if person.stay < lain:
            what, remedy = say("the stay is over"), say("leave the event out")
            yield Breach(Spot("events", index, "person"), what, remedy, event.person)
        elif event.stay < lain:
            what = say("the stay has been longer already")
            remedy = say("write a stay of {days} days or more", days=lain)
            yield Breach(Spot("events", index, "stay"), what, remedy, event.stay)

    def _withdrawn(self, index: int, name: str) -> Iterator[Breach]:
        spot = Spot("events", index, "patient")
        if name not in self._people:
            yield unknown(spot, NO_PATIENT, name)
        elif name in self._first:
            what = say("the patient has been admitted already")
            yield Breach(spot, what, say("say how long the stay is instead"), name)


def _twice(events: Sequence[Event]) -> Iterator[Breach]:
    seen: Counter[str] = Counter()
    for index, event in enumerate(events):
        match event:
            case StayChanged(person=name):
                field = "person"
            case Withdrawn(patient=name):
                field = "patient"
            case _:
                continue
        seen[name] += 1
        if seen[name] > 1:
            what, remedy = say("an event before is about the same person"), say("keep one of them")
            yield Breach(Spot("events", index, field), what, remedy, name)
