"""Declined: services that facilities do not take in some periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.constraints import Constraint
from salus.allocate.city.programme import pairs_of
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

DECLINES = Constraint(
    "declined",
    say("Nobody is admitted for a service in a period in which the facility declines it."),
    ("facilities", "services", "periods"),
    say("cases"),
    "admitted_jst = 0 where j declines s in t",
)
CONSTRAINTS = (DECLINES,)


@dataclass(frozen=True, slots=True, eq=False)
class Declined:
    """Facilities take some services in some periods only.

    Parameters
    ----------
    closed : ndarray of bool, shape (J, S, T)
        Where and when nobody is admitted.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> closed = np.zeros((3, 3, 3), dtype=bool)
    >>> closed[0, 0, 1] = True
    >>> city = replace(small_city(7), features=(Declined(closed),))
    >>> plan = Exact().solve(city, SystemClock())
    >>> bool(((plan.facility == 0) & (plan.service == 0) & (plan.period == 1)).any())
    False
    """

    closed: NDArray[np.bool_]
    name: ClassVar[str] = "declined"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        shape = (len(problem.facilities), len(problem.services), len(problem.periods))
        if self.closed.shape != shape:
            return [f"declined.closed must have shape {shape}, but has {self.closed.shape}"]
        if self.closed.dtype != np.bool_:
            return [f"declined.closed must hold true and false, but holds {self.closed.dtype}"]
        return []

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Let nothing be admitted where it is declined."""
        admitted = draft.column.blocks["admitted"].indices
        facility, service = pairs_of(problem).T
        columns = admitted[self.closed[facility, service]]
        draft.put(draft.rows("declined", columns.shape, upper=0.0), columns, 1.0)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> None:
        """Read nothing: what is declined is known before."""

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Name who is admitted where it is declined."""
        return Recount(violations=tuple(self._broken(problem, plan)))

    def _broken(self, problem: CityProblem, plan: CityPlan) -> Iterator[Violation]:
        admitted = np.zeros(self.closed.shape)
        np.add.at(admitted, (plan.facility, plan.service, plan.period), plan.cases)
        for j, s, t in np.argwhere(self.closed & (admitted > TOLERANCE)):
            where = say(
                "{facility} for {service} on {period}",
                facility=problem.facilities[j],
                service=problem.services[s],
                period=problem.periods[t],
            )
            yield Violation(DECLINES, where, float(admitted[j, s, t]))
