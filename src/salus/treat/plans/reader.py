"""Reads the plans of a folder, all faults at once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.treat.plans.plan import Arm, Better, Outcome, Plan
from salus.treat.sheets import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator


def packaged_plans() -> tuple[Plan, ...]:
    """Read the plans that ship with the package.

    Returns
    -------
    tuple of Plan
        In the order of their files.

    Examples
    --------
    >>> [plan.icd10 for plan in packaged_plans()]
    ['I48', 'I50', 'I10', 'J18', 'E11']
    """
    return read_plans(Path(str(files("salus.treat.plans"))))


def read_plans(folder: Path) -> tuple[Plan, ...]:
    """Read every plan of a folder.

    Parameters
    ----------
    folder : Path
        With one ``.toml`` file for each condition.

    Returns
    -------
    tuple of Plan
        In the order of their files.

    Raises
    ------
    InputError
        With every entry of every file that does not fit.
    """
    faults = Faults()
    plans = [plan for path in sorted(folder.glob("*.toml")) for plan in _plan(path, faults)]
    categories = [plan.icd10 for plan in plans]
    for plan in plans:
        if categories.count(plan.icd10) > 1:
            remedy = say("keep one plan for each category")
            faults.add(say("two plans for one condition"), Where(plan.key), remedy, plan.icd10)
    faults.stop()
    return tuple(plans)


def _plan(path: Path, faults: Faults) -> Iterator[Plan]:
    before = len(faults)
    sheet = Sheet.read(path, faults)
    sheet.only("key", "name", "icd10", "outcome", "arm", "evidence")
    key, name, icd10 = sheet.text("key"), Message(sheet.text("name")), sheet.text("icd10")
    evidence = tuple(each.text("source") for each in sheet.tables("evidence"))
    parts = sheet.table("outcome"), sheet.tables("arm")
    try:
        plan = Plan(key, name, icd10, tuple(map(_arm, parts[1])), _outcome(parts[0]), evidence)
    except ValueError as error:
        remedy = say("see the files beside it for the form")
        faults.add(say("impossible plan: {reason}", reason=str(error)), Where(path.name), remedy)
    else:
        if len(faults) == before:
            yield plan


def _arm(sheet: Sheet) -> Arm:
    sheet.only("key", "name", "medicines")
    return Arm(sheet.text("key"), Message(sheet.text("name")), sheet.texts("medicines"))


def _outcome(sheet: Sheet) -> Outcome:
    sheet.only("name", "loinc", "unit", "better", "from_day", "until_day", "reasons")
    return Outcome(
        Message(sheet.text("name")),
        sheet.text("loinc"),
        sheet.text("unit"),
        sheet.choice("better", Better),
        sheet.number("from_day"),
        sheet.number("until_day"),
        sheet.texts("reasons"),
    )
