"""What of an earlier plan a new one should keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.hospital.plan import HospitalPlan


@dataclass(frozen=True, slots=True)
class Perturbation:
    """What each change of an earlier plan weighs against the cost, 0 or more.

    Parameters
    ----------
    day : int
        Of a patient who is admitted on another day, or postponed though they were planned.
    room : int
        Of a patient in another room.
    theatre : int
        Of a surgery in another theatre.
    nurse : int
        Of a room that another nurse has, for each shift in which the earlier plan names one.
    """

    day: int = 50
    room: int = 20
    theatre: int = 10
    nurse: int = 5


@dataclass(frozen=True, slots=True)
class Keep:
    """An earlier plan that is under way.

    Parameters
    ----------
    plan : HospitalPlan
        The earlier plan.
    since : int
        First day that may still change, 0 or more: who was admitted before it, and the nurses of
        earlier shifts, stay as they were.
    perturbation : Perturbation, optional
        What each later change weighs.
    """

    plan: HospitalPlan
    since: int
    perturbation: Perturbation = field(default_factory=Perturbation)
