"""Privacy loss and the budget for it: values that add exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass

from salus.core.checks import within

UNITS = 1_000_000_000
"""Units of one epsilon: whole numbers add without rounding, in any order."""


@dataclass(frozen=True, slots=True, order=True)
class Loss:
    """What an answer can tell at most about one person, as pure epsilon.

    Whatever somebody believed about a person before, the answer changes the odds of it by a
    factor of e to the epsilon at most. Losses of several answers add.

    Parameters
    ----------
    units : int
        Thousand-millionths of an epsilon, 0 or more.

    Raises
    ------
    ValueError
        If it is negative.

    Examples
    --------
    >>> (Loss.of(0.1) + Loss.of(0.2)).epsilon
    0.3

    References
    ----------
    Dwork, C., McSherry, F., Nissim, K. and Smith, A. (2006). Calibrating noise to sensitivity in
    private data analysis. TCC 2006, 265-284.
    """

    units: int = 0

    def __post_init__(self) -> None:
        """Refuse a loss that gives something back."""
        within("units", self.units, 0, unit="units of epsilon")

    @classmethod
    def of(cls, epsilon: float) -> Loss:
        """Write an epsilon as units, rounded up so that the account never falls short.

        Raises
        ------
        ValueError
            If it is negative, infinite or not a number.
        """
        within("epsilon", epsilon, 0, 1e9)
        nearest = round(epsilon * UNITS)
        # 0.3 * UNITS is a hair above 300,000,000: that is rounding of the product, no loss.
        return cls(nearest if nearest / UNITS >= epsilon else math.ceil(epsilon * UNITS))

    @property
    def epsilon(self) -> float:
        """Return the loss as an epsilon."""
        return self.units / UNITS

    def __add__(self, other: Loss) -> Loss:
        """Return the loss of two answers together."""
        return Loss(self.units + other.units)


@dataclass(frozen=True, slots=True)
class Budget:
    """What may be told about each person of some data, and what was told already.

    Parameters
    ----------
    granted : Loss
        In all.
    spent : Loss
        Of it, at most all.

    Raises
    ------
    ValueError
        If more is spent than was granted.

    Examples
    --------
    >>> budget = Budget(Loss.of(1.0))
    >>> budget = budget + Loss.of(0.4)
    >>> budget.left.epsilon, budget.allows(Loss.of(0.7))
    (0.6, False)
    """

    granted: Loss
    spent: Loss = Loss()

    def __post_init__(self) -> None:
        """Refuse a budget that is overspent."""
        if self.spent > self.granted:
            message = f"spent must be at most {self.granted.units}, but is {self.spent.units}"
            raise ValueError(message)

    @property
    def left(self) -> Loss:
        """Return what may still be told."""
        return Loss(self.granted.units - self.spent.units)

    def allows(self, loss: Loss) -> bool:
        """Tell whether so much is left."""
        return loss <= self.left

    def __add__(self, loss: Loss) -> Budget:
        """Return the budget after one more answer.

        Raises
        ------
        ValueError
            If so much is not left.
        """
        return Budget(self.granted, self.spent + loss)
