"""The care that stays ask for, by key: one row for each day of a stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.folder.gathered import whole_numbers
from salus.allocate.hospital.folder.tables import SHIFTS, care_table, column_of
from salus.core.errors import Where
from salus.core.messages import say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.folder.frame import Frame
    from salus.allocate.hospital.folder.gathered import Gathered
    from salus.core.sheets.sheet import Sheet

    Whole = NDArray[np.int64]


class Cares:
    """Work and skill by key of the care and day of the stay.

    Parameters
    ----------
    gathered : Gathered
        Keeps what is wrong.
    frame : Frame
        What may be named.
    """

    def __init__(self, gathered: Gathered, frame: Frame) -> None:
        shifts = () if gathered.refused(Where(SHIFTS.file)) else frame.shifts
        self._gathered, self._shifts = gathered, len(shifts)
        self._sheet = gathered.sheet(care_table(shifts))
        names = [column_of(shift) for shift in shifts]
        level = {name: place for place, name in enumerate(frame.skills)}
        for name in names:
            gathered.refer(self._sheet, f"skill_{name}", frame.skills)
        none = np.zeros((0, len(self._sheet)), dtype=np.int64)
        work = [whole_numbers(self._sheet, f"load_{name}") for name in names]
        need = [[level.get(each, 0) for each in self._sheet.texts[f"skill_{n}"]] for n in names]
        self._work = np.array(work or none, dtype=np.int64).T
        self._need = np.array(need or none, dtype=np.int64).T
        self._rows = self._days()

    def of(self, sheet: Sheet, row: int, stay: int) -> tuple[Whole, Whole]:
        """Return work and skill in each shift of a stay.

        Parameters
        ----------
        sheet : Sheet
            Of the people.
        row : int
            Which of them.
        stay : int
            Days, 1 or more; the last day that is stated holds for all further ones.

        Returns
        -------
        work, need : ndarray of int, shape (stay * shifts,)
            0 where the care is not known, which is refused.
        """
        stated = sheet.texts["care"][row]
        name = stated or sheet.texts["patient_id"][row]
        rows = self._rows.get(name)
        if rows is None:
            self._refuse(sheet, row, name, stated)
            return (np.zeros(stay * self._shifts, dtype=np.int64),) * 2
        picked = [rows[min(day, len(rows) - 1)] for day in range(stay)]
        return self._work[picked].ravel(), self._need[picked].ravel()

    def _days(self) -> dict[str, list[int]]:
        found: dict[str, dict[int, int]] = {}
        days = whole_numbers(self._sheet, "day").tolist()
        for row, (name, day) in enumerate(zip(self._sheet.texts["care"], days, strict=True)):
            found.setdefault(name, {}).setdefault(day, row)
        for rows in found.values():
            gap = next((day for day in sorted(rows) if day > 1 and day - 1 not in rows), None)
            if gap is not None and not self._gathered.refused(Where(self._sheet.table.file)):
                what = say("the day before this one is missing")
                where, remedy = self._sheet.where(rows[gap], "day"), say("count the days from 1 on")
                self._gathered.faults.add(what, where, remedy, gap)
        return {name: [rows[day] for day in sorted(rows)] for name, rows in found.items()}

    def _refuse(self, sheet: Sheet, row: int, name: str, stated: str) -> None:
        file = self._sheet.table.file
        if name and not self._gathered.refused(Where(file)):
            where = sheet.where(row, "care" if stated else "patient_id")
            remedy = say("list it in {file}, or name another care", file=file)
            self._gathered.faults.add(say("there is no care of this key"), where, remedy, name)
