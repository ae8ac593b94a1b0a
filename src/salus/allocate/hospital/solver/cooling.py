"""How temperature and prices change from the first move to the last."""

from __future__ import annotations

import math
from dataclasses import dataclass

from salus.allocate.hospital.search.moves import Prices


@dataclass(frozen=True, slots=True)
class Cooling:
    """How temperature and prices change from the first step to the last.

    Parameters
    ----------
    postponed : float
        What a postponed patient costs.
    first, middle, last : float
        Temperatures, in units of the cost, of the first step, at the ``knee`` and of the last one;
        between them they fall by the same share at each step.
    knee : float
        Share of the steps before the middle temperature.
    cheap, dear : float
        Price of a person too many or mixed for a day, first and from ``settled`` on, in units of
        what a postponed patient costs.
    minutes : float
        Minutes overtime that weigh as much as such a person from ``settled`` on; before, they weigh
        more, as the first plan seldom has any, and what is broken is hard to mend.
    settled : float
        Share of the steps after which the prices stay.
    strict : float
        Temperature below which a rule that is broken weighs more and more.
    shares : tuple of float
        Of the kinds of moves: a nurse, two nurses, a patient, a room, a theatre, postponing,
        two patients, and a patient who makes room.
    """

    postponed: float
    first: float = 40.0
    middle: float = 2.0
    last: float = 0.15
    knee: float = 0.7
    cheap: float = 0.1
    dear: float = 3.0
    minutes: float = 4.0
    settled: float = 0.7
    strict: float = 10.0
    shares: tuple[float, ...] = (0.27, 0.05, 0.20, 0.06, 0.05, 0.01, 0.33, 0.03)

    def temperature(self, part: float) -> float:
        """Return the temperature after a part of the steps, from 0 to 1."""
        if part < self.knee:
            return float(self.first * (self.middle / self.first) ** (part / self.knee))
        return float(
            self.middle * (self.last / self.middle) ** ((part - self.knee) / (1 - self.knee))
        )

    def part(self, temperature: float) -> float:
        """Return the part of the steps, from 0 to ``knee``, after which a temperature is passed."""
        if temperature >= self.first:
            return 0.0
        fallen = math.log(temperature / self.first) / math.log(self.middle / self.first)
        return self.knee * min(1.0, fallen)

    def prices(self, part: float) -> Prices:
        """Return what broken rules weigh after a part of the steps."""
        risen = min(1.0, part / self.settled)
        grown = (self.cheap / self.dear) ** (1.0 - risen)
        dear = self.postponed * self.dear
        return Prices(dear * grown, dear * math.sqrt(grown) / self.minutes)
