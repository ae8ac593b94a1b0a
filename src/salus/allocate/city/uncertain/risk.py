"""How costs that are not yet known are judged: on average, by their worst, or between the two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats


@dataclass(frozen=True, slots=True)
class Risk:
    """Judge a cost by (1 - weight) times its mean plus weight times the mean of its worst tail.

    Parameters
    ----------
    weight : float
        What the tail counts, from 0 (the mean alone) to 1 (the tail alone).
    level : float
        Where the tail begins, above 0 and below 1: at 0.9, it is the worst tenth.

    Raises
    ------
    ValueError
        If one is out of range; both are named.

    References
    ----------
    Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk.

    Examples
    --------
    >>> cost, probability = np.array([10.0, 20.0, 90.0]), np.array([0.5, 0.4, 0.1])
    >>> Risk().of(cost, probability), Risk(1.0, 0.9).of(cost, probability)
    (22.0, 90.0)
    >>> round(Risk(0.5, 0.8).of(cost, probability), 6)
    38.5
    """

    weight: float = 0.0
    level: float = 0.9

    def __post_init__(self) -> None:
        """Refuse a mixture that means nothing."""
        faults = []
        if not 0 <= self.weight <= 1:
            faults.append(f"weight must be from 0 to 1, but is {self.weight}")
        if not 0 < self.level < 1:
            faults.append(f"level must be above 0 and below 1, but is {self.level}")
        if faults:
            raise ValueError("; ".join(faults))

    def of(self, cost: Floats, probability: Floats) -> float:
        """Judge costs, shape (K,), of these probabilities, shape (K,)."""
        if not np.isfinite(cost).all():
            return float("inf")
        return float(self.worst(cost, probability) @ cost)

    def least(self, probability: Floats) -> Floats:
        """Return what each scenario counts at the least, shape (K,)."""
        return (1 - self.weight) * probability

    def most(self, probability: Floats) -> Floats:
        """Return what each scenario counts at the most, shape (K,)."""
        return self.least(probability) + self.weight / (1 - self.level) * probability

    def worst(self, cost: Floats, probability: Floats) -> Floats:
        """Return what each scenario counts, shape (K,): the more, the more it costs.

        The judgement of a cost is the largest mean over all weights between the least and the
        most that add up to 1; these attain it.
        """
        order = np.argsort(-cost, kind="stable")
        room = (self.most(probability) - self.least(probability))[order]
        before = np.concatenate([[0.0], room.cumsum()[:-1]])
        counts = self.least(probability)
        counts[order] += np.clip(self.weight - before, 0.0, room)
        return counts

    def fitted(self, counts: Floats, probability: Floats) -> Floats:
        """Mend the rounding of weights that a solver found, shape (K,)."""
        low, high = self.least(probability), self.most(probability)
        found = np.clip(counts, low, high)
        short = 1.0 - float(found.sum())
        room = high - found if short > 0 else found - low
        total = float(room.sum())
        return found + short * room / total if total > 0 else found


def tail_mean(cost: Floats, probability: Floats, level: float) -> float:
    """Return the mean of the worst costs, the share 1 - level of them: conditional value at risk.

    Examples
    --------
    >>> round(tail_mean(np.array([10.0, 20.0, 90.0]), np.array([0.5, 0.4, 0.1]), 0.8), 6)
    55.0
    """
    return Risk(1.0, level).of(cost, probability)
