"""Read what has happened from a file of JSON or CSV."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.competition.names import FIELDS
from salus.allocate.hospital.competition.people import patient_of
from salus.allocate.hospital.competition.roster import shift_of
from salus.allocate.hospital.fit.breach import UnfitError
from salus.allocate.hospital.fit.scope import MOST_DAYS
from salus.allocate.hospital.replan.changed import changed
from salus.allocate.hospital.replan.events import (
    Emergency,
    NurseAway,
    RoomClosed,
    StayChanged,
    SurgeonAway,
    TheatreClosed,
    Withdrawn,
)
from salus.allocate.hospital.replan.rows import rows_of
from salus.allocate.hospital.replan.words import dated, plain
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.allocate.hospital.competition.cells import Cells, Row
    from salus.allocate.hospital.fit.breach import Breach, Spot
    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.people import Patient, Whole
    from salus.allocate.hospital.plan import HospitalPlan
    from salus.allocate.hospital.replan.events import Event

DAYS = ("from_day", "to_day")
CARE = ("length_of_stay", "workload_produced", "skill_level_required")
KINDS = {
    "nurse_away": (*DAYS, "shift"),
    "surgeon_away": (*DAYS, "minutes"),
    "theatre_closed": (*DAYS, "minutes"),
    "room_closed": (),
    "emergency": (
        *CARE,
        "gender",
        "age_group",
        "mandatory",
        "surgery_release_day",
        "surgery_due_day",
        "surgery_duration",
        "surgeon_id",
        "incompatible_room_ids",
    ),
    "stay_changed": CARE,
    "withdrawn": (),
}
"""Fields of each kind of event, beside ``event`` and ``id``."""


def read_events(
    path: Path | str, hospital: Hospital, plan: HospitalPlan, today: int
) -> tuple[Event, ...]:
    """Read events from a file.

    Parameters
    ----------
    path : Path or str
        CSV where the name ends so, JSON elsewhere.
    hospital : Hospital
        From before the events; days may be named by dates where it has them.
    plan : HospitalPlan
        Of it.
    today : int
        First day that may change.

    Returns
    -------
    tuple of Event

    Raises
    ------
    InputError
        If the file is none, an event cannot be, or they leave no problem; every fault is named
        with its place.
    """
    problem = hospital.problem
    cells, rows = rows_of(Path(path))
    reader = _Reader(cells, hospital, today)
    for at, row in rows:
        reader.read(at, plain(cells, row, at, hospital))
    events = [event for _, event in reader.found]
    try:
        changed(problem, plan, events, today)
    except UnfitError as error:
        about_today = [each for each in error.breaches if each.spot.part == "today"]
        cells.faults.extend(each.fault(Where("--today")) for each in about_today)
        if not about_today:  # a day out of range is behind much else
            told = [dated(each, hospital) for each in _once(error.breaches)]
            cells.breaches(told, reader.path_of)
    cells.faults.stop()
    return tuple(events)


def _once(breaches: Iterable[Breach]) -> Iterator[Breach]:
    """Tell what is wrong with the care of a day once, not for each day of the stay."""
    told: set[tuple[int | None, str | None]] = set()
    for each in breaches:
        at = each.spot.index, each.spot.field
        if each.spot.item is None or each.spot.field not in _CARE or at not in told:
            yield each
        told.add(at)


class _Reader:
    """Reads events, and remembers where each of them stands."""

    def __init__(self, cells: Cells, hospital: Hospital, today: int) -> None:
        self.found: list[tuple[str, Event]] = []
        self._cells, self._problem, self._today = cells, hospital.problem, today
        self._calendar = hospital.calendar if hospital.dated else None

    def read(self, at: str, row: Row) -> None:
        """Read a row, and keep its event; what was wrong with a cell is not told again."""
        event = self._event(at, row) if self._cells.read(at.rstrip(".")) else None
        if event is not None:
            self.found.append((at, event))

    def path_of(self, spot: Spot) -> str:
        """Write a spot of the events as a path."""
        if spot.index is None:
            return "events"
        at, event = self.found[spot.index]
        name = spot.field or "id"
        if isinstance(event, Emergency) or name in _CARE:
            name = FIELDS["patients"].get(name, name)
        item = "" if spot.item is None else f"[{spot.item}]"
        return f"{at}{_OURS.get(name, name)}{item}"

    def _event(self, at: str, row: Row) -> Event | None:
        kind = self._cells.text(row, "event", at)
        if kind not in KINDS:
            if self._cells.read(f"{at}event"):
                what = say("there is no event of this name")
                remedy = say("name one of {names}", names=tuple(KINDS))
                self._cells.add(f"{at}event", what, remedy, kind)
            return None
        self._fields(at, row, kind)
        name = self._cells.text(row, "id", at)
        event: Event = Withdrawn(name)
        match kind:
            case "nurse_away":
                event = NurseAway(name, self._shifts(at, row))
            case "surgeon_away":
                event = SurgeonAway(name, self._days(at, row), self._minutes(at, row))
            case "theatre_closed":
                event = TheatreClosed(name, self._days(at, row), self._minutes(at, row))
            case "room_closed":
                event = RoomClosed(name)
            case "emergency":
                event = Emergency(self._patient(at, row))
            case "stay_changed":
                event = self._stay(at, row, name)
        return event

    def _fields(self, at: str, row: Row, kind: str) -> None:
        known = ("event", "id", *KINDS[kind])
        for name in row:
            if name not in known:
                what = say("this says nothing of such an event")
                remedy = say("leave it out; what counts is {names}", names=known)
                self._cells.add(f"{at}{name}", what, remedy)

    def _days(self, at: str, row: Row) -> tuple[int, ...]:
        last = self._problem.days - 1
        whole = self._cells.whole
        first = whole(row, "from_day", at) if "from_day" in row else self._today
        until = whole(row, "to_day", at) if "to_day" in row else first
        if not all(self._cells.read(f"{at}{name}") for name in DAYS if name in row):
            return ()
        for name, day, low in (("from_day", first, 0), ("to_day", until, max(first, 0))):
            if name in row and not low <= day <= last:
                ends = [self._named(each) for each in (low, last)]
                remedy = say("write a day from {first} to {last}", first=ends[0], last=ends[1])
                found = self._named(day) if 0 <= day <= last else day
                self._cells.add(f"{at}{name}", say("out of range"), remedy, found)
                return ()
        return tuple(range(first, min(until, last) + 1))

    def _named(self, day: int) -> int | str:
        return day if self._calendar is None else self._calendar.date_of(day).isoformat()

    def _shifts(self, at: str, row: Row) -> tuple[int, ...]:
        names = self._problem.shifts
        named = shift_of(self._cells, row, at, names) if "shift" in row else None
        places = range(len(names)) if named is None else (named,)
        return tuple(day * len(names) + place for day in self._days(at, row) for place in places)

    def _minutes(self, at: str, row: Row) -> int:
        return self._cells.whole(row, "minutes", at) if "minutes" in row else 0

    def _patient(self, at: str, row: Row) -> Patient:
        full: Row = {"mandatory": True, "surgery_release_day": self._today, **row}
        full.setdefault("surgery_due_day", full["surgery_release_day"])
        patient = patient_of(self._cells, full, at, self._problem.ages)
        work, need = (self._each_day(each, patient.stay) for each in (patient.work, patient.need))
        return replace(patient, work=work, need=need)

    def _stay(self, at: str, row: Row, name: str) -> StayChanged:
        stay = self._cells.whole(row, "length_of_stay", at)
        work, need = (
            self._each_day(self._cells.vector(row, each, at), stay) if each in row else None
            for each in CARE[1:]
        )
        return StayChanged(name, stay, work, need)

    def _each_day(self, care: Whole, stay: int) -> Whole:
        one_day = len(self._problem.shifts)
        fits = care.size == one_day and stay >= 1
        return np.tile(care, min(stay, MOST_DAYS)) if fits else care


_CARE = {"stay", "work", "need"}
_OURS = {
    **dict.fromkeys(("nurse", "surgeon", "theatre", "room", "person", "patient"), "id"),
    **dict.fromkeys(("shifts", "days"), "from_day"),
}
