"""Waiting: need that is served in a later period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.constraints import Constraint
from salus.allocate.city.features.faults import misfits, out_of_range
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

WAITS = Constraint(
    "waits",
    say("Nobody waits longer than their service allows, and nobody waits below zero."),
    ("districts", "services", "periods"),
    say("cases"),
    "0 <= w_ist <= sum of need_isu over the longest_s periods u up to t; w_isT = 0",
)
CONSTRAINTS = (WAITS,)


@dataclass(frozen=True, slots=True, eq=False)
class Waited:
    """Who waits.

    Parameters
    ----------
    cases : ndarray, shape (I, S, T)
        Cases that wait from each period to the next; none wait after the last.
    """

    cases: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Waiting:
    """Cases may be served later than they need it, the first come first.

    With first come first served, nobody waits longer than L periods exactly when those who wait
    are no more than those who came in the last L.

    Parameters
    ----------
    price : ndarray, shape (S,)
        Weighted minutes for each period that a case waits, 0 or more.
    longest : ndarray of int, shape (S,)
        Periods that a case may wait at most, 0 or more.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> patient = replace(city, features=(Waiting(np.full(3, 5.0), np.full(3, 2)),))
    >>> now, later = (Exact().solve(each, SystemClock()).cost for each in (city, patient))
    >>> later < now
    True
    """

    price: Floats
    longest: Floats
    name: ClassVar[str] = "waiting"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        fields = ("price", "longest")
        shapes = dict.fromkeys(fields, (len(problem.services),))
        faults = misfits("waiting", self, shapes) + out_of_range("waiting", self, fields)
        return faults or [
            f"waiting.longest must hold whole numbers, but holds {longest} at [{s}]"
            for s, longest in enumerate(self.longest)
            if longest != int(longest)
        ]

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Let need go on to the next period, at a price."""
        most = self.most(problem)
        waits = draft.columns("waiting", most.shape, upper=most)
        need = draft.row.blocks["need"].indices
        draft.put(need, waits, 1.0)
        draft.put(need[:, :, 1:], waits[:, :, :-1], -1.0)
        draft.charge(Aim.WAITING, waits, self.price[:, None])

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Waited:  # noqa: ARG002
        """Read who waits."""
        return Waited(x[draft.column.blocks["waiting"].indices])

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up what moves from period to period, what it costs, and who waits too long."""
        found = plan.decision(Waited)
        if found is None:
            return Recount()
        moved = -found.cases.copy()
        moved[:, :, 1:] += found.cases[:, :, :-1]
        charges = {Aim.WAITING: float(found.cases.sum(axis=(0, 2)) @ self.price)}
        return Recount(moved, None, charges, tuple(self._too_long(problem, found)))

    def most(self, problem: CityProblem) -> Floats:
        """Count the cases that may wait from each period to the next, shape (I, S, T)."""
        so_far = np.concatenate(
            [np.zeros((*problem.need.shape[:2], 1)), problem.need.cumsum(axis=2)], axis=2
        )
        periods = np.arange(problem.need.shape[2])
        most = np.zeros_like(problem.need)
        for s, longest in enumerate(self.longest.astype(int)):
            begin = np.maximum(periods + 1 - longest, 0)
            most[:, s] = so_far[:, s, periods + 1] - so_far[:, s, begin]
        most[:, :, -1] = 0.0
        return most

    def _too_long(self, problem: CityProblem, found: Waited) -> Iterator[Violation]:
        most = self.most(problem)
        over = np.maximum(found.cases - most, -found.cases)
        for i, s, t in np.argwhere(over > TOLERANCE * np.maximum(1.0, most)):
            where = say(
                "{district} for {service} on {period}",
                district=problem.districts[i],
                service=problem.services[s],
                period=problem.periods[t],
            )
            yield Violation(WAITS, where, float(over[i, s, t]))
