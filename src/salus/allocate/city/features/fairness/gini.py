"""Inequality as a price: the Gini of coverage over need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.fairness.fair import Fair, write_shortfall
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft
    from salus.core.messages import Message

MOST_PAIRED = 100
"""Up to this many groups every pair is compared; 5,000 rows. Above, the curve of Lorenz."""
POINTS = 20


@dataclass(frozen=True, slots=True, eq=False)
class GiniPenalty(Fair):
    """The absolute Gini of coverage has a price.

    With p_g the share of a group in the need, and k_g its coverage:

        charge = price sum_{g < h} p_g p_h |k_g - k_h| = price Gini(k) sum_g p_g k_g

    The Gini itself is a ratio, and no linear programme can weigh it; times the mean coverage it
    is linear. It falls, too, where all are served worse: the price of unmet need must outweigh
    that. The decision reports both.

    With few groups every pair is compared, which is exact. With many, the curve of Lorenz is
    drawn through ``points`` chords. With D(q) the distance between the line of equality and the
    curve, each value of it the least of a linear programme of its own:

        charge = price (2 / points) sum_{n = 1}^{points - 1} D(n / points)
        D(q) = min_eta sum_g p_g (q (k_g - eta) + max(0, eta - k_g))

    The curve is convex, and its slopes lie between the lowest and the highest coverage. Hence
    the chords give no more than the absolute Gini, and at most gap / (4 points^2) less: with 20
    points and a gap of 1, less than 0.0007.

    Parameters
    ----------
    groups : Groups
        Between whom the plan is to be fair.
    price : float
        Weighted minutes of an absolute Gini of 1, above 0.
    points : int, optional
        Chords of the curve, at least 2. When not given, up to 100 groups are compared in pairs,
        and more by 20 chords.
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
    >>> for price in (1.0, 20000.0):
    ...     even = replace(city, features=(GiniPenalty(Groups.districts(city), price),))
    ...     round(Exact().solve(even, SystemClock()).decision(Covered).gini, 3)
    0.132
    0.0

    References
    ----------
    Gini (1912), Variabilità e mutabilità; Ogryczak and Ruszczyński (2002), Dual stochastic
    dominance and related mean-risk models, for D.
    """

    price: float
    points: int | None = None
    name: ClassVar[str] = "gini"
    measured: ClassVar[Message] = say("absolute Gini of coverage")

    def wrong(self) -> Iterator[str]:
        """Name a price or a number of chords that is none."""
        if not (np.isfinite(self.price) and self.price > 0):
            yield f"gini.price must be finite and above 0, but is {self.price}"
        if self.points is not None and self.points < 2:  # noqa: PLR2004 - one chord sees nothing
            yield f"gini.points must be at least 2, but is {self.points}"

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Charge the distance of every pair, or that of the curve from the line of equality."""
        short, _, need = write_shortfall(draft, problem, self)
        share = need / need.sum() if need.size else need
        chords = self._chords(need.size)
        if chords is None:
            self._write_pairs(draft, short, share)
        else:
            self._write_chords(draft, short, share, chords)

    def measure(self, coverage: Floats, need: Floats) -> float:
        """Return the absolute Gini, by chords where there are many groups."""
        people, care = _lorenz(coverage, need)
        chords = self._chords(need.size)
        grid = people if chords is None else np.linspace(0, 1, chords + 1)
        curve = np.interp(grid, people, care)
        return max(0.0, float(care[-1] - np.sum((curve[1:] + curve[:-1]) * np.diff(grid))))

    def error(self, coverage: Floats, need: Floats) -> float:
        """Bound how far the chords may lie below the absolute Gini."""
        chords = self._chords(need.size)
        return 0.0 if chords is None else float(np.ptp(coverage)) / (4 * chords**2)

    def charge(self, measure: float) -> float:
        """Return the price of the absolute Gini."""
        return self.price * measure

    def _chords(self, groups: int) -> int | None:
        return self.points or (None if groups <= MOST_PAIRED else POINTS)

    def _write_pairs(self, draft: Draft, short: Whole, share: Floats) -> None:
        one, other = np.triu_indices(short.size, 1)
        above, below = draft.columns("gini.apart", (2, one.size), upper=1.0)
        rows = draft.rows("gini.apart", one.shape, lower=0.0, upper=0.0)
        for columns, sign in ((short[one], 1), (short[other], -1), (above, -1), (below, 1)):
            draft.put(rows, columns, sign)
        for apart in (above, below):
            draft.charge(Aim.UNFAIRNESS, apart, self.price * share[one] * share[other])

    def _write_chords(self, draft: Draft, short: Whole, share: Floats, chords: int) -> None:
        quantile = np.arange(1, chords) / chords
        price = 2 * self.price / chords
        level = draft.columns("gini.level", quantile.shape, upper=1.0)
        under = draft.columns("gini.under", (chords - 1, short.size), upper=1.0)
        # max(0, eta - k) with k = 1 - shortfall.
        rows = draft.rows("gini.under", under.shape, lower=-1.0, upper=1.0)
        for columns, sign in ((under, 1), (level[:, None], -1), (short, -1)):
            draft.put(rows, columns, sign)
        draft.charge(Aim.UNFAIRNESS, under, price * share)
        draft.charge(Aim.UNFAIRNESS, level, -price * quantile)
        draft.charge(Aim.UNFAIRNESS, short, -price * quantile.sum() * share)
        draft.constant(Aim.UNFAIRNESS, price * float(quantile.sum()) * float(share.sum()))


def _lorenz(coverage: Floats, need: Floats) -> tuple[Floats, Floats]:
    """Return the curve: shares of the need, and the coverage that reaches them, from 0."""
    order = np.argsort(coverage, kind="stable")
    share = need[order] / need.sum()
    people = np.concatenate([[0.0], np.cumsum(share)])
    return people / people[-1], np.concatenate([[0.0], np.cumsum(share * coverage[order])])
