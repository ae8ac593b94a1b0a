"""Options to transfer: who may be moved where, what it takes, and who does not accept them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.faults import lost, misfits, out_of_range
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.inpatients import Inpatients
    from salus.allocate.city.features.moved import NotAccepted
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message

ROWS = ("minutes", "price", "vehicle_hours", "escort_hours")


@dataclass(frozen=True, slots=True, eq=False)
class TransferOptions:
    """Which inpatients may be moved where, and within which limits.

    Parameters
    ----------
    inpatients : Inpatients
        Who is where now.
    group : ndarray of int, shape (K,)
        Whom each option moves: index of a group of the inpatients.
    receiver : ndarray of int, shape (K,)
        The facility that has accepted them.
    takes : ndarray, shape (K, R, T)
        Resource-days that one patient uses at the receiver in each period, once there, 0 or more.
    minutes : ndarray, shape (K,)
        On the way, 0 or more.
    price : ndarray, shape (K,)
        Weighted minutes that a transfer counts beside those on the way, 0 or more.
    vehicle_hours, escort_hours : ndarray, shape (K,)
        What a transfer takes of a vehicle, both ways, and of staff who go along, 0 or more.
    base : ndarray of int, shape (K,)
        Where the vehicle of each option comes from: a row of ``fleet``.
    accepts : ndarray, shape (J, T)
        Patients that each facility receives at most in each period, 0 or more.
    fleet : ndarray, shape (B, T)
        Vehicle-hours of each base in each period, 0 or more.
    escorts : ndarray, shape (J, T)
        Staff-hours that each facility can send along in each period, 0 or more. They are beside
        its capacities.
    whole : bool
        Whether patients are whole; otherwise expected numbers are moved.
    missing : tuple of NotAccepted
        Transfers that cannot be planned, with the reason.
    """

    inpatients: Inpatients
    group: Whole
    receiver: Whole
    takes: Floats
    minutes: Floats
    price: Floats
    vehicle_hours: Floats
    escort_hours: Floats
    base: Whole
    accepts: Floats
    fleet: Floats
    escorts: Floats
    whole: bool = True
    missing: tuple[NotAccepted, ...] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        options, j, t = self.group.shape[0], len(problem.facilities), len(problem.periods)
        shapes: dict[str, tuple[int, ...]] = {
            **dict.fromkeys(("group", "receiver", "base", *ROWS), (options,)),
            "takes": (options, len(problem.resources), t),
            **dict.fromkeys(("accepts", "escorts"), (j, t)),
            "fleet": (*self.fleet.shape[:1], t),
        }
        sizes = {
            "group": self.inpatients.facility.shape[0],
            "receiver": j,
            "base": self.fleet.shape[0],
        }
        faults = self.inpatients.faults(problem) + misfits("transfers", self, shapes)
        faults += out_of_range("transfers", self, ("takes", "accepts", "fleet", "escorts", *ROWS))
        faults += lost("transfers", self, sizes)
        return faults or self._odd_options(problem)

    def _odd_options(self, problem: CityProblem) -> list[str]:
        faults = [
            f"transfers option {k} must lead to another facility, but group {self.group[k]} is "
            f"already in {problem.facilities[self.receiver[k]]}"
            for k in np.flatnonzero(self.sender == self.receiver)
        ]
        options = set(zip(self.group.tolist(), self.receiver.tolist(), strict=True))
        return faults + [
            f"a missing transfer must be no option, but group {each.group} to "
            f"{problem.facilities[each.receiver]} is"
            for each in self.missing
            if (each.group, each.receiver) in options
        ]

    def why_not(self, group: int, receiver: int) -> Message | None:
        """Tell why a transfer cannot be planned; ``None`` where it can, or nobody asked for it."""
        for each in self.missing:
            if (each.group, each.receiver) == (group, receiver):
                return each.reason
        return None

    def place(self, problem: CityProblem, block: str, where: tuple[int, ...]) -> Message:
        """Name a place of one of the blocks of transfers."""
        first, period = where[0], problem.periods[where[1]]
        if block == "transfers.vehicles":
            return say("base {number} on {period}", number=first + 1, period=period)
        if block in {"transfers.accepted", "transfers.escorts"}:
            return say("{facility} on {period}", facility=problem.facilities[first], period=period)
        group = first if block == "transfers.fit" else int(self.group[first])
        service = problem.services[self.inpatients.service[group]]
        sender = problem.facilities[self.inpatients.facility[group]]
        if block == "transfers.fit":
            return say(
                "{service} in {facility} on {period}",
                service=service,
                facility=sender,
                period=period,
            )
        return say(
            "from {sender} to {receiver} for {service} on {period}",
            sender=sender,
            receiver=problem.facilities[self.receiver[first]],
            service=service,
            period=period,
        )

    @property
    def sender(self) -> Whole:
        """The facility that each option leaves, (K,)."""
        return self.inpatients.facility[self.group]
