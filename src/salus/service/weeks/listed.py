"""Those on a hospital's surgery list who can be admitted within the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.people import Patient
from salus.service.weeks.conventions import CALL_IN, SPECIAL
from salus.service.weeks.rows import rows_of
from salus.service.weeks.who import care, who

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.service.records import Records
    from salus.service.weeks.rows import Row
    from salus.service.weeks.site import Site
    from salus.service.weeks.who import Who

    Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Listed:
    """Who of the list is planned.

    Parameters
    ----------
    patients : tuple of Patient
        Those who can be, each stay cut at the horizon. Mandatory is whose urgency ends within it;
        the due day leaves time to be called in, and is never before the first day on which surgeon
        and a theatre have the minutes.
    later : int
        Those who can come only after it, or only on days without surgery.
    unknown : int
        Those whose sex or date of birth is not on record, or whose surgeon is not of the hospital,
        or whose minutes or stay are not above 0.
    """

    patients: tuple[Patient, ...]
    later: int
    unknown: int


def listed(records: Records, site: Site) -> Listed:
    """Read who waits for an operation in a hospital.

    Parameters
    ----------
    records : Records
        Of the city.
    site : Site
        The hospital.
    """
    rows = rows_of(records.wards["surgery_list"], "facility_id", site.facility_id)
    known = who(records, (row["patient_id"] for row in rows))
    surgeons = {each.id for each in site.surgeons}
    sound = [
        row
        for row in rows
        if row["patient_id"] in known
        and row["surgeon_id"] in surgeons
        and min(row["minutes"], row["stay"]) > 0
    ]
    days = [(row, _days(row, site)) for row in sound]
    patients = tuple(
        _patient(row, known[row["patient_id"]], site, possible)
        for row, possible in days
        if possible.size
    )
    return Listed(patients, len(sound) - len(patients), len(rows) - len(sound))


def _days(row: Row, site: Site) -> Whole:
    """Find the days on which somebody can come, and surgeon and a theatre have the minutes."""
    surgeon = next(each.minutes for each in site.surgeons if each.id == row["surgeon_id"])
    theatre = np.max([each.minutes for each in site.theatres], axis=0, initial=0)
    days = np.flatnonzero(np.minimum(surgeon, theatre) >= row["minutes"])
    return days[days >= (row["ready_on"] - site.first).days]


def _patient(row: Row, person: Who, site: Site, days: Whole) -> Patient:
    due = (row["due_on"] - site.first).days
    mandatory = due < site.days
    stay = min(site.days, row["stay"])
    work, need = care(stay, surgery=True)
    return Patient(
        row["request_id"],
        person.gender,
        person.age,
        stay,
        work,
        need,
        mandatory=mandatory,
        release=max(0, (row["ready_on"] - site.first).days),
        due=max(due, CALL_IN - 1, int(days[0])) if mandatory else None,
        minutes=row["minutes"],
        surgeon=row["surgeon_id"],
        barred=_barred(person, site),
    )


def _barred(person: Who, site: Site) -> frozenset[str]:
    special = [ward for ward in site.wards if person.age < SPECIAL.get(ward.kind, 0)]
    if len(special) == len(site.wards):  # there is no other ward for anybody
        return frozenset()
    return frozenset(room.id for ward in special for room in ward.rooms)
