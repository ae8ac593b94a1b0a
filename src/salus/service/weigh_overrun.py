"""Tell how likely days of theatres take longer than they may, in a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.allocate.hospital.files import read_hospital, read_plan
from salus.allocate.hospital.overrun.chance import Lengths, theatre_days
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.allocate.hospital.hospital import Hospital
    from salus.allocate.hospital.overrun.chance import TheatreDay
    from salus.service.context import Context


@dataclass(frozen=True, slots=True)
class WeighRequest:
    """Which plan is looked at.

    Parameters
    ----------
    instance, solution : Path
        Files of the competition, or folders.
    """

    instance: Path
    solution: Path


def _name(request: WeighRequest) -> str:
    return request.instance.name or str(request.instance)


@guarded(Permission.WEIGH_OVERRUN, Kind.HOSPITAL, _name)
def weigh_overrun(
    context: Context, request: WeighRequest
) -> tuple[Hospital, tuple[TheatreDay, ...]]:
    """Fit the lengths of surgeries to those that were done, and add up each day of a theatre.

    Parameters
    ----------
    context : Context
        What is in use.
    request : WeighRequest
        Which plan.

    Returns
    -------
    hospital : Hospital
        What was read.
    days : tuple of TheatreDay
        Each day of a theatre with a surgery.

    Raises
    ------
    InputError
        If a file states no hospital or no plan of it; every fault is named with its place.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    hospital = read_hospital(request.instance)
    lengths = Lengths.of(hospital.problem, hospital.known)
    return hospital, theatre_days(lengths, read_plan(request.solution, hospital))
