"""Two plans of the same need side by side: who is served elsewhere, and who is not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.messages import Message

FEWEST_CASES = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Replanned:
    """What changed from one plan to the next, over all periods.

    Parameters
    ----------
    problem : CityProblem
        With the keys of places and services.
    change : ndarray, shape (I, J, S)
        Cases of each district that go to each facility, after minus before.
    """

    problem: CityProblem
    change: Floats

    @property
    def elsewhere(self) -> Floats:
        """Cases that are served, but at another facility than before, shape (I, S)."""
        more = np.maximum(self.change, 0).sum(axis=1)
        return np.minimum(more, np.maximum(-self.change, 0).sum(axis=1))

    @property
    def lost(self) -> Floats:
        """Cases that are no longer served, shape (I, S)."""
        return np.maximum(-self.change.sum(axis=1), 0)

    @property
    def gained(self) -> Floats:
        """Cases that are served and were not, shape (I, S)."""
        return np.maximum(self.change.sum(axis=1), 0)

    def lines(self) -> Iterator[Message]:
        """Tell the changes in sentences, district by district.

        Yields
        ------
        Message
        """
        for i, district in enumerate(self.problem.districts):
            for s, service in enumerate(self.problem.services):
                yield from self._told(i, s, {"district": district, "service": service})

    def _told(self, i: int, s: int, names: dict[str, str]) -> Iterator[Message]:
        moved, lost, gained = (
            float(cases[i, s]) for cases in (self.elsewhere, self.lost, self.gained)
        )
        if moved > FEWEST_CASES:
            yield say(
                "{cases:,.1f} cases of {district} for {service} are served elsewhere",
                cases=moved,
                **names,
            )
        if lost > FEWEST_CASES:
            yield say(
                "{cases:,.1f} cases of {district} for {service} are no longer served",
                cases=lost,
                **names,
            )
        if gained > FEWEST_CASES:
            yield say(
                "{cases:,.1f} cases of {district} for {service} are now served as well",
                cases=gained,
                **names,
            )


def replanned(problem: CityProblem, before: CityPlan, after: CityPlan) -> Replanned:
    """Compare two plans of a problem.

    Parameters
    ----------
    problem : CityProblem
        What was planned; both plans name its places by the same indices.
    before, after : CityPlan
        The plans.

    Returns
    -------
    Replanned

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.practice.rights import declined
    >>> from salus.core.clock import SystemClock
    >>> from salus.domain.rights import Decline
    >>> city, clock = small_city(7), SystemClock()
    >>> less = declined(city, [Decline("H1", "no nurses", service="ward")])
    >>> before, after = (Exact().solve(each, clock) for each in (city, less))
    >>> for line in replanned(city, before, after).lines():
    ...     print(line)
    3.0 cases of D2 for ward are served elsewhere
    7.1 cases of D3 for ward are no longer served
    3.0 cases of D4 for ward are no longer served
    4.0 cases of D4 for surgery are now served as well
    """
    shape = (len(problem.districts), len(problem.facilities), len(problem.services))
    change = np.zeros(shape)
    for plan, sign in ((before, -1.0), (after, 1.0)):
        np.add.at(change, (plan.district, plan.facility, plan.service), sign * plan.cases)
    return Replanned(problem, change)
