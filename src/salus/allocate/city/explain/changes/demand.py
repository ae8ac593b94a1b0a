"""More or fewer people who need care."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.explain.changes.base import known, places
from salus.allocate.city.explain.names import KEYS
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from salus.allocate.city.explain.names import Names
    from salus.allocate.city.problem import CityProblem
    from salus.core.errors import Faults, Where


@dataclass(frozen=True, slots=True)
class Demand:
    """Need grows or shrinks.

    Parameters
    ----------
    factor : float
        What need is multiplied with, 0 or more.
    districts, services : tuple of str
        Whose need, and for what; all when empty.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> city = small_city(7)
    >>> more = Demand(1.2, districts=("D1",)).apply(city)
    >>> round(float(more.need[0].sum() / city.need[0].sum()), 9)
    1.2
    """

    factor: float
    districts: tuple[str, ...] = ()
    services: tuple[str, ...] = ()

    def label(self, names: Names = KEYS) -> Message:
        """Say what changes, in a few words."""
        named = (*map(names.service, self.services), *map(names.district, self.districts))
        what = say("demand times {factor:g}", factor=self.factor)
        return say("{what} ({names})", what=what, names=named) if named else what

    def check(self, problem: CityProblem, faults: Faults, where: Where) -> None:
        """Add all that keeps the change from being made."""
        known(problem, "districts", self.districts, faults, where)
        known(problem, "services", self.services, faults, where)
        if not (np.isfinite(self.factor) and self.factor >= 0):
            faults.add(say("must be 0 or more"), where, say("name a factor"), self.factor)

    def apply(self, problem: CityProblem) -> CityProblem:
        """Multiply the need."""
        where = places(self.districts, problem.districts)[:, None]
        where = where & places(self.services, problem.services)
        times = np.where(where, self.factor, 1.0)
        return replace(problem, need=problem.need * times[:, :, None])
