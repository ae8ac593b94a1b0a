"""Write a hospital, or a plan of it, in its other form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.beyond_json import unwritten
from salus.allocate.hospital.files import read_hospital, read_plan, write_hospital, write_plan
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
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
    return unwritten(hospital, request.target)
