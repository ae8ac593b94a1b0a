"""A plan as two CSV files: who is admitted, and who looks after which room in which shift."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.folder.gathered import Gathered
from salus.allocate.hospital.folder.tables import ADMISSIONS, PLAN_TABLES, ROSTER
from salus.allocate.hospital.folder.write import not_written, refuse_name, write_rows
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.readable import fitting
from salus.core.errors import Fault, Faults, InputError, Where
from salus.core.files import whole_folder
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from salus.allocate.hospital.hospital import Hospital
    from salus.core.sheets.column import Table
    from salus.core.sheets.sheet import Sheet


def read_plan_folder(folder: Path, hospital: Hospital, *, earlier: bool = False) -> HospitalPlan:
    """Read a plan from ``admissions.csv`` and ``roster.csv``.

    Parameters
    ----------
    folder : Path
        An existing folder with both files; a plan of an earlier state may have one of them.
    hospital : Hospital
        What it plans.
    earlier : bool
        Whether it may be of an earlier state of the hospital: what does not fit is left out.

    Returns
    -------
    HospitalPlan
        Duties in the order of nurses and shifts.

    Raises
    ------
    InputError
        If it names what the hospital does not have or a day outside the weeks, admits a patient
        twice, names a room twice in a shift, or gives a nurse a room off duty; every fault is
        named with its row and column.
    """
    gathered = Gathered(folder)
    if not any((folder / table.file).exists() for table in PLAN_TABLES):
        what = say("there is no plan in this folder")
        remedy = say("name a folder with {file}, or a JSON file", file=ADMISSIONS.file)
        raise InputError(Fault(what, Where(str(folder)), remedy))
    sheets = [
        gathered.sheet(replace(table, needed=not earlier, bare=True)) for table in PLAN_TABLES
    ]
    if earlier:
        gathered.faults.stop()
        gathered = Gathered(folder)  # a place that is not known is no fault
    plan = HospitalPlan(
        _admissions(gathered, sheets[0], hospital), _duties(gathered, sheets[1], hospital)
    )
    if earlier:
        return fitting(hospital.problem, plan)
    gathered.faults.stop()
    return plan


def _admissions(gathered: Gathered, sheet: Sheet, hospital: Hospital) -> tuple[Admission, ...]:
    problem = hospital.problem
    gathered.refer(sheet, "patient_id", problem.patient)
    gathered.refer(sheet, "room", [each.id for each in problem.rooms])
    gathered.refer(sheet, "theatre", [each.id for each in problem.theatres])
    days = gathered.days(sheet, "date", hospital.calendar, problem.days)
    texts = sheet.texts
    rows = zip(texts["patient_id"], days, texts["room"], texts["theatre"], strict=True)
    return tuple(
        Admission(name, -1 if day is None else day, room, theatre)
        for name, day, room, theatre in rows
    )


def _duties(gathered: Gathered, sheet: Sheet, hospital: Hospital) -> tuple[Duty, ...]:
    problem = hospital.problem
    loads = {each.id: each.loads for each in problem.nurses}
    gathered.refer(sheet, "nurse", loads)
    gathered.refer(sheet, "shift", problem.shifts)
    gathered.refer(sheet, "room", [each.id for each in problem.rooms])
    days = gathered.days(sheet, "date", hospital.calendar, problem.days)
    rooms: dict[tuple[str, int], list[str]] = {}
    for row, (day, shift) in enumerate(zip(days, sheet.texts["shift"], strict=True)):
        nurse = sheet.texts["nurse"][row]
        if day is None or shift not in problem.shifts or nurse not in loads:
            continue
        when = day * len(problem.shifts) + problem.shifts.index(shift)
        if when not in loads[nurse]:
            what, remedy = say("the nurse is off duty"), say("give the rooms to somebody on duty")
            gathered.faults.add(what, sheet.where(row, "nurse"), remedy, nurse)
        named = rooms.setdefault((nurse, when), [])
        named += filter(None, [sheet.texts["room"][row]])
    order = {each.id: place for place, each in enumerate(problem.nurses)}
    duties = sorted(rooms.items(), key=lambda each: (order[each[0][0]], each[0][1]))
    return tuple(Duty(nurse, shift, tuple(names)) for (nurse, shift), names in duties)


def write_plan_folder(hospital: Hospital, plan: HospitalPlan, folder: Path) -> None:
    """Write a plan as ``admissions.csv`` and ``roster.csv``.

    Parameters
    ----------
    hospital : Hospital
        What it plans.
    plan : HospitalPlan
        What was decided.
    folder : Path
        To be made; has both files.

    Raises
    ------
    InputError
        If the folder is there already, a name cannot be written, or a room is named twice in a
        shift, for which the roster has no place.
    EnvironmentFaultError
        If the place cannot be written.
    """
    when, roster = hospital.calendar.date_of, list(_rows(hospital, plan))
    _refuse_twice(roster)
    with whole_folder(folder) as made:
        admissions = [
            (each.patient, when(each.day).isoformat(), each.room, each.theatre)
            for each in plan.admissions
        ]
        write_rows(made, ADMISSIONS, admissions)
        write_rows(made, ROSTER, roster)


def refuse_plan_names(hospital: Hospital) -> None:
    """Refuse names that the files of a plan cannot hold, before a plan is searched for.

    Parameters
    ----------
    hospital : Hospital
        What is planned.

    Raises
    ------
    InputError
        With each of these names.
    """
    problem, faults = hospital.problem, Faults()
    named: tuple[tuple[Table, str, Iterable[str]], ...] = (
        (ADMISSIONS, "patient_id", (each.id for each in problem.patients)),
        (ADMISSIONS, "room", (each.id for each in problem.rooms)),
        (ADMISSIONS, "theatre", (each.id for each in problem.theatres)),
        (ROSTER, "nurse", (each.id for each in problem.nurses)),
        (ROSTER, "shift", problem.shifts),
    )
    for table, column, names in named:
        for name in names:
            refuse_name(name, not_written(table, column), faults)
    faults.stop()


def _refuse_twice(roster: Sequence[tuple[str, str, str, str]]) -> None:
    faults, seen = Faults(), set[tuple[str, str, str]]()
    for day, shift, _, room in roster:
        if room and (day, shift, room) in seen:
            what, remedy = (
                say("this room is named twice in this shift"),
                say("keep one nurse for it, or write JSON"),
            )
            faults.add(what, not_written(ROSTER, "room"), remedy, f"{day}, {shift}, {room}")
        seen.add((day, shift, room))
    faults.stop()


def _rows(hospital: Hospital, plan: HospitalPlan) -> Iterator[tuple[str, str, str, str]]:
    """Write who is at work, and where; who is off duty and has no room is not."""
    shifts = hospital.problem.shifts
    loads = {each.id: each.loads for each in hospital.problem.nurses}
    for duty in sorted(plan.duties, key=lambda duty: duty.shift):
        if not duty.rooms and duty.shift not in loads[duty.nurse]:
            continue
        day, place = divmod(duty.shift, len(shifts))
        for room in duty.rooms or ("",):
            when = hospital.calendar.date_of(day).isoformat()
            yield when, shifts[place], duty.nurse, room
