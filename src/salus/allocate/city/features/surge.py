"""Surge: capacity that is opened at a price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.constraints import Constraint
from salus.allocate.city.features.faults import lost, misfits, out_of_range
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message

OPENS = Constraint(
    "opens",
    say("No more units are opened than there are, and only whole ones."),
    ("facilities", "resources"),
    say("units"),
    "y_k a whole number, 0 <= y_k <= most_k",
)
CONSTRAINTS = (OPENS,)


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What is opened.

    Parameters
    ----------
    units : ndarray, shape (K,)
        Units of each offer that are opened, for all periods.
    """

    units: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Surge:
    """Facilities offer units, such as a bay of six beds, that open for the whole plan.

    Parameters
    ----------
    facility, resource : ndarray of int, shape (K,)
        Who offers what, as indices within the problem.
    most : ndarray, shape (K,)
        Units that can be opened, 0 or more.
    gives : ndarray, shape (K, T)
        Resource-days that one open unit gives in each period, 0 or more.
    price : ndarray, shape (K,)
        Weighted minutes for opening a unit, 0 or more.
    whole : bool
        Whether only whole units open; otherwise parts of a unit may.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> bay = Surge(
    ...     facility=np.array([2]),
    ...     resource=np.array([1]),
    ...     most=np.array([2.0]),
    ...     gives=np.full((1, 3), 1.7),
    ...     price=np.array([400.0]),
    ... )
    >>> plan = Exact().solve(replace(small_city(7), features=(bay,)), SystemClock())
    >>> plan.decision(Opened).units.tolist()
    [2.0]
    """

    facility: Whole
    resource: Whole
    most: Floats
    gives: Floats
    price: Floats
    whole: bool = True
    name: ClassVar[str] = "surge"
    first: ClassVar[tuple[str, ...]] = ("surge",)

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        offers = self.facility.shape[0]
        shapes = {
            "facility": (offers,),
            "resource": (offers,),
            "most": (offers,),
            "gives": (offers, len(problem.periods)),
            "price": (offers,),
        }
        places = {"facility": len(problem.facilities), "resource": len(problem.resources)}
        return [
            *misfits("surge", self, shapes),
            *out_of_range("surge", self, ("most", "gives", "price")),
            *lost("surge", self, places),
        ]

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Let what is opened add to the capacities."""
        most = np.floor(self.most) if self.whole else self.most
        opened = draft.columns("surge", self.most.shape, upper=most, integral=self.whole)
        capacity = draft.row.blocks["capacity"].indices
        periods = np.arange(len(problem.periods))
        rows = capacity[self.facility[:, None], self.resource[:, None], periods]
        draft.put(rows, opened[:, None], -self.gives)
        draft.charge(Aim.SURGE, opened, self.price)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Opened:  # noqa: ARG002
        """Read what is opened."""
        units = x[draft.column.blocks["surge"].indices]
        return Opened(np.rint(units) if self.whole else units)

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up what is opened, what it costs, and what is opened against the rules."""
        found = plan.decision(Opened)
        if found is None:
            return Recount()
        more = np.zeros_like(problem.capacity)
        np.add.at(more, (self.facility, self.resource), found.units[:, None] * self.gives)
        charges = {Aim.SURGE: float(found.units @ self.price)}
        return Recount(None, more, charges, tuple(self._broken(problem, found)))

    def place(self, problem: CityProblem, block: str, where: tuple[int, ...]) -> Message:  # noqa: ARG002
        """Name an offer."""
        return say(
            "{resource} at {facility}",
            resource=problem.resources[self.resource[where[0]]],
            facility=problem.facilities[self.facility[where[0]]],
        )

    def _broken(self, problem: CityProblem, found: Opened) -> Iterator[Violation]:
        over = np.maximum(found.units - self.most, -found.units)
        if self.whole:
            over = np.maximum(over, np.abs(found.units - np.rint(found.units)))
        for k in np.flatnonzero(over > TOLERANCE):
            yield Violation(OPENS, self.place(problem, "surge", (int(k),)), float(over[k]))
