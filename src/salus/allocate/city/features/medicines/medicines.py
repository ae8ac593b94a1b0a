"""Medicines: what a facility admits needs doses, which lie there, are ordered and are sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from salus.allocate.city.features.medicines.first_expired import read
from salus.allocate.city.features.medicines.follow import follow
from salus.allocate.city.features.medicines.programme import write
from salus.allocate.city.features.medicines.supply import Supply

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.features.medicines.dispensed import Dispensed
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.recount import Recount
    from salus.allocate.lp.draft import Draft


@dataclass(frozen=True, eq=False)
class Medicines(Supply):
    """Cases need doses from what lies at their facility then; what expires first is given first.

    In each period units arrive first, then those that leave are sent, then doses are given, and
    what was not used in its last usable period expires in the evening. Doses fall due over the
    stay as all that a case takes. What is left at the end of the plan is worth nothing and costs
    nothing.

    The parameters are those of :class:`Supply`.

    Notes
    -----
    Orders, and sendings that arrive in a later period than they leave, are made before the
    demand that they are to meet is known; what arrives in the same period can follow demand.

    Examples
    --------
    >>> from dataclasses import replace
    >>> import numpy as np
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.features.medicines.dispensed import Dispensed
    >>> from salus.allocate.city.features.medicines.supply import Batches
    >>> from salus.core.clock import SystemClock
    >>> antibiotic = Medicines(
    ...     medicines=("antibiotic",),
    ...     doses=np.array([[5.0], [0.0], [0.0]]),
    ...     unit_cost=np.array([2.0]),
    ...     batches=Batches(
    ...         place=np.array([0, 0]),
    ...         medicine=np.array([0, 0]),
    ...         units=np.array([30.0, 20.0]),
    ...         last=np.array([2, 1]),
    ...     ),
    ... )
    >>> plan = Exact().solve(replace(small_city(7), features=(antibiotic,)), SystemClock())
    >>> float(plan.cases[plan.service == 0].sum().round(6))
    10.0
    """

    name: ClassVar[str] = "medicines"
    first: ClassVar[tuple[str, ...]] = ("medicines.ordered", "medicines.sent")

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Write stock, orders, sendings, what is given and what expires."""
        write(self, draft, problem)

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Dispensed:
        """Read what is done, giving first what expires first."""
        return read(self, draft, x, problem)

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Follow each batch through the periods, from the plan alone."""
        return follow(self, problem, plan)
