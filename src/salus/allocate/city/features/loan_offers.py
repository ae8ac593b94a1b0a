"""Offers to lend: who may go where, on what terms, and why others may not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.faults import lost, misfits, out_of_range
from salus.allocate.city.features.loans import whole_periods
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.features.loans import NotOffered
    from salus.allocate.city.features.units import Unit
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message

ROWS = ("most", "price", "away_price", "going", "returning", "least")
PLACES = ("lender", "host", "resource")


@dataclass(frozen=True, slots=True, eq=False)
class LoanOffers:
    """What may be lent, and on what terms.

    Parameters
    ----------
    lender, host, resource : ndarray of int, shape (K,)
        Who lends what to whom, as indices within the problem.
    most : ndarray, shape (K,)
        Units that may be away on this offer at once: those who agreed, 0 or more.
    gives : ndarray, shape (K, T)
        Resource-days that a unit gives in each period, at home and at the host, 0 or more.
    price : ndarray, shape (K,)
        Weighted minutes for each unit that is sent, 0 or more.
    away_price : ndarray, shape (K,)
        Weighted minutes for each unit and period that the lender misses it, 0 or more.
    going, returning : ndarray, shape (K,)
        Periods lost on the way, 0 or more; parts of a period count.
    least : ndarray, shape (K,)
        Periods that a unit stays at the host at least, 0 or more.
    home : bool
        Whether all must be home again at the end of the plan.
    whole : bool
        Whether units are whole; otherwise parts of a unit may go.
    agreed : ndarray, shape (J, R), optional
        Units of each facility that may be away on all its offers together, 0 or more: one who
        agreed to go to either of two hosts is still one.
    unit : tuple of Unit
        What the resource-days of each offer are counted in; empty when as the capacity is.
    missing : tuple of NotOffered
        Loans that cannot be planned, with the reason.
    """

    lender: Whole
    host: Whole
    resource: Whole
    most: Floats
    gives: Floats
    price: Floats
    away_price: Floats
    going: Floats
    returning: Floats
    least: Floats
    home: bool = False
    whole: bool = True
    agreed: Floats | None = None
    unit: tuple[Unit, ...] = ()
    missing: tuple[NotOffered, ...] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        offers, j, r = self.lender.shape[0], len(problem.facilities), len(problem.resources)
        optional = () if self.agreed is None else ("agreed",)
        shapes: dict[str, tuple[int, ...]] = {
            **dict.fromkeys((*PLACES, *ROWS), (offers,)),
            "gives": (offers, len(problem.periods)),
            **dict.fromkeys(optional, (j, r)),
        }
        faults = misfits("lending", self, shapes)
        faults += out_of_range("lending", self, ("gives", *ROWS, *optional))
        faults += lost("lending", self, {"lender": j, "host": j, "resource": r})
        if self.unit and len(self.unit) != offers:
            faults.append(f"lending.unit must hold {offers} units, but holds {len(self.unit)}")
        return faults or self._odd_offers(problem)

    def _odd_offers(self, problem: CityProblem) -> list[str]:
        faults = [
            f"lending offer {k} must lead to another facility, but {problem.facilities[j]} "
            "lends to itself"
            for k, j in enumerate(self.lender)
            if j == self.host[k]
        ]
        offers = set(zip(*(getattr(self, place).tolist() for place in PLACES), strict=True))
        return faults + [
            f"a missing loan must not be offered, but {problem.facilities[each.lender]} offers "
            f"{problem.resources[each.resource]} to {problem.facilities[each.host]}"
            for each in self.missing
            if (each.lender, each.host, each.resource) in offers
        ]

    def why_not(self, lender: int, host: int, resource: int) -> Message | None:
        """Tell why a loan cannot be planned; ``None`` where it can, or nobody asked for it."""
        asked = (lender, host, resource)
        for each in self.missing:
            if (each.lender, each.host, each.resource) == asked:
                return each.reason
        return None

    def place(self, problem: CityProblem, block: str, where: tuple[int, ...]) -> Message:
        """Name a place of one of the blocks of loans."""
        if block == "lending.agreed":
            return say(
                "{resource} at {facility} on {period}",
                resource=problem.resources[where[1]],
                facility=problem.facilities[where[0]],
                period=problem.periods[where[2]],
            )
        k = int(np.flatnonzero(self.back > 0)[where[0]]) if block == "lending.home" else where[0]
        loan = say(
            "{resource} of {lender} at {host}",
            resource=problem.resources[self.resource[k]],
            lender=problem.facilities[self.lender[k]],
            host=problem.facilities[self.host[k]],
        )
        if len(where) == 1:
            return loan
        return say("{loan} on {period}", loan=loan, period=problem.periods[where[1]])

    @property
    def back(self) -> Whole:
        """Whole periods from the start of a return until the unit can be lent again, (K,)."""
        return whole_periods(self.returning)

    @property
    def turn(self) -> Whole:
        """Whole periods from departure until a unit may start back, at least 1, (K,)."""
        return np.maximum(whole_periods(self.going + self.least), 1)

    @property
    def limit(self) -> Floats:
        """Units that may be away on each offer, whole where units are whole, (K,)."""
        return np.floor(self.most + 1e-9) if self.whole else self.most
