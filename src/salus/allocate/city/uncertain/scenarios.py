"""What need may turn out to be, and how likely each case is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem

# Probabilities of many scenarios add up to 1 but for the rounding of their sum.
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Scenarios:
    """Need in each of K cases of the future.

    Parameters
    ----------
    need : ndarray, shape (K, I, S, T)
        Cases of each district, service and period in each scenario, 0 or more.
    probability : ndarray, shape (K,)
        Of each scenario, 0 or more; together 1.

    Raises
    ------
    ValueError
        If there is no scenario, a shape does not fit, a number is not finite or below 0, or the
        probabilities do not add up to 1; everything that is wrong is named.

    Examples
    --------
    >>> mild, severe = np.full((2, 1, 3), 4.0), np.full((2, 1, 3), 9.0)
    >>> ahead = Scenarios(np.stack([mild, severe]), np.array([0.8, 0.2]))
    >>> len(ahead), float(ahead.mean[0, 0, 0])
    (2, 5.0)
    """

    need: Floats
    probability: Floats

    def __post_init__(self) -> None:
        """Refuse scenarios that mean nothing, naming all that is wrong with them."""
        faults = [*_bad_need(self.need), *_bad_probability(self.probability, self.need)]
        if faults:
            raise ValueError("; ".join(faults))

    def __len__(self) -> int:
        """Count the scenarios."""
        return self.probability.size

    @property
    def mean(self) -> Floats:
        """Expected need, shape (I, S, T)."""
        found: Floats = np.tensordot(self.probability, self.need, axes=1)
        return found

    def city(self, problem: CityProblem, scenario: int) -> CityProblem:
        """Return the city as it is in one scenario.

        Parameters
        ----------
        problem : CityProblem
            The city; its own need is not looked at.
        scenario : int
            Which, from 0.

        Returns
        -------
        CityProblem

        Raises
        ------
        ValueError
            If the need does not fit the city.
        """
        return replace(problem, need=self.need[scenario])


def equally_likely(need: Floats) -> Scenarios:
    """Give all scenarios the same probability.

    Examples
    --------
    >>> equally_likely(np.ones((4, 2, 1, 3))).probability.tolist()
    [0.25, 0.25, 0.25, 0.25]
    """
    return Scenarios(need, np.full(len(need), 1 / max(1, len(need))))


def _bad_need(need: Floats) -> list[str]:
    axes = 4
    if need.ndim != axes or 0 in need.shape:
        return [f"need must have shape (K, I, S, T), each at least 1, but has {need.shape}"]
    wrong = need[~(np.isfinite(need) & (need >= 0))]
    return [f"need must be finite and 0 or more, but holds {wrong[0]}"] if wrong.size else []


def _bad_probability(probability: Floats, need: Floats) -> list[str]:
    if probability.shape != need.shape[:1]:
        return [f"probability must have shape {need.shape[:1]}, but has {probability.shape}"]
    wrong = probability[~(np.isfinite(probability) & (probability >= 0))]
    if wrong.size:
        return [f"probability must be finite and 0 or more, but holds {wrong[0]}"]
    total = float(probability.sum())
    if abs(total - 1) > ROUNDING:
        return [f"probability must add up to 1, but adds up to {total}"]
    return []
