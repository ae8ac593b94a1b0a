"""A hospital and its plan from files of either form: the competition's JSON, or a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salus.allocate.hospital.competition.instance import read_instance
from salus.allocate.hospital.competition.solution import read_solution
from salus.allocate.hospital.competition.write import instance_text, solution_text
from salus.allocate.hospital.folder.plan import (
    read_plan_folder,
    refuse_plan_names,
    write_plan_folder,
)
from salus.allocate.hospital.folder.read import read_folder
from salus.allocate.hospital.folder.settings import EARLIER, TOO_LATE
from salus.allocate.hospital.folder.write import write_folder
from salus.allocate.hospital.hospital import Hospital
from salus.core.errors import Fault, InputError, Where
from salus.core.files import disk_faults
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from salus.allocate.hospital.plan import HospitalPlan

JSON = ".json"
"""How the name of a file of the competition ends."""


def read_hospital(path: Path | str, first: date | None = None) -> Hospital:
    """Read a hospital from a JSON file of the competition, or from a folder of our own form.

    Parameters
    ----------
    path : Path or str
        The file or the folder.
    first : date, optional
        Day 0 of a JSON file, which has no dates.

    Returns
    -------
    Hospital
        The problem, with the names and dates beside it.

    Raises
    ------
    InputError
        With all faults, by path in the JSON or by file, row and column.
    """
    path = Path(path)
    if _is(path.is_dir):
        return read_folder(path)
    hospital = Hospital.plain(read_instance(path), first)
    if not hospital.calendar.has(hospital.problem.days):
        raise InputError(Fault(TOO_LATE, Where("--first-date"), EARLIER, str(first)))
    return hospital


def read_plan(path: Path | str, hospital: Hospital, *, earlier: bool = False) -> HospitalPlan:
    """Read a plan from a JSON file of the competition, or from a folder.

    Parameters
    ----------
    path : Path or str
        The file, or a folder with ``admissions.csv`` and ``roster.csv``.
    hospital : Hospital
        What it plans.
    earlier : bool
        Whether it may be of an earlier state of the hospital: what does not fit is left out.

    Returns
    -------
    HospitalPlan

    Raises
    ------
    InputError
        With all faults, by path in the JSON or by file, row and column; with a single one where
        nothing of it fits.
    """
    path = Path(path)
    try:
        plan = _read_plan(path, hospital, earlier=earlier)
    except InputError as error:
        if earlier or len(error.faults) == 1 or not _is_of_another(path, hospital):
            raise
        raise _foreign(path, hospital) from error
    if earlier and not plan.admissions and not plan.duties:
        raise _foreign(path, hospital)
    return plan


def _read_plan(path: Path, hospital: Hospital, *, earlier: bool) -> HospitalPlan:
    if _is(path.is_dir):
        return read_plan_folder(path, hospital, earlier=earlier)
    return read_solution(path, hospital.problem, earlier=earlier)


def _is_of_another(path: Path, hospital: Hospital) -> bool:
    """Tell whether a plan can be read, yet nothing of it fits."""
    if not (_is(path.is_file) or _is(path.is_dir)):
        return False  # a pipe is read once
    try:
        plan = _read_plan(path, hospital, earlier=True)
    except InputError:
        return False
    return not plan.admissions and not plan.duties


def _foreign(path: Path, hospital: Hospital) -> InputError:
    what, remedy = say("nothing of this plan fits the hospital"), say("name a plan of it")
    if _is(path.is_dir) and not hospital.dated:
        remedy = say("name a plan of it, and for one with dates the hospital's folder")
    return InputError(Fault(what, Where(path.name), remedy))


def write_hospital(hospital: Hospital, path: Path) -> None:
    """Write a hospital: as JSON where the name ends in ``.json``, else as a folder.

    Parameters
    ----------
    hospital : Hospital
        What is stated; JSON has no names, dates and rules.
    path : Path
        The file or the folder.

    Raises
    ------
    InputError
        If it is there already.
    EnvironmentFaultError
        If the place cannot be written.
    """
    _refuse_there(path)
    if path.suffix.lower() == JSON:
        _write(path, instance_text(hospital.problem))
    else:
        write_folder(hospital, path)


def write_plan(hospital: Hospital, plan: HospitalPlan, path: Path) -> None:
    """Write a plan: as JSON where the name ends in ``.json``, else as a folder.

    Parameters
    ----------
    hospital : Hospital
        What it plans.
    plan : HospitalPlan
        What was decided.
    path : Path
        The file or the folder.

    Raises
    ------
    InputError
        If it is there already.
    EnvironmentFaultError
        If the place cannot be written.
    """
    _refuse_there(path)
    if path.suffix.lower() == JSON:
        _write(path, solution_text(hospital.problem, plan))
    else:
        write_plan_folder(hospital, plan, path)


def refuse_plan_place(hospital: Hospital, path: Path | None) -> None:
    """Refuse a place that cannot hold a plan of a hospital, before one is searched for.

    Parameters
    ----------
    hospital : Hospital
        What is planned.
    path : Path or None
        Where the plan will be written, if anywhere.

    Raises
    ------
    InputError
        If it would be a folder, and names of the hospital cannot stand in CSV files.
    """
    if path is not None and path.suffix.lower() != JSON:
        refuse_plan_names(hospital)


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except OSError:  # such as a name that is too long
        return False


def _refuse_there(path: Path) -> None:
    if _is(path.exists):
        raise _there(path)


def _there(path: Path) -> InputError:
    what = say("this is there already, and nothing is overwritten unasked")
    return InputError(Fault(what, Where(str(path)), say("name another place")))


def _write(path: Path, text: str) -> None:
    with disk_faults(path):
        try:
            stream = path.open("x", encoding="utf-8")
        except FileExistsError as error:  # since it was looked for
            raise _there(path) from error
        try:
            with stream:
                stream.write(text)
        except OSError:
            path.unlink(missing_ok=True)
            raise
