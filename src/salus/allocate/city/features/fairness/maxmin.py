"""The best for those who are worst off: the lowest coverage is made as high as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.fairness.fair import Fair, write_shortfall
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message


@dataclass(frozen=True, slots=True, eq=False)
class MaxMin(Fair):
    """The unmet share of the worst covered group has a price.

    With k_g the coverage of a group:

        charge = price max_g (1 - k_g)

    As the first level of a lexicographic order it raises the lowest coverage as far as it goes,
    whatever the price; :func:`salus.allocate.city.leximin.leximin` then raises the next lowest.

    Parameters
    ----------
    groups : Groups
        Between whom the plan is to be fair.
    price : float
        Weighted minutes if a group goes without any care, above 0.
    severity : bool
        Whether a case counts as its penalty; otherwise each counts as one.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.features.fairness.fair import covered
    >>> from salus.allocate.city.features.fairness.groups import Groups
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> for price in (1.0, 10000.0):
    ...     fair = MaxMin(Groups.districts(city), price)
    ...     plan = Exact().solve(replace(city, features=(fair,)), SystemClock())
    ...     round(covered(plan, "maxmin").lowest, 3)
    0.326
    0.803

    References
    ----------
    Rawls (1971), A theory of justice.
    """

    price: float
    name: ClassVar[str] = "maxmin"
    measured: ClassVar[Message] = say("unmet share of the worst covered group")

    def wrong(self) -> Iterator[str]:
        """Name a price that is none."""
        if not (np.isfinite(self.price) and self.price > 0):
            yield f"maxmin.price must be finite and above 0, but is {self.price}"

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Hold all shortfalls below the worst one, and charge that."""
        short, _, _ = write_shortfall(draft, problem, self)
        worst = draft.columns("maxmin.worst", (1,), upper=1.0)
        rows = draft.rows("maxmin.worst", short.shape, lower=-1.0, upper=0.0)
        draft.put(rows, short, 1.0)
        draft.put(rows, worst, -1.0)
        draft.charge(Aim.UNFAIRNESS, worst, self.price)

    def measure(self, coverage: Floats, need: Floats) -> float:  # noqa: ARG002 - the worst counts
        """Return the unmet share of the worst covered group."""
        return 1 - float(coverage.min())

    def charge(self, measure: float) -> float:
        """Return the price of the worst shortfall."""
        return self.price * measure
