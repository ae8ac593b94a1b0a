"""Alpha-fairness: one number says how much more a case counts where little is covered."""

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

LEAST = 0.01
MOST_ALPHA = 4
"""Beyond, utility is all but a cliff and solvers stumble; max-min is what it tends to."""


@dataclass(frozen=True, slots=True, eq=False)
class AlphaFair(Fair):
    """The welfare that is lost has a price.

    With p_g the share of a group in the need, and k_g its coverage:

        charge = price sum_g p_g (U(1) - U(k_g)),   U'(k) = k^-alpha for k >= 0.01

    alpha 0 counts cases, 1 is proportional fairness (U = log k), and a large alpha looks at the
    worst covered alone. Below a coverage of 0.01 utility goes on in a straight line, so that a
    group that nobody can serve is a great loss but not an infinite one.

    U is drawn through chords, which lie below it, by at most :attr:`off`. They value a group as if
    it were covered less, by at most :attr:`off_coverage`: the plan is at least as good as the best
    one with each coverage lowered by that. The ends of the chords are the squares of even steps,
    so that this is about the same everywhere: with 20 pieces less than 0.0012 alpha.

    Parameters
    ----------
    groups : Groups
        Between whom the plan is to be fair.
    alpha : float
        Aversion to inequality, from 0 to 4.
    price : float
        Weighted minutes of one unit of utility, above 0; with alpha 0, of all the need.
    pieces : int
        Chords, at least 2.
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
    >>> for alpha in (0.0, 2.0):
    ...     fair = AlphaFair(Groups.districts(city), alpha, 20000.0)
    ...     plan = Exact().solve(replace(city, features=(fair,)), SystemClock())
    ...     round(plan.decision(Covered).lowest, 3), round(fair.off_coverage, 4)
    (0.32, 0.0)
    (0.736, 0.0022)

    References
    ----------
    Atkinson (1970), On the measurement of inequality; Mo and Walrand (2000), Fair end-to-end
    window-based congestion control.
    """

    alpha: float
    price: float
    pieces: int = 20
    name: ClassVar[str] = "alpha"
    measured: ClassVar[Message] = say("welfare that is lost")

    def wrong(self) -> Iterator[str]:
        """Name an alpha, a price or a number of chords that is none."""
        if not 0 <= self.alpha <= MOST_ALPHA:
            yield f"alpha.alpha must be from 0 to {MOST_ALPHA}, but is {self.alpha}"
        if not (np.isfinite(self.price) and self.price > 0):
            yield f"alpha.price must be finite and above 0, but is {self.price}"
        if self.pieces < 2:  # noqa: PLR2004 - one for the straight line, one for the curve
            yield f"alpha.pieces must be at least 2, but is {self.pieces}"

    @property
    def ends(self) -> Floats:
        """Where the chords begin and end, from 0 to 1, shape (pieces + 1,)."""
        if self.alpha == 0:
            return np.array([0.0, 1.0])
        root = float(np.sqrt(LEAST))
        return np.concatenate([[0.0], (root + (1 - root) * np.linspace(0, 1, self.pieces)) ** 2])

    @property
    def off(self) -> float:
        """How far the chords lie below utility at most."""
        return float(self._distances()[0].max())

    @property
    def off_coverage(self) -> float:
        """How much less coverage the chords take a group to have at most, from 0 to 1."""
        below, slope = self._distances()
        return float((below / slope).max())

    def _distances(self) -> tuple[Floats, Floats]:
        """Return how far each chord lies below utility, and how steep it is."""
        begin, end = self.ends[:-1], self.ends[1:]
        slope = (self.utility(end) - self.utility(begin)) / (end - begin)
        if self.alpha == 0:
            return np.zeros(1), slope
        # A chord is farthest off where utility rises as steeply; the first is utility itself.
        far = slope[1:] ** (-1 / self.alpha)
        below = self.utility(far) - self.utility(begin[1:]) - slope[1:] * (far - begin[1:])
        return np.maximum(np.append(0.0, below), 0.0), slope

    def utility(self, coverage: Floats) -> Floats:
        """Return what a coverage is worth, 0 for full coverage and less below."""
        if self.alpha == 0:
            return coverage - 1
        curved = np.maximum(coverage, LEAST)
        power = 1 - self.alpha
        found = np.log(curved) if abs(power) < 1e-9 else (curved**power - 1) / power  # noqa: PLR2004
        return np.asarray(found - np.maximum(LEAST - coverage, 0) * LEAST**-self.alpha)

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Fill the chords of each group with its coverage, the steepest first."""
        short, _, need = write_shortfall(draft, problem, self)
        share = need / need.sum() if need.size else need
        width, height = np.diff(self.ends), np.diff(self.utility(self.ends))
        filled = draft.columns("alpha.filled", (short.size, width.size), upper=width)
        rows = draft.rows("alpha.filled", short.shape, lower=1.0, upper=1.0)
        draft.put(rows, short, 1.0)
        draft.put(rows[:, None], filled, 1.0)
        draft.charge(Aim.UNFAIRNESS, filled, -self.price * share[:, None] * height / width)
        draft.constant(Aim.UNFAIRNESS, self.price * float(height.sum()) * float(share.sum()))

    def measure(self, coverage: Floats, need: Floats) -> float:
        """Return the welfare that is lost, by the chords."""
        worth = np.interp(coverage, self.ends, self.utility(self.ends))
        return float(-worth @ need / need.sum())

    def error(self, coverage: Floats, need: Floats) -> float:
        """Return how much less is lost than the chords say."""
        return self.measure(coverage, need) + float(self.utility(coverage) @ need / need.sum())

    def charge(self, measure: float) -> float:
        """Return the price of the lost welfare."""
        return self.price * measure
