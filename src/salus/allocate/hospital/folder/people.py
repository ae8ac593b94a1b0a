"""Those who lie in a hospital, and those who wait, from its folder."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.people import TOO_LONG, cut_at
from salus.allocate.hospital.folder.care import Cares
from salus.allocate.hospital.folder.gathered import whole_numbers
from salus.allocate.hospital.folder.genders import NO_GENDER, SPELLINGS, gender_of, spelling_of
from salus.allocate.hospital.folder.tables import INPATIENTS, PATIENTS, SETTINGS, UNFIT
from salus.allocate.hospital.people import Gender, Occupant, Patient
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.folder.frame import Frame
    from salus.allocate.hospital.folder.gathered import Gathered
    from salus.allocate.hospital.folder.site import Site
    from salus.core.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class People:
    """Those who lie in a hospital, those who wait, and how their files speak of them.

    Parameters
    ----------
    occupants : tuple of Occupant
        In the order of their rows.
    patients : tuple of Patient
        In the order of their rows.
    procedures : dict of str to str
        Of the patients for whom one is named.
    cares : dict of str to str
        Key of the care of everybody for whom one is named.
    genders : tuple of str
        Words for both, in the order of ``Gender``: those of the first row that names one.
    """

    occupants: tuple[Occupant, ...]
    patients: tuple[Patient, ...]
    procedures: dict[str, str]
    cares: dict[str, str]
    genders: tuple[str, str]


def read_people(gathered: Gathered, frame: Frame, site: Site) -> People:
    """Read who lies there, who waits, and what is done to them.

    Parameters
    ----------
    gathered : Gathered
        Keeps what is wrong.
    frame : Frame
        What may be named.
    site : Site
        What the hospital has.

    Returns
    -------
    People
    """
    inpatients, patients = gathered.sheet(INPATIENTS), gathered.sheet(PATIENTS)
    rooms = [each.id for each in site.rooms]
    for sheet in (inpatients, patients):
        gathered.refer(sheet, "age_group", frame.ages)
    gathered.refer(inpatients, "room", rooms)
    gathered.refer(patients, "surgeon", [each.id for each in site.surgeons])
    cares = Cares(gathered, frame)
    spelt = (
        spelling_of(each) for sheet in (inpatients, patients) for each in sheet.texts["gender"]
    )
    return People(
        _occupants(gathered, inpatients, frame, cares),
        _patients(gathered, patients, frame, cares, _unfit(gathered, patients, rooms)),
        _named(patients, "procedure"),
        _named(inpatients, "care") | _named(patients, "care"),
        next(filter(None, spelt), SPELLINGS[0]),
    )


def _named(sheet: Sheet, column: str) -> dict[str, str]:
    cells = zip(sheet.texts["patient_id"], sheet.texts[column], strict=True)
    return {patient: cell for patient, cell in cells if cell}


def _occupants(
    gathered: Gathered, sheet: Sheet, frame: Frame, cares: Cares
) -> tuple[Occupant, ...]:
    stays = gathered.days(sheet, "leaves", frame.calendar, frame.settings.days, later=1)
    genders = _genders(gathered, sheet)
    return tuple(
        Occupant(
            name,
            genders[row],
            _place(frame.ages, sheet.texts["age_group"][row]),
            stays[row] or 1,
            *cares.of(sheet, row, stays[row] or 1),
            sheet.texts["room"][row],
        )
        for row, name in enumerate(sheet.texts["patient_id"])
    )


def _patients(
    gathered: Gathered,
    sheet: Sheet,
    frame: Frame,
    cares: Cares,
    unfit: dict[str, set[str]],
) -> tuple[Patient, ...]:
    weeks = frame.calendar, frame.settings.days
    release, due = (gathered.days(sheet, name, *weeks) for name in ("earliest", "latest"))
    _refuse_late(gathered, sheet, release, due)
    stays = _stays(gathered, sheet, frame)
    minutes = whole_numbers(sheet, "surgery_minutes").tolist()
    genders = _genders(gathered, sheet)
    return tuple(
        Patient(
            name,
            genders[row],
            _place(frame.ages, sheet.texts["age_group"][row]),
            stays[row],
            *cares.of(sheet, row, stays[row]),
            mandatory=due[row] is not None,
            release=release[row] or 0,
            due=due[row],
            minutes=minutes[row],
            surgeon=sheet.texts["surgeon"][row],
            barred=frozenset(unfit[name]),
        )
        for row, name in enumerate(sheet.texts["patient_id"])
    )


def _stays(gathered: Gathered, sheet: Sheet, frame: Frame) -> list[int]:
    """Return the days of each stay, and refuse those that no horizon holds."""
    days, found = frame.settings.days, whole_numbers(sheet, "stay_days").tolist()
    known = not gathered.refused(Where(SETTINGS.file))
    for row, stay in enumerate(found):
        where = sheet.where(row, "stay_days")
        if known and stay > days and not gathered.refused(where):
            gathered.faults.add(TOO_LONG, where, cut_at(days), stay)
    return [min(max(1, stay), days) for stay in found]


def _genders(gathered: Gathered, sheet: Sheet) -> list[Gender]:
    found = []
    for row, text in enumerate(sheet.texts["gender"]):
        gender = gender_of(text)
        if text and gender is None:
            what, remedy = NO_GENDER
            gathered.faults.add(what, sheet.where(row, "gender"), remedy)
        found.append(gender or Gender.A)
    return found


def _refuse_late(
    gathered: Gathered, sheet: Sheet, release: list[int | None], due: list[int | None]
) -> None:
    for row, (first, last) in enumerate(zip(release, due, strict=True)):
        if first is not None and last is not None and first > last:
            earliest, latest = sheet.dates["earliest"][row], sheet.dates["latest"][row]
            what = say("the latest day is before the earliest")
            remedy = say("name a day from {first} on", first=str(earliest))
            gathered.faults.add(what, sheet.where(row, "latest"), remedy, str(latest))


def _unfit(gathered: Gathered, patients: Sheet, rooms: list[str]) -> dict[str, set[str]]:
    sheet = gathered.sheet(UNFIT)
    gathered.refer(sheet, "patient_id", patients.texts["patient_id"])
    gathered.refer(sheet, "room", rooms)
    found: dict[str, set[str]] = defaultdict(set)
    for patient, room in zip(sheet.texts["patient_id"], sheet.texts["room"], strict=True):
        found[patient].add(room)
    return found


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else 0
