"""Read a solution of the competition."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.cells import Cells
from salus.allocate.hospital.competition.document import json_of, shown
from salus.allocate.hospital.competition.names import NOT_ADMITTED
from salus.allocate.hospital.competition.roster import shift_of
from salus.allocate.hospital.fit.breach import NO_NURSE, NO_PATIENT, Spot, UnfitError, unknown
from salus.allocate.hospital.plan import Admission, Duty, HospitalPlan
from salus.allocate.hospital.readable import fitting, readable
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.hospital.competition.cells import Row
    from salus.allocate.hospital.fit.breach import Breach
    from salus.allocate.hospital.problem import HospitalProblem


def read_solution(
    path: Path | str, problem: HospitalProblem, *, earlier: bool = False
) -> HospitalPlan:
    """Read a plan from a solution file of the competition.

    Parameters
    ----------
    path : Path or str
        The file.
    problem : HospitalProblem
        What it solves.
    earlier : bool
        Whether it may be of an earlier state of the hospital: what does not fit is left out.

    Returns
    -------
    HospitalPlan

    Raises
    ------
    InputError
        If the file is none, names what the hospital does not have or a day outside the horizon,
        admits a patient twice, or gives a nurse a room in a shift off duty; every fault is named
        with its path in the JSON.
    """
    path = Path(path)
    document = json_of(path)
    if "weights" in document and "nurses" in document and "surgeons" in document:
        what, remedy = say("this is a hospital, not a plan of it"), say("name its plan here")
        raise InputError(Fault(what, Where(path.name), remedy))
    reader = _Reader(Cells(path.name), problem, earlier=earlier)
    plan = HospitalPlan(reader.admissions(document), reader.duties(document))
    if not earlier:
        try:
            readable(problem, plan)
        except UnfitError as error:
            reader.cells.breaches(error.breaches, reader.path_of)
    reader.cells.faults.stop()
    return fitting(problem, plan) if earlier else plan


class _Reader:
    """Reads a solution, and remembers where each admission and duty stands."""

    def __init__(self, cells: Cells, problem: HospitalProblem, *, earlier: bool) -> None:
        self.cells, self._problem, self._earlier = cells, problem, earlier
        self._nurses = {each.id for each in problem.nurses}
        self._admissions: list[str] = []
        self._duties: list[tuple[str, str]] = []

    def admissions(self, document: Row) -> tuple[Admission, ...]:
        """Read who is admitted."""
        rows = self.cells.rows(document, "patients")
        return tuple(self._admission(at, row) for at, row in rows if self._admitted(at, row))

    def duties(self, document: Row) -> tuple[Duty, ...]:
        """Read who looks after which rooms."""
        duties: list[Duty] = []
        for at, row in self.cells.rows(document, "nurses") if "nurses" in document else ():
            nurse = self.cells.text(row, "id", at)
            listed = self.cells.rows(row, "assignments", at) if "assignments" in row else []
            duties += [self._duty(at, here, each, nurse) for here, each in listed]
            if not listed and nurse not in self._nurses:
                self._unknown(at, unknown(Spot("nurses"), NO_NURSE, nurse))
        return tuple(duties)

    def path_of(self, spot: Spot) -> str:
        """Write a spot of the plan as a path."""
        index = spot.index or 0
        if spot.part == "admissions":
            return f"{self._admissions[index]}{_ADMISSION[spot.field or '']}"
        nurse, duty = self._duties[index]
        if spot.field == "nurse":
            return f"{nurse}id"
        if spot.field == "shift":
            return f"{duty}day"
        return duty[:-1] if spot.field is None else f"{duty}rooms[{spot.item}]"

    def _admitted(self, at: str, row: Row) -> bool:
        if self.cells.require(row, "admission_day", at) and row["admission_day"] != NOT_ADMITTED:
            return True
        name = self.cells.text(row, "id", at)
        if name not in self._problem.patient:
            self._unknown(at, unknown(Spot("patients"), NO_PATIENT, name))
        return False

    def _admission(self, at: str, row: Row) -> Admission:
        text, day = self.cells.text, row["admission_day"]
        if isinstance(day, str):
            what, remedy = (
                say("this is no day"),
                say("write the number of a day, or none in quotes"),
            )
            self.cells.add(f"{at}admission_day", what, remedy, shown(day))
        else:
            day = self.cells.whole(row, "admission_day", at)
        self._admissions.append(at)
        return Admission(
            text(row, "id", at),
            day if isinstance(day, int) else 0,
            text(row, "room", at),
            text(row, "operating_theater", at),
        )

    def _duty(self, nurse_at: str, at: str, row: Row, nurse: str) -> Duty:
        day = self.cells.whole(row, "day", at)
        shift = shift_of(self.cells, row, at, self._problem.shifts)
        if shift is None:
            self.cells.mark_unread(f"{at}day")
        rooms = self.cells.texts(row, "rooms", at) if "rooms" in row else ()
        self._duties.append((nurse_at, at))
        return Duty(nurse, day * len(self._problem.shifts) + (shift or 0), rooms)

    def _unknown(self, at: str, breach: Breach) -> None:
        if not self._earlier:
            self.cells.breaches([breach], lambda _: f"{at}id")


_ADMISSION = {
    "patient": "id",
    "day": "admission_day",
    "room": "room",
    "theatre": "operating_theater",
}
