"""A bound on how far the best and the worst covered groups may lie apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
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

GAP = Constraint(
    "gap",
    say("No two groups lie further apart in coverage than the bound allows."),
    (),
    say("share of the need"),
    "max_g k_g - min_g k_g <= most",
)
FLOOR = Constraint(
    "floor",
    say("All groups together are covered as well as the bound on fairness demands."),
    (),
    say("share of the need"),
    "sum_g need_g k_g / sum_g need_g >= overall",
)
CONSTRAINTS = (GAP, FLOOR)


@dataclass(frozen=True, slots=True, eq=False)
class CoverageGap(Fair):
    """The coverage of no two groups differs by more than a bound.

    Within the bound the gap may have a price, too. With k_g the coverage of a group:

        charge = price (max_g k_g - min_g k_g)

    Serving nobody would keep any bound. What is meant is that care is shared, not withheld: a
    bound is refused that only withheld care could keep, with the districts that make it so; see
    :mod:`salus.allocate.city.withheld`.

    Parameters
    ----------
    groups : Groups
        Between whom the plan is to be fair.
    most : float
        The widest gap between the best and the worst covered group, from 0 to 1.
    overall : float
        Coverage of all groups together that is to be reached at least, from 0 to 1.
    price : float
        Weighted minutes of a gap of 1, 0 or more.
    withhold : bool
        Whether care may be withheld from others to keep the bound.
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
    >>> even = replace(city, features=(CoverageGap(Groups.districts(city), 0.05),))
    >>> round(Exact().solve(even, SystemClock()).decision(Covered).gap, 3)
    0.05
    """

    most: float = 1.0
    overall: float = 0.0
    price: float = 0.0
    withhold: bool = False
    name: ClassVar[str] = "gap"
    measured: ClassVar[Message] = say(
        "gap in coverage between the best and the worst covered group"
    )

    def wrong(self) -> Iterator[str]:
        """Name each bound that is not from 0 to 1."""
        for name in ("most", "overall"):
            value = getattr(self, name)
            if not 0 <= value <= 1:
                yield f"gap.{name} must be from 0 to 1, but is {value}"
        if not (np.isfinite(self.price) and self.price >= 0):
            yield f"gap.price must be finite and 0 or more, but is {self.price}"

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Keep all shortfalls within a band, and their mean below what may be missed."""
        short, _, need = write_shortfall(draft, problem, self)
        least = draft.columns("gap.least", (1,), upper=1.0)
        rows = draft.rows("gap.band", short.shape, lower=0.0, upper=self.most)
        draft.put(rows, short, 1.0)
        draft.put(rows, least, -1.0)
        if self.price > 0:
            width = draft.columns("gap.width", (1,), upper=self.most)
            inside = draft.rows("gap.width", short.shape, lower=-2.0, upper=0.0)
            for columns, sign in ((short, 1), (least, -1), (width, -1)):
                draft.put(inside, columns, sign)
            draft.charge(Aim.UNFAIRNESS, width, self.price)
        if short.size:
            floor = draft.rows("gap.overall", (1,), lower=0.0, upper=1 - self.overall)
            draft.put(floor, short, need / need.sum())

    def measure(self, coverage: Floats, need: Floats) -> float:  # noqa: ARG002 - ends count
        """Return how far the best and the worst lie apart."""
        return float(np.ptp(coverage))

    def charge(self, measure: float) -> float:
        """Return the price of the gap."""
        return self.price * measure

    def broken(self, found: Covered) -> Iterator[Violation]:
        """Name the two groups that lie too far apart, and an overall coverage that is missed."""
        if found.gap - self.most > TOLERANCE:
            names = self.groups.names
            best, worst = np.nanargmax(found.coverage), np.nanargmin(found.coverage)
            where = say("{best} and {worst}", best=names[best], worst=names[worst])
            yield Violation(GAP, where, found.gap - self.most)
        missed = self.overall - found.overall
        if missed > TOLERANCE:
            yield Violation(FLOOR, say("all groups"), missed)
