"""The rooms, theatres, surgeons and nurses of a hospital's folder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.fit.breach import few
from salus.allocate.hospital.folder.gathered import whole_numbers
from salus.allocate.hospital.folder.tables import (
    NURSE_SHIFTS,
    NURSES,
    ROOMS,
    SETTINGS,
    SHIFTS,
    SURGEONS,
    THEATRES,
)
from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre
from salus.core.errors import Where
from salus.core.messages import say, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from salus.allocate.hospital.folder.frame import Frame
    from salus.allocate.hospital.folder.gathered import Gathered
    from salus.core.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Site:
    """What the hospital has.

    Parameters
    ----------
    rooms : tuple of Room
    surgeons : tuple of Surgeon
    theatres : tuple of Theatre
    nurses : tuple of Nurse
    wards, teams : dict of str to str
        Ward of each room, and of each nurse, that has one.
    emergencies : dict of (str, int) to float
        How many are expected at a theatre on a day.
    """

    rooms: tuple[Room, ...]
    surgeons: tuple[Surgeon, ...]
    theatres: tuple[Theatre, ...]
    nurses: tuple[Nurse, ...]
    wards: dict[str, str]
    teams: dict[str, str]
    emergencies: dict[tuple[str, int], float]


def read_site(gathered: Gathered, frame: Frame) -> Site:
    """Read what the hospital has.

    Parameters
    ----------
    gathered : Gathered
        Keeps what is wrong.
    frame : Frame
        What may be named.

    Returns
    -------
    Site
    """
    rooms, nurses = gathered.sheet(ROOMS), gathered.sheet(NURSES)
    surgeons, theatres = gathered.sheet(SURGEONS), gathered.sheet(THEATRES)
    weeks = frame.calendar, frame.settings.days
    open_days = gathered.days(theatres, "date", *weeks)
    rates = np.nan_to_num(theatres.numbers["emergencies"]).tolist()
    minutes = _minutes(surgeons, gathered.days(surgeons, "date", *weeks), frame.settings.days)
    return Site(
        tuple(map(Room, rooms.texts["room"], whole_numbers(rooms, "beds").tolist())),
        tuple(Surgeon(*each) for each in minutes.items()),
        tuple(
            Theatre(*each) for each in _minutes(theatres, open_days, frame.settings.days).items()
        ),
        _nurses(gathered, nurses, frame),
        _filled(rooms.texts["room"], rooms.texts["ward"]),
        _filled(nurses.texts["nurse"], nurses.texts["ward"]),
        {
            (name, day): rate
            for name, day, rate in zip(theatres.texts["theatre"], open_days, rates, strict=True)
            if rate and day is not None
        },
    )


def _minutes(sheet: Sheet, days: Sequence[int | None], count: int) -> dict[str, NDArray[np.int64]]:
    found: dict[str, NDArray[np.int64]] = {}
    names, minutes = sheet.texts[sheet.table.key[0]], whole_numbers(sheet, "minutes")
    for name, day, took in zip(names, days, minutes.tolist(), strict=True):
        row = found.setdefault(name, np.zeros(count, dtype=np.int64))
        if day is not None:
            row[day] = took
    return found


def _filled(names: Iterable[str], wards: Iterable[str]) -> dict[str, str]:
    return {name: ward for name, ward in zip(names, wards, strict=True) if ward}


def _nurses(gathered: Gathered, nurses: Sheet, frame: Frame) -> tuple[Nurse, ...]:
    gathered.refer(nurses, "skill", frame.skills)
    loads = _loads(gathered, nurses.texts["nurse"], frame)
    skill = {name: level for level, name in enumerate(frame.skills)}
    return tuple(
        Nurse(name, skill.get(level, 0), loads[name])
        for name, level in zip(nurses.texts["nurse"], nurses.texts["skill"], strict=True)
    )


def _loads(gathered: Gathered, nurses: Sequence[str], frame: Frame) -> dict[str, dict[int, int]]:
    sheet, shifts = gathered.sheet(NURSE_SHIFTS), len(frame.shifts)
    gathered.refer(sheet, "nurse", nurses)
    gathered.refer(sheet, "shift", frame.shifts)
    days = gathered.days(sheet, "date", frame.calendar, frame.settings.days)
    loads: dict[str, dict[int, int]] = {name: {} for name in nurses}
    place = {name: index for index, name in enumerate(frame.shifts)}
    most = whole_numbers(sheet, "most_load").tolist()
    rows = zip(sheet.texts["nurse"], days, sheet.texts["shift"], most, strict=True)
    for nurse, day, shift, load in rows:
        if nurse in loads and day is not None and shift in place:
            loads[nurse][day * shifts + place[shift]] = load
    _refuse_nobody(gathered, loads, frame)
    return loads


def _refuse_nobody(gathered: Gathered, loads: dict[str, dict[int, int]], frame: Frame) -> None:
    if any(
        gathered.refused(Where(table.file)) for table in (SETTINGS, SHIFTS, NURSES, NURSE_SHIFTS)
    ):
        return
    there, count = {shift for each in loads.values() for shift in each}, len(frame.shifts)
    bare = tuple(
        say(
            "{day} {shift}",
            day=frame.calendar.date_of(shift // count).isoformat(),
            shift=word(frame.shifts[shift % count]),
        )
        for shift in range(frame.settings.days * count)
        if shift not in there
    )
    if bare:
        what = say("nobody is on duty in these shifts: {shifts}", shifts=few(bare))
        remedy = say("put at least one nurse on each shift")
        gathered.faults.add(what, Where(NURSE_SHIFTS.file), remedy)
