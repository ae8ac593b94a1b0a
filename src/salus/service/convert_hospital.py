"""Write a hospital, or a plan of it, in its other form."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import (
    JSON,
    read_hospital,
    read_plan,
    write_hospital,
    write_plan,
)
from salus.allocate.hospital.folder.named import named_cares
from salus.allocate.hospital.hospital import Hospital
from salus.core.messages import say
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from salus.core.messages import Message
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class ConvertRequest:
    """What is written where.

    Parameters
    ----------
    hospital : Path
        JSON of the competition, or a folder.
    target : Path
        What is made: JSON where the name ends in ``.json``, a folder elsewhere.
    plan : Path, optional
        A plan, which is then written instead of the hospital.
    first : date, optional
        First day of a JSON file, which has no dates.
    """

    hospital: Path
    target: Path
    plan: Path | None = None
    first: date | None = None


def _name(request: ConvertRequest) -> str:
    return request.hospital.name or str(request.hospital)


@guarded(Permission.CONVERT_HOSPITAL, Kind.HOSPITAL, _name)
def convert_hospital(context: Context, request: ConvertRequest) -> tuple[Message, ...]:
    """Read a hospital, and a plan if there is one, and write it in the form of the target.

    Parameters
    ----------
    context : Context
        What is in use.
    request : ConvertRequest
        What is written where.

    Returns
    -------
    tuple of Message
        What the hospital states that its new form has no place for.

    Raises
    ------
    InputError
        If what is read has faults, or the target is there already.
    EnvironmentFaultError
        If the target cannot be written.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    hospital = read_hospital(request.hospital, request.first)
    if request.plan is not None:
        write_plan(hospital, read_plan(request.plan, hospital), request.target)
        return ()
    write_hospital(hospital, request.target)
    return tuple(_beyond_json(hospital)) if request.target.suffix.lower() == JSON else ()


def _beyond_json(hospital: Hospital) -> Iterator[Message]:
    rules, known, plain = hospital.rules, hospital.known, Hospital.plain(hospital.problem)
    cares = named_cares(hospital) != named_cares(replace(hospital, cares={}))
    parts = (
        (hospital.dated, say("dates and hours of shifts")),
        (hospital.skills != plain.skills, say("names of skills")),
        (cares, say("keys of care")),
        (hospital.genders != plain.genders, say("words for genders")),
        (hospital.wards or hospital.teams, say("wards")),
        (rules.rest is not None, say("the rule {name}", name="rest_hours")),
        (rules.week is not None, say("the rule {name}", name="most_hours_in_7_days")),
        (rules.whole is not None, say("the rule {name}", name="most_hours")),
        (rules.shares, say("the rule {name}", name="least_share")),
        (known.cases, say("history of surgeries")),
        (known.procedures, say("procedures")),
        (known.emergencies, say("emergencies")),
    )
    return (part for stated, part in parts if stated)
