"""Money: what cases and the days they take cost, weighed against need at a stated rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.constraints import Constraint
from salus.allocate.city.programme import pairs_of
from salus.allocate.city.recount import Recount
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.allocate.lp.inner import inner
from salus.core.messages import say

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

SPENDS = Constraint(
    "spends",
    say("The money that a plan claims to spend is what its cases cost."),
    (),
    say("money"),
    "spent = sum_ijst x_ijst (case_s + sum_r uses_sr day_jr)",
)
CONSTRAINTS = (SPENDS,)


@dataclass(frozen=True, slots=True)
class Spent:
    """What is spent.

    Parameters
    ----------
    money : float
        For all cases of the plan, over their whole stays.
    """

    money: float


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """A case costs money, and so does each resource-day that it takes over its whole stay.

    The charge is the money times the rate.

    Parameters
    ----------
    case : ndarray, shape (S,)
        Money for each case of a service, 0 or more.
    day : ndarray, shape (J, R)
        Money for each resource-day at a facility, 0 or more.
    rate : float
        Weighted minutes that one unit of money counts as, 0 or more.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> day = np.array([[10.0, 40.0], [30.0, 90.0], [20.0, 60.0]])
    >>> for rate in (0.0, 0.5):
    ...     costs = Costs(np.zeros(3), day, rate)
    ...     plan = Exact().solve(replace(small_city(7), features=(costs,)), SystemClock())
    ...     round(plan.decision(Spent).money)
    10394
    10016
    """

    case: Floats
    day: Floats
    rate: float
    name: ClassVar[str] = "costs"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        shapes: dict[str, tuple[int, ...]] = {
            "case": (len(problem.services),),
            "day": (len(problem.facilities), len(problem.resources)),
        }
        faults = []
        for name, shape in shapes.items():
            values = getattr(self, name)
            if values.shape != shape:
                faults.append(f"costs.{name} must have shape {shape}, but has {values.shape}")
            wrong = values[~(np.isfinite(values) & (values >= 0))]
            if wrong.size:
                faults.append(f"costs.{name} must be finite and 0 or more, but holds {wrong[0]}")
        if not (np.isfinite(self.rate) and self.rate >= 0):
            faults.append(f"costs.rate must be finite and 0 or more, but is {self.rate}")
        return faults

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Charge each admission for the whole stay."""
        facility, service = pairs_of(problem).T
        admitted = draft.column.blocks["admitted"].indices
        money = self._money(problem)[facility, service]
        draft.charge(Aim.COST, admitted, self.rate * money[:, None])

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Spent:
        """Read what the admissions cost."""
        facility, service = pairs_of(problem).T
        admitted = x[draft.column.blocks["admitted"].indices].sum(axis=1)
        return Spent(inner(admitted, self._money(problem)[facility, service]))

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up what the rows of the plan cost."""
        money = inner(plan.cases, self._money(problem)[plan.facility, plan.service])
        found = plan.decision(Spent)
        off = 0.0 if found is None else abs(found.money - money)
        false = off > TOLERANCE * max(1.0, money)
        broken = (Violation(SPENDS, say("the whole plan"), off),) if false else ()
        return Recount(charges={Aim.COST: self.rate * money}, violations=broken)

    def _money(self, problem: CityProblem) -> Floats:
        """Return what a case costs at each facility, shape (J, S)."""
        return self.case + self.day @ problem.uses.T
