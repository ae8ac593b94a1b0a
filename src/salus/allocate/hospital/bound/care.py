"""What the care of all who are in the house costs at least, whoever is admitted when.

A nurse in a shift has a price for each unit of work, from nothing to the weight of overload.
Whoever pays it no longer minds how much work the nurse has, so that people no longer compete: each
stay takes the nurses that are cheapest for itself. With

* ``q`` the price of a duty, ``L`` its most work,
* ``f_s(q)`` the least cost of the care of stay s: nurses who come at all, levels that they lack,
  and the price of the work that they do,

every plan with admissions ``x`` has

    continuity + skill + overload >= sum_s x_s f_s(q) - sum_duties q L

for any ``q``. Each stay is in turn bounded by worths that its shifts pay for care. Prices and
worths are found by steps along subgradients; how well, matters for the bound, not for its truth.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from salus.allocate.hospital.bound.prices import DRIFT, Prices, first_worths, step

if TYPE_CHECKING:
    from collections.abc import Callable

    from salus.allocate.hospital.bound.prices import Floats, Nursing, Whole

STEPS, FEWER_STEPS = 200, 80
"""For prices of duties, and for worths at given prices."""
LONGEST, SHORTEST = 0.3, 0.0003
"""First and last length of a step of the worths, in units of the largest weight."""
LATER = 0.3
"""Share of the first length where prices were found before."""
DUTIES = 3.0
"""How much longer the steps of prices are."""


class Cut(NamedTuple):
    """A lower bound on the cost of all care that is linear in the admissions.

    Attributes
    ----------
    fixed : float
        Of occupants, less what the nurses may do.
    stay : ndarray of float, shape (choices,)
        Of each choice that is taken.
    """

    fixed: float
    stay: Floats


class Care:
    """Prices of the work of nurses, improved from one set of admissions to the next.

    Parameters
    ----------
    given : Nursing
        All stays and duties.
    choices : int
        How many of the stays are choices; the others are occupants.
    """

    def __init__(self, given: Nursing, choices: int) -> None:
        self._given, self._choices = given, choices
        self._scale = max(1.0, float(given.weight.max()))
        self.prices = Prices(
            duty=np.zeros(given.most.size),
            worth=np.zeros(given.work.size),
            trend=np.zeros(given.work.size),
            stay=np.zeros(given.first.size),
            load=np.zeros(given.most.size),
            tally=np.zeros(int(given.shifts.max(initial=0))),
        )
        self._priced = False
        first_worths(given, self.prices, self._everybody)
        # What compiling takes is not taken from the first cut.
        step(given, self.prices, self._everybody[:0], np.zeros(0), 0.0)

    @property
    def _everybody(self) -> Whole:
        return np.arange(self._given.first.size)

    def improve(self, taken: Floats, late: Callable[[], bool]) -> None:
        """Find better prices of the duties for given admissions.

        Parameters
        ----------
        taken : ndarray of float, shape (choices,)
            Share of each choice, 0 to 1.
        late : callable
            Tells whether to stop.
        """
        given, prices = self._given, self.prices
        shares = np.concatenate([taken, np.ones(given.first.size - self._choices)])
        which, most = np.flatnonzero(shares > 0), np.maximum(given.most, 1.0)
        best, kept, trend = -np.inf, prices.duty.copy(), np.zeros_like(prices.duty)
        for length in self._lengths(STEPS):
            value = step(given, prices, which, shares, length) - float(prices.duty @ given.most)
            if value > best:
                best, kept = value, prices.duty.copy()
            trend = DRIFT * trend + (1 - DRIFT) * (prices.load - given.most) / most
            moved = prices.duty + DUTIES * length * trend
            np.clip(moved, 0.0, given.weight[2], out=prices.duty)
            if late():
                break
        prices.duty[:] = kept
        self._priced = True

    def cut(self, late: Callable[[], bool]) -> Cut:
        """Bound the care of every stay at the prices of the duties.

        Parameters
        ----------
        late : callable
            Tells whether to stop.

        Returns
        -------
        Cut
        """
        given, prices = self._given, self.prices
        best, nobody = np.zeros(given.first.size), np.zeros(given.first.size)
        for length in self._lengths(FEWER_STEPS):
            step(given, prices, self._everybody, nobody, length)
            np.maximum(best, prices.stay, out=best)
            if late():
                break
        fixed = best[self._choices :].sum() - prices.duty @ given.most
        return Cut(float(fixed), best[: self._choices])

    def _lengths(self, count: int) -> list[float]:
        longest = LONGEST * self._scale * (LATER if self._priced else 1.0)
        return [float(each) for each in np.geomspace(longest, SHORTEST * self._scale, count)]
