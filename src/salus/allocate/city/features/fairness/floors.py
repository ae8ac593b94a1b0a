"""A coverage that is promised to each group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.constraints import Constraint
from salus.allocate.city.features.fairness.fair import Fair, write_shortfall
from salus.allocate.city.violation import TOLERANCE, Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.features.fairness.fair import Covered
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message

PROMISED = Constraint(
    "promised",
    say("Each group is covered as well as it was promised."),
    ("groups",),
    say("share of the need"),
    "k_g >= least_g",
)
CONSTRAINTS = (PROMISED,)


@dataclass(frozen=True, slots=True, eq=False)
class CoverageFloors(Fair):
    """No group is covered less than it was promised.

    Parameters
    ----------
    groups : Groups
        To whom coverage is promised.
    least : ndarray, shape (G,)
        Coverage of each group at least, from 0 to 1.
    severity : bool
        Whether a case counts as its penalty; otherwise each counts as one.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.features.fairness.fair import Covered
    >>> from salus.allocate.city.features.fairness.groups import Groups
    >>> from salus.core.clock import SystemClock
    >>> city = small_city(7)
    >>> floors = CoverageFloors(Groups.districts(city), np.full(4, 0.7))
    >>> plan = Exact().solve(replace(city, features=(floors,)), SystemClock())
    >>> round(plan.decision(Covered).lowest, 3)
    0.7
    """

    least: Floats
    name: ClassVar[str] = "floors"
    measured: ClassVar[Message] = say("unmet share of the worst covered group")

    def wrong(self) -> Iterator[str]:
        """Name floors that do not fit the groups, or are not from 0 to 1."""
        if self.least.shape != (self.groups.count,):
            shape = (self.groups.count,)
            yield f"floors.least must have shape {shape}, but has {self.least.shape}"
        wrong = self.least[~((self.least >= 0) & (self.least <= 1))]
        if wrong.size:
            yield f"floors.least must be from 0 to 1, but holds {wrong[0]}"

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Keep each shortfall below what may be missed."""
        short, groups, _ = write_shortfall(draft, problem, self)
        most = 1 - self.least[groups]
        draft.put(draft.rows("floors.promised", short.shape, lower=0.0, upper=most), short, 1.0)

    def measure(self, coverage: Floats, need: Floats) -> float:  # noqa: ARG002 - the worst counts
        """Return the unmet share of the worst covered group."""
        return 1 - float(coverage.min())

    def broken(self, found: Covered) -> Iterator[Violation]:
        """Name each group that is covered less than it was promised."""
        missed = np.nan_to_num(self.least - found.coverage)
        for g in np.flatnonzero(missed > TOLERANCE):
            yield Violation(PROMISED, say("{group}", group=self.groups.names[g]), float(missed[g]))
