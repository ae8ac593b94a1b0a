"""How many cases of each service each district has, day by day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """Cases per district, service and day: total need, not what is left over.

    Parameters
    ----------
    districts : tuple of str
        Keys of the districts, in the order of the first axis.
    services : tuple of str
        Keys of the services, in the order of the second axis.
    days : tuple of date
        The days, in the order of the third axis.
    cases : ndarray, shape (n_districts, n_services, n_days)
        Cases per day, finite, 0 or more; fractions are expected values.
    label : Message
        What this demand is: the expected week, the record week, …

    Raises
    ------
    ValueError
        If the shape does not fit the keys, or a number is negative or not finite.

    Examples
    --------
    >>> from datetime import date
    >>> demand = Demand(("D1",), ("ward",), (date(2026, 6, 28),), np.array([[[2.5]]]))
    >>> demand.total("ward")
    2.5
    """

    districts: tuple[str, ...]
    services: tuple[str, ...]
    days: tuple[date, ...]
    cases: NDArray[np.float64]
    label: Message = say("expected demand")

    def __post_init__(self) -> None:
        """Refuse cases that do not fit the keys."""
        shape = (len(self.districts), len(self.services), len(self.days))
        if self.cases.shape != shape:
            message = f"cases must have shape {shape} (districts, services, days), "
            raise ValueError(message + f"but has {self.cases.shape}")
        if not (np.isfinite(self.cases).all() and (self.cases >= 0).all()):
            message = "cases must be finite and 0 or more"
            raise ValueError(message + f", but the lowest is {self.cases.min()}")

    def total(self, service_id: str) -> float:
        """Return the cases of one service in all districts and days."""
        return float(self.cases[:, self.services.index(service_id), :].sum())
