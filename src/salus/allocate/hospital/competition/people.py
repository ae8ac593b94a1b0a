"""Read the people of an instance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import NO_AGE
from salus.allocate.hospital.people import Gender, Occupant, Patient
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.competition.cells import Cells, Row


def occupants_of(cells: Cells, document: Row, ages: tuple[str, ...]) -> tuple[Occupant, ...]:
    """Read who lies in a room on day 0.

    Parameters
    ----------
    cells : Cells
        Gathers what is wrong.
    document : dict
        The instance.
    ages : tuple of str
        Names of the age groups.

    Returns
    -------
    tuple of Occupant
    """
    return tuple(
        Occupant(
            id=cells.text(row, "id", at),
            gender=_gender(cells, row, at),
            age=_age(cells, row, at, ages),
            stay=cells.whole(row, "length_of_stay", at, 1),
            work=cells.vector(row, "workload_produced", at),
            need=cells.vector(row, "skill_level_required", at),
            room=cells.text(row, "room_id", at),
        )
        for at, row in cells.rows(document, "occupants")
    )


def patients_of(cells: Cells, document: Row, ages: tuple[str, ...]) -> tuple[Patient, ...]:
    """Read who waits.

    Parameters
    ----------
    cells : Cells
        Gathers what is wrong.
    document : dict
        The instance.
    ages : tuple of str
        Names of the age groups.

    Returns
    -------
    tuple of Patient
    """
    return tuple(patient_of(cells, row, at, ages) for at, row in cells.rows(document, "patients"))


def patient_of(cells: Cells, row: Row, at: str, ages: tuple[str, ...]) -> Patient:
    """Read somebody who waits.

    Parameters
    ----------
    cells : Cells
        Gathers what is wrong.
    row : dict
        The patient.
    at : str
        What stands before the fields.
    ages : tuple of str
        Names of the age groups.

    Returns
    -------
    Patient
    """
    mandatory = cells.flag(row, "mandatory", at)
    barred = row.get("incompatible_room_ids") is not None
    return Patient(
        id=cells.text(row, "id", at),
        gender=_gender(cells, row, at),
        age=_age(cells, row, at, ages),
        stay=cells.whole(row, "length_of_stay", at, 1),
        work=cells.vector(row, "workload_produced", at),
        need=cells.vector(row, "skill_level_required", at),
        mandatory=mandatory,
        release=cells.whole(row, "surgery_release_day", at),
        due=cells.whole(row, "surgery_due_day", at) if mandatory else None,
        minutes=cells.whole(row, "surgery_duration", at),
        surgeon=cells.text(row, "surgeon_id", at),
        barred=frozenset(cells.texts(row, "incompatible_room_ids", at) if barred else ()),
    )


def _gender(cells: Cells, row: Row, at: str) -> Gender:
    text = cells.text(row, "gender", at, tell=False)
    if text in set(Gender):
        return Gender(text)
    if cells.read(f"{at}gender"):
        what, remedy = say("the gender is neither A nor B"), say("write A or B")
        cells.add(f"{at}gender", what, remedy)
    return Gender.A


def _age(cells: Cells, row: Row, at: str, ages: tuple[str, ...]) -> int:
    text = cells.text(row, "age_group", at, tell=False)
    if text in ages:
        return ages.index(text)
    if ages and cells.read(f"{at}age_group") and cells.read("age_groups[*]"):
        cells.add(f"{at}age_group", NO_AGE, say("name one of {names}", names=ages))
    cells.mark_unread(f"{at}age_group")
    return 0
