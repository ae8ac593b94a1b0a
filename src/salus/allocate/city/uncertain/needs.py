"""The needs that a robust plan is made for: any few districts may need more than expected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.problem import CityProblem


@dataclass(frozen=True, slots=True, eq=False)
class NeedSet:
    """All needs that differ from the nominal one by no more than a deviation, in few districts.

    A need d is in the set when it is 0 or more and there are shares z_i from 0 to 1, together at
    most ``budget``, with |d_ist - nominal_ist| <= z_i deviation_ist: up to ``budget`` districts
    may be off by all of it, in all services and periods at once, or more of them in part. Each
    promise of a plan is held against the whole set by itself, so it makes no difference whether
    the budget is said of the city or of each facility.

    Parameters
    ----------
    nominal : ndarray, shape (I, S, T)
        Need that is expected, cases, 0 or more.
    deviation : ndarray, shape (I, S, T)
        By how much it may be off, cases, 0 or more.
    budget : float
        Districts that may be off at once (Gamma), 0 or more; more than I means all.

    Raises
    ------
    ValueError
        If a shape does not fit or a number is out of range; everything is named.

    References
    ----------
    Bertsimas and Sim (2004), The price of robustness.

    Examples
    --------
    >>> nominal = np.full((3, 1, 1), 10.0)
    >>> needs = NeedSet(nominal, 0.5 * nominal, budget=1)
    >>> needs.worst(np.array([1.0, 3.0, 2.0]).reshape(3, 1, 1))
    75.0
    >>> needs.holds(nominal + np.array([0.0, 4.0, 0.0]).reshape(3, 1, 1))
    True
    >>> needs.holds(nominal + 4)
    False
    """

    nominal: Floats
    deviation: Floats
    budget: float

    def __post_init__(self) -> None:
        """Refuse a set that means nothing, naming all that is wrong with it."""
        axes, faults = 3, []
        if self.nominal.ndim != axes or 0 in self.nominal.shape:
            faults.append(f"nominal must have shape (I, S, T), but has {self.nominal.shape}")
        if self.deviation.shape != self.nominal.shape:
            faults.append(
                f"deviation must have shape {self.nominal.shape} as nominal has, but has "
                f"{self.deviation.shape}"
            )
        for name in ("nominal", "deviation"):
            values = getattr(self, name)
            wrong = values[~(np.isfinite(values) & (values >= 0))]
            if wrong.size:
                faults.append(f"{name} must be finite and 0 or more, but holds {wrong[0]}")
        if not (np.isfinite(self.budget) and self.budget >= 0):
            faults.append(f"budget must be finite and 0 or more, but is {self.budget}")
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def highest(self) -> Floats:
        """The most that each place may need, shape (I, S, T); not all at once."""
        most = min(self.budget, 1.0)
        return self.nominal + most * self.deviation

    def off(self, per_case: Floats) -> Floats:
        """Choose the districts that make a sum of need times ``per_case`` largest, shape (I,).

        The most expensive districts are off first; so the greedy choice is the optimum.

        Parameters
        ----------
        per_case : ndarray, shape (I, S, T)
            What a case counts, 0 or more.
        """
        order = np.argsort(-self._extra(per_case), kind="stable")
        share = np.zeros(order.size)
        share[order] = np.clip(self.budget - np.arange(order.size), 0.0, 1.0)
        return share

    def worst(self, per_case: Floats) -> float:
        """Return the largest sum of need times ``per_case``, shape (I, S, T), 0 or more."""
        extra = self._extra(per_case)
        return float((self.nominal * per_case).sum() + self.off(per_case) @ extra)

    def member(self, off: Floats) -> Floats:
        """Return the need where districts are off upwards by these shares, shape (I,)."""
        return self.nominal + off[:, None, None] * self.deviation

    def holds(self, need: Floats) -> bool:
        """Tell whether a need is in the set, but for rounding."""
        tiny = 1e-9
        apart = np.abs(need - self.nominal) - tiny
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(apart <= 0, 0.0, apart / self.deviation).max(axis=(1, 2))
        within = share.max() <= 1 + tiny and share.sum() <= self.budget + tiny
        return bool(within and (need >= 0).all())

    def fits(self, problem: CityProblem) -> None:
        """Refuse a city of another size, with ValueError."""
        if self.nominal.shape != problem.need.shape:
            message = f"nominal must have shape {problem.need.shape}, but has {self.nominal.shape}"
            raise ValueError(message)

    def _extra(self, per_case: Floats) -> Floats:
        found: Floats = (self.deviation * per_case).sum(axis=(1, 2))
        return found
