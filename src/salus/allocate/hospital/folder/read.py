"""Read a hospital from its folder: every fault of every file, by row and column."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import UnfitError
from salus.allocate.hospital.folder.frame import read_frame
from salus.allocate.hospital.folder.gathered import Gathered, whole_numbers
from salus.allocate.hospital.folder.people import read_people
from salus.allocate.hospital.folder.site import read_site
from salus.allocate.hospital.folder.tables import (
    HISTORY,
    INPATIENTS,
    PATIENTS,
    PLAN_TABLES,
    ROOMS,
    SHIFTS,
    TABLES,
    UNFIT,
    care_table,
)
from salus.allocate.hospital.hospital import Hospital
from salus.allocate.hospital.idle import idle_rooms
from salus.allocate.hospital.problem import HospitalProblem
from salus.allocate.hospital.surgeries import Case, SurgeryKnown
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.fit.breach import Breach
    from salus.allocate.hospital.folder.frame import Frame
    from salus.allocate.hospital.folder.people import People
    from salus.allocate.hospital.folder.site import Site
    from salus.core.sheets.sheet import Sheet

CARE = care_table(()).file
PEOPLE = {"patients": PATIENTS, "occupants": INPATIENTS}
FILES = {
    "days": "settings.csv",
    "weights": "settings.csv",
    "ages": "age_groups.csv",
    "levels": "skills.csv",
    "occupants": "inpatients.csv",
}
"""Where the parts of a problem stand, but for those that are called as their file."""


def read_folder(folder: Path) -> Hospital:
    """Read a hospital from a folder of CSV files.

    Parameters
    ----------
    folder : Path
        An existing folder; the columns of each file are in
        :mod:`salus.allocate.hospital.folder.tables`.

    Returns
    -------
    Hospital

    Raises
    ------
    InputError
        With all faults of all files, by file, row and column.
    """
    gathered = Gathered(folder)
    foreign = _foreign(gathered)
    frame = read_frame(gathered)
    site = read_site(gathered, frame)
    people = read_people(gathered, frame, site)
    cases = _cases(gathered.sheet(HISTORY))
    try:
        problem = _problem(frame, site, people)
    except UnfitError as error:
        _keep(gathered, error.breaches)
    _refuse_idle(gathered, site, people)
    gathered.refuse_unread(but=(CARE,) if gathered.refused(Where(SHIFTS.file)) else ())
    gathered.faults.sort([*(table.file for table in TABLES), CARE, *foreign])
    gathered.faults.stop()
    settings = frame.settings
    known = SurgeryKnown(
        cases, people.procedures, site.emergencies, settings.minutes, settings.spread
    )
    return Hospital(
        problem,
        frame.calendar,
        frame.skills,
        site.wards,
        site.teams,
        frame.rules,
        known,
        cares=people.cares,
        genders=people.genders,
    )


def _foreign(gathered: Gathered) -> tuple[str, ...]:
    """Refuse files of other names, lest one that is misspelt be missed; those of a plan may be."""
    known = (*(table.file for table in TABLES), CARE, *(table.file for table in PLAN_TABLES))
    try:
        there = sorted(each.name for each in gathered.folder.iterdir())
    except OSError as error:
        what, remedy = say("the folder cannot be read"), say("allow reading it, or name another")
        where = Where(str(gathered.folder))
        raise InputError(Fault(what, where, remedy, error.strerror)) from error
    foreign = tuple(
        name
        for name in there
        if name.lower().endswith(".csv") and name[0] != "." and name not in known
    )
    for name in foreign:
        near = get_close_matches(name.lower(), known, 1)
        remedy = say("call it {name}, or move it elsewhere", name=near[0] if near else known)
        gathered.faults.add(say("no file of a hospital has this name"), Where(name), remedy)
    return foreign


def _problem(frame: Frame, site: Site, people: People) -> HospitalProblem:
    return HospitalProblem(
        days=frame.settings.days,
        shifts=frame.shifts,
        levels=len(frame.skills),
        ages=frame.ages,
        weights=frame.settings.weights,
        occupants=people.occupants,
        patients=people.patients,
        surgeons=site.surgeons,
        theatres=site.theatres,
        rooms=site.rooms,
        nurses=site.nurses,
    )


def _keep(gathered: Gathered, breaches: tuple[Breach, ...]) -> None:
    """Keep what the cells alone do not show; the rest was refused where it stands."""
    alone = len(gathered.faults) == 0
    for each in breaches:
        if each.spot.part in PEOPLE and each.spot.field in {"id", "barred"}:
            sheet = gathered.sheet(PEOPLE[each.spot.part])
            where = sheet.where(each.spot.index or 0, "patient_id")
            follows = each.spot.field == "barred" and any(
                gathered.refused(Where(table.file)) for table in (ROOMS, UNFIT)
            )
            if not (follows or gathered.refused(where)):
                gathered.faults.extend([each.fault(where)])
        elif alone:
            file = FILES.get(each.spot.part, f"{each.spot.part}.csv")
            gathered.faults.extend([each.fault(Where(file, column=str(each.spot)))])


def _refuse_idle(gathered: Gathered, site: Site, people: People) -> None:
    read = (ROOMS, UNFIT, *PEOPLE.values())
    if any(gathered.refused(Where(table.file)) for table in read):
        return
    for each in idle_rooms(site.rooms, people.patients, people.occupants):
        where = gathered.sheet(ROOMS).where(each.spot.index or 0, "room")
        gathered.faults.extend([each.fault(where)])


def _cases(sheet: Sheet) -> tuple[Case, ...]:
    return tuple(
        map(
            Case,
            sheet.texts["surgeon"],
            sheet.texts["procedure"],
            whole_numbers(sheet, "planned_minutes").tolist(),
            whole_numbers(sheet, "minutes").tolist(),
        )
    )
