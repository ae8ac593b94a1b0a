"""Alpha-fairness: one number says how much more a case counts where little is covered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.fairness.fair import Fair, write_shortfall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

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

    U is drawn through chords, which lie below it, by at most :attr:`off`: with 20 pieces by less
    than 0.2 % of U(1) - U(0.01) for alpha 1, and less than 0.3 % for alpha 2. The ends of the
    chords lie densest where U bends most, so that all chords are about equally far off.

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
    ...     round(plan.decision(Covered).lowest, 3), round(fair.off, 4)
    (0.32, 0.0)
    (0.46, 0.2244)

    References
    ----------
    Atkinson (1970), On the measurement of inequality; Mo and Walrand (2000), Fair end-to-end
    window-based congestion control.
    """

    alpha: float
    price: float
    pieces: int = 20
    name: ClassVar[str] = "alpha"

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
        power = (1 - self.alpha) / 2
        steps = np.linspace(0, 1, self.pieces)
        if abs(power) < 1e-9:  # noqa: PLR2004 - the limit of the powers is the logarithm
            ends = LEAST ** (1 - steps)
        else:
            ends = (LEAST**power + steps * (1 - LEAST**power)) ** (1 / power)
        return np.concatenate([[0.0], ends])

    @property
    def off(self) -> float:
        """How far the chords lie below utility at most."""
        if self.alpha == 0:
            return 0.0
        begin, end = self.ends[1:-1], self.ends[2:]
        slope = (self.utility(end) - self.utility(begin)) / (end - begin)
        # A chord is farthest off where utility rises as steeply as it.
        far = slope ** (-1 / self.alpha)
        return float(np.max(self.utility(far) - self.utility(begin) - slope * (far - begin)))

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

    def error(self, coverage: Floats, need: Floats) -> float:  # noqa: ARG002 - holds everywhere
        """Bound how much less than the chords say is lost."""
        return self.off

    def charge(self, measure: float) -> float:
        """Return the price of the lost welfare."""
        return self.price * measure
