"""Who is moved, and the rules that a move keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.constraints import Constraint
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.core.messages import Message

_PATIENTS = say("patients")
_PLACES = ("facilities", "periods")

MOVED = Constraint(
    "moved",
    say("Patients are moved while they are still there, and none is moved in parts."),
    _PLACES,
    _PATIENTS,
    "m_kt a whole number, m_kt >= 0, and 0 where group g(k) is gone by t",
)
FIT = Constraint(
    "fit",
    say("No more patients of a group have been moved than have been fit to travel."),
    _PLACES,
    _PATIENTS,
    "sum over k of group g and u to t of m_ku <= stable_gt count_g",
)
ACCEPTED = Constraint(
    "accepted",
    say("No facility receives more transferred patients than it accepts."),
    _PLACES,
    _PATIENTS,
    "sum over k to j of m_kt <= accepts_jt",
)
VEHICLES = Constraint(
    "vehicles",
    say("No base drives more hours than its vehicles have."),
    ("periods",),
    say("vehicle-hours"),
    "sum over k of base b of vehicle_hours_k m_kt <= fleet_bt",
)
ESCORTS = Constraint(
    "escorts",
    say("No facility sends more staff along with patients than it has for it."),
    _PLACES,
    say("staff-hours"),
    "sum over k from j of escort_hours_k m_kt <= escorts_jt",
)
CONSTRAINTS = (MOVED, FIT, ACCEPTED, VEHICLES, ESCORTS)


@dataclass(frozen=True, slots=True, eq=False)
class Moved:
    """Who is moved.

    Parameters
    ----------
    patients : ndarray, shape (K, T)
        Patients who are moved by each option at the beginning of each period.

    Raises
    ------
    ValueError
        If a number is not finite.
    """

    patients: Floats

    def __post_init__(self) -> None:
        """Refuse moves that mean nothing."""
        if not np.isfinite(self.patients).all():
            message = "patients must be finite, but hold NaN or infinity"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """A transfer that cannot be planned, and why.

    Parameters
    ----------
    group : int
        Of the inpatients.
    receiver : int
        The facility that would receive them, as an index within the problem.
    reason : Message
        Why it does not, in its own words or ours.
    """

    group: int
    receiver: int
    reason: Message
