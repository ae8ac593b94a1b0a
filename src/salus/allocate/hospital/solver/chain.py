"""One walk through the plans of a hospital, on one core."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.hospital.search.anneal import PLACE, anneal, keep, rebuild
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
    shares : ndarray, shape (8,)
        Sum of the shares of the kinds of moves up to each kind; the last is 1.
    now : State
        The plan in hand.
    best : Kept
        Plan without broken rules, or the one that is nearest to it.
    tried : int
        Moves so far.
    hottest : float
        Above it, a plan that is worth going on from would be lost.
    firm : list of float
        How many times their prices people and minutes that break rules weigh by now.
    """

    given: Tables
    shares: NDArray[np.float64]
    now: State
    best: Kept
    tried: int = 0
    hottest: float = math.inf
    firm: list[float] = field(default_factory=lambda: [1.0, 1.0])

    @classmethod
    def begin(
        cls,
        given: Tables,
        cooling: Cooling,
        seed: int,
        days: NDArray[np.int32],
        begun: Kept | None,
    ) -> Chain:
        """Build a first plan, with who can be taken over from one that is given."""
        now = first_plan(given, seed, cooling.prices(1.0), days, begun)
        best = empty_plan(given)
        keep(given, now, best)
        return cls(given, _summed(given, cooling.shares), now, best)

    def restart(self, cooling: Cooling, days: NDArray[np.int32], hottest: float) -> None:
        """Go on from a first plan with other days of admission; the best plan stays known."""
        self.hottest = hottest
        again = first_plan(self.given, 0, cooling.prices(1.0), days)
        again.random[:] = self.now.random
        self.now = again

    def walk(self, cooling: Cooling, part: float, tries: int) -> None:
        """Try moves, at the temperature and the prices after a part of an annealing."""
        prices = cooling.prices(part)
        anneal(
            self.given,
            self.now,
            self.best,
            Prices(prices.person * self.firm[BEDS], prices.minute * self.firm[MINUTES]),
            min(self.hottest, cooling.temperature(part)),
            tries,
            self.shares,
        )
        self.tried += tries

    def score(self, prices: Prices) -> float:
        """Price the plan in hand."""
        total = self.now.total
        return float(total[COST] + prices.person * total[BEDS] + prices.minute * total[MINUTES])

    def firmer(self) -> None:
        """Raise the prices of the rules that are broken, and lower those of the others again."""
        for which in (BEDS, MINUTES):
            grown = self.firm[which] * (FIRMER if self.now.total[which] else 1 / SOFTER)
            self.firm[which] = min(FIRMEST, max(1.0, grown))

    def take_over(self, other: Chain) -> None:
        """Go on from the plan that another chain has in hand."""
        again = empty_state(self.given, 0)
        again.random[:], plan = self.now.random, other.now
        rebuild(self.given, again, Kept(plan.place, plan.nurse, plan.total))
        self.now = again


def _summed(given: Tables, shares: tuple[float, ...]) -> NDArray[np.float64]:
    kinds = np.array(shares)
    if not given.patients:
        kinds[PLACE:] = 0.0
    summed = np.cumsum(kinds)
    return summed / summed[-1]
