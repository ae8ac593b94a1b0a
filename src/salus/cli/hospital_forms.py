"""``salus allocate hospital convert`` and ``overrun``: forms of a hospital, and its theatres."""

from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import JSON
from salus.allocate.hospital.folder.tables import SETTINGS
from salus.cli.files import writable
from salus.cli.output import heard_or_not, told
from salus.core.errors import Faults, Where
from salus.core.messages import say
from salus.core.settings import asked_path, read_settings
from salus.report.hospital_document import overrun_document
from salus.service.context import open_context
from salus.service.convert_hospital import ConvertRequest, convert_hospital
from salus.service.weigh_overrun import WeighRequest, weigh_overrun

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.canonical import Json
    from salus.report.words import Words


def convert_command(
    hospital: str,
    target: str,
    plan: str | None,
    first: str | None,
    options: Mapping[str, str | None],
    *,
    words: Words,
) -> None:
    """Write a hospital, or a plan of it, in its other form; print where it is, and what is lost.

    Parameters
    ----------
    hospital, target : str
        What is read, and what is made.
    plan : str or None
        A plan that is written instead.
    first : str or None
        First day of what has no dates.
    options : mapping of str to str or None
        Settings that were given as options.
    words : Words
        The reader's language.

    Raises
    ------
    InputError
        If what is read has faults, or the target is there already.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    request = ConvertRequest(
        asked_path(hospital, Where("FROM"), faults),
        Path(target),
        None if plan is None else asked_path(plan, Where("--plan"), faults),
        None if first is None else _date(first, faults),
    )
    writable("TO", target, (".json", ""), faults)
    if first is not None:
        _refuse_idle(request, first, faults)
    faults.stop()
    with open_context(read_settings(os.environ, asked=options)) as context:
        lost = convert_hospital(context, request)
    document: dict[str, Json] = {"written": target}
    if lost:
        what = say("{file} has no place for: {parts}.", file=target, parts=lost)
        with heard_or_not(sys.stderr):
            sys.stderr.write(words(what) + "\n")
        document["lost"] = [str(each) for each in lost]
    with told(say("send the output elsewhere")):
        sys.stdout.write(json.dumps(document, ensure_ascii=False) + "\n")


def _refuse_idle(request: ConvertRequest, first: str, faults: Faults) -> None:
    if request.hospital.is_dir():
        what = say("the folder states its first day itself")
        remedy = say("leave the option out, or change {file}", file=SETTINGS.file)
        faults.add(what, Where("--first-date"), remedy, first)
    elif request.target.suffix.lower() == JSON:
        what, remedy = say("JSON has no dates"), say("leave the option out, or make a folder")
        faults.add(what, Where("--first-date"), remedy, first)


def overrun_command(
    instance: str, solution: str, bound: str | None, options: Mapping[str, str | None]
) -> None:
    """Tell how likely each day of a theatre takes longer than it may, as one JSON document.

    Parameters
    ----------
    instance, solution : str
        The hospital and the plan.
    bound : str or None
        Chance above which days are counted.
    options : mapping of str to str or None
        Settings that were given as options.

    Raises
    ------
    InputError
        If what is read has faults, or the bound is no chance.
    ForbiddenError
        If the policy does not permit it.
    """
    faults = Faults()
    request = WeighRequest(
        asked_path(instance, Where("INSTANCE"), faults),
        asked_path(solution, Where("SOLUTION"), faults),
    )
    most = None if bound is None else asked_chance(bound, Where("--bound"), faults)
    faults.stop()
    with open_context(read_settings(os.environ, asked=options)) as context:
        hospital, days = weigh_overrun(context, request)
        document = overrun_document(hospital, days, most)
    with told(say("send the output elsewhere")):
        sys.stdout.write(json.dumps(document, indent=1, ensure_ascii=False) + "\n")


def asked_chance(text: str, where: Where, faults: Faults) -> float:
    """Read a chance between 0 and 1 that a person wrote.

    Parameters
    ----------
    text : str
        What was written.
    where : Where
        The option.
    faults : Faults
        Gathers what is no such number.

    Returns
    -------
    float

    Examples
    --------
    >>> asked_chance(".1", Where("--bound"), Faults())
    0.1
    """
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        remedy = say("write a number between {low} and {high}", low=0, high=1)
        faults.add(say("this is no chance"), where, remedy, text)
    return value


def _date(text: str, faults: Faults) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        remedy = say("write year, month and day, such as 2026-06-27")
        faults.add(say("this is not a date"), Where("--first-date"), remedy, text)
        return None
