"""One walk through the plans of a hospital, on one core."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.search.anneal import anneal, keep, rebuild
from salus.allocate.hospital.search.moves import Prices
from salus.allocate.hospital.search.start import empty_plan, first_plan
from salus.allocate.hospital.search.state import BEDS, COST, MINUTES, Kept, State, empty_state

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.allocate.hospital.search.tables import Tables
    from salus.allocate.hospital.solver.cooling import Cooling

FIRMER, SOFTER = 1.25, 1.05
"""By how much the price of a rule rises while it is broken, and falls while it is not."""

FIRMEST = 1000.0
"""How many times its price a rule can come to weigh."""


@dataclass(slots=True)
class Chain:
    """A plan in hand, the best one that was met, and how hard broken rules are priced.

    Parameters
    ----------
    given : Tables
        What is planned.
    cooling : Cooling
        How temperature and prices change.
    now : State
        The plan in hand.
    best : Kept
        Plan without broken rules, or the one that is nearest to it.
    tried : int
        Moves so far.
    firm : list of float
        How many times their prices people and minutes that break rules weigh by now.
    counts : ndarray of int, shape (8, 2)
        Moves of each kind that were tried, and made.
    """

    given: Tables
    cooling: Cooling
    now: State
    best: Kept
    tried: int = 0
    firm: list[float] = field(default_factory=lambda: [1.0, 1.0])
    counts: NDArray[np.int64] = field(default_factory=lambda: np.zeros((8, 2), dtype=np.int64))

    @classmethod
    def begin(cls, given: Tables, cooling: Cooling, seed: int, begun: Kept | None) -> Chain:
        """Build a first plan, with who can be taken over from one that is given."""
        now = first_plan(given, seed, cooling.prices(1.0), begun)
        best = empty_plan(given)
        keep(given, now, best)
        return cls(given, cooling, now, best)

    def walk(self, part: float, tries: int) -> None:
        """Try moves, at the temperature after a part of the whole search."""
        anneal(
            self.given,
            self.now,
            self.best,
            self._prices(part),
            self.cooling.temperature(part),
            tries,
            self.cooling.cumulated,
            self.counts,
        )
        self.tried += tries

    def score(self, part: float) -> float:
        """Price the plan in hand, after a part of the whole search."""
        prices, total = self.cooling.prices(part), self.now.total
        return float(total[COST] + prices.person * total[BEDS] + prices.minute * total[MINUTES])

    def _prices(self, part: float) -> Prices:
        prices = self.cooling.prices(part)
        return Prices(prices.person * self.firm[BEDS], prices.minute * self.firm[MINUTES])

    def price(self, part: float) -> None:
        """Raise the prices of the rules that are still broken late in the search."""
        if self.cooling.temperature(part) < self.cooling.strict:
            for which in (BEDS, MINUTES):
                grown = self.firm[which] * (FIRMER if self.now.total[which] else 1 / SOFTER)
                self.firm[which] = min(FIRMEST, max(1.0, grown))

    def take_over(self, other: Chain) -> None:
        """Go on from the plan that another chain has in hand."""
        again = empty_state(self.given, 0)
        again.random[:], plan = self.now.random, other.now
        rebuild(self.given, again, Kept(plan.place, plan.nurse, plan.total))
        self.now = again
