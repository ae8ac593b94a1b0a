"""Write a hospital as its folder."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.calendar import DAY
from salus.allocate.hospital.folder.named import named_cares
from salus.allocate.hospital.folder.settings import HOURS, MINUTES, SPREAD, WEIGHT_NAMES
from salus.allocate.hospital.folder.tables import (
    AGES,
    HISTORY,
    INPATIENTS,
    NURSE_SHIFTS,
    NURSES,
    PATIENTS,
    ROOMS,
    SETTINGS,
    SHIFTS,
    SKILLS,
    SURGEONS,
    THEATRES,
    UNFIT,
    care_table,
    refuse_alike,
)
from salus.allocate.hospital.people import Gender
from salus.core.errors import Faults, Where
from salus.core.files import whole_folder
from salus.core.messages import say
from salus.core.names import FIRST, harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.people import Person
    from salus.allocate.hospital.site import Surgeon, Theatre
    from salus.core.sheets.column import Table

    Row = tuple[str | int | float, ...]


def write_folder(hospital: Hospital, folder: Path) -> None:
    """Write a hospital as a folder of CSV files, in UTF-8.

    Parameters
    ----------
    hospital : Hospital
        What is stated.
    folder : Path
        To be made; a file without rows is left out, unless it must be there.

    Raises
    ------
    InputError
        If the folder is there already, or a name cannot be written such that it is read again.
    EnvironmentFaultError
        If the place cannot be written.
    """
    faults = Faults()
    refuse_alike(hospital.problem.shifts, lambda _: not_written(SHIFTS, "shift"), faults)
    faults.stop()
    with whole_folder(folder) as made:
        for table, rows in _files(hospital):
            listed = list(rows)
            if listed or table.needed:
                write_rows(made, table, listed)


def write_rows(folder: Path, table: Table, rows: Sequence[Row]) -> None:
    """Write one file.

    Parameters
    ----------
    folder : Path
        Where to.
    table : Table
        Which file.
    rows : sequence of tuple
        Cells in the order of the columns; may be none.

    Raises
    ------
    InputError
        If a name begins or ends with white space, breaks a line, or begins as a formula does.
    """
    faults = Faults()
    for column, cells in zip(table.columns, zip(*rows, strict=True), strict=bool(rows)):
        for name in dict.fromkeys(cell for cell in cells if isinstance(cell, str)):
            refuse_name(name, not_written(table, column.name), faults)
    faults.stop()
    with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in table.columns])
        writer.writerows(rows)


def not_written(table: Table, column: str) -> Where:
    """Name a column of a file that would have been written, and is nowhere.

    Examples
    --------
    >>> str(not_written(SHIFTS, "shift"))
    'shifts.csv, which is not written, column shift'
    """
    return Where(say("{file}, which is not written", file=table.file), column=column)


def refuse_name(name: str, where: Where, faults: Faults) -> None:
    """Refuse a name that a CSV file cannot hold such that it is read again.

    Parameters
    ----------
    name : str
        To be written.
    where : Where
        Its place.
    faults : Faults
        Gathers it.
    """
    if name != harmless(name.strip()):
        what = say("a CSV file cannot hold white space around a name, or line breaks in it")
        if FIRST.match(name.strip()):
            what = say("a CSV file cannot hold this name, which a spreadsheet may run")
        remedy = say("write another name, in every place that names it")
        faults.add(what, where, remedy, name)


def _files(hospital: Hospital) -> Iterator[tuple[Table, Iterable[Row]]]:
    problem, known = hospital.problem, hospital.known
    yield SETTINGS, _settings(hospital)
    yield SHIFTS, _shifts(hospital)
    yield AGES, ((name,) for name in problem.ages)
    shares = (*hospital.rules.shares, *(0.0,) * problem.levels)
    yield SKILLS, ((name, shares[at] or "") for at, name in enumerate(hospital.skills))
    yield ROOMS, ((each.id, hospital.wards.get(each.id, ""), each.beds) for each in problem.rooms)
    yield from _people(hospital)
    yield SURGEONS, _minutes(hospital, problem.surgeons)
    rates = known.emergencies
    yield (
        THEATRES,
        (
            (*row, rates.get((str(row[0]), index % problem.days), ""))
            for index, row in enumerate(_minutes(hospital, problem.theatres))
        ),
    )
    teams, skills = hospital.teams, hospital.skills
    yield NURSES, ((each.id, skills[each.skill], teams.get(each.id, "")) for each in problem.nurses)
    yield NURSE_SHIFTS, _nurse_shifts(hospital)
    yield HISTORY, ((each.surgeon, each.procedure, each.planned, each.took) for each in known.cases)


def _settings(hospital: Hospital) -> Iterator[Row]:
    yield "first_date", hospital.calendar.first.isoformat()
    yield "days", hospital.problem.days
    for name, setting in WEIGHT_NAMES.items():
        yield setting, getattr(hospital.problem.weights, name)
    for name, setting in HOURS.items():
        minutes = getattr(hospital.rules, name)
        if minutes is not None:
            yield setting, _hours(minutes)
    yield MINUTES, hospital.known.minutes
    yield SPREAD, hospital.known.spread


def _hours(minutes: int) -> float:
    return minutes // 60 if minutes % 60 == 0 else minutes / 60


def _shifts(hospital: Hospital) -> Iterator[Row]:
    calendar = hospital.calendar
    rows = zip(hospital.problem.shifts, calendar.starts, calendar.lengths, strict=True)
    for name, start, length in rows:
        hour, minute = divmod(start % DAY, 60)
        yield name, f"{hour:02}:{minute:02}", _hours(length)


def _people(hospital: Hospital) -> Iterator[tuple[Table, Iterable[Row]]]:
    problem, date = hospital.problem, hospital.calendar.date_of
    cares = named_cares(hospital)
    yield (
        INPATIENTS,
        (
            (*_body(hospital, each), each.room, date(each.stay).isoformat(), cares[each.id])
            for each in problem.occupants
        ),
    )
    yield (
        PATIENTS,
        (
            (
                *_body(hospital, each),
                date(each.release).isoformat(),
                "" if each.due is None else date(each.due).isoformat(),
                each.stay,
                each.surgeon,
                each.minutes,
                hospital.known.procedures.get(each.id, ""),
                cares[each.id],
            )
            for each in problem.patients
        ),
    )
    yield UNFIT, ((each.id, room) for each in problem.patients for room in sorted(each.barred))
    first: dict[str, Person] = {}
    for each in sorted((*problem.occupants, *problem.patients), key=lambda each: -each.stay):
        first.setdefault(cares[each.id], each)
    yield (
        care_table(problem.shifts),
        (row for name, each in first.items() for row in _care(hospital, name, each)),
    )


def _body(hospital: Hospital, person: Person) -> Row:
    gender = hospital.genders[[*Gender].index(person.gender)]
    return person.id, gender, hospital.problem.ages[person.age]


def _care(hospital: Hospital, name: str, person: Person) -> Iterator[Row]:
    shape = person.stay, len(hospital.problem.shifts)
    days = np.stack([person.work.reshape(shape), person.need.reshape(shape)], axis=2).tolist()
    while len(days) > 1 and days[-1] == days[-2]:
        days.pop()
    for day, shifts in enumerate(days):
        cells = [cell for load, level in shifts for cell in (load, hospital.skills[level])]
        yield name, day + 1, *cells


def _minutes(hospital: Hospital, rows: Iterable[Surgeon | Theatre]) -> Iterator[Row]:
    for each in rows:
        for day, minutes in enumerate(each.minutes.tolist()):
            yield each.id, hospital.calendar.date_of(day).isoformat(), minutes


def _nurse_shifts(hospital: Hospital) -> Iterator[Row]:
    shifts = hospital.problem.shifts
    for nurse in hospital.problem.nurses:
        for shift, most in nurse.loads.items():
            day, place = divmod(shift, len(shifts))
            yield nurse.id, hospital.calendar.date_of(day).isoformat(), shifts[place], most
