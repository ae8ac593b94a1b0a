"""The status quo: everybody goes to the nearest facility."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.aims import Aims
from salus.allocate.city.assembly import Answer, solve_apart
from salus.allocate.city.tally import tally

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock


class Nearest:
    """Sends every case to the nearest facility that takes its service and has the resources.

    Where more come than a facility can care for, all who came share what there is in
    proportion, and the rest stays unmet: nobody is sent on.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Nearest().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (12609, True)
    """

    name: ClassVar[str] = "nearest"
    proves: ClassVar[bool] = False

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether nothing but journeys is decided."""
        return problem.apart

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make the plan that nobody makes.

        Raises
        ------
        ValueError
            If more than journeys is decided.
        """
        # Nearest in minutes of travel, whatever else a journey costs.
        bare = problem if problem.plain else replace(problem, arc_price=None, aims=Aims())
        plan = solve_apart(bare, self.name, partial(_solve, clock=clock), clock)
        return plan if problem.plain else replace(plan, cost=tally(problem, plan).cost)


def _solve(part: Part, clock: Clock) -> Answer:
    start = clock.ticks()
    chosen = _nearest(part)
    coming = part.need[part.district[chosen], part.service[chosen]]
    cases = np.zeros(part.minutes.size)
    cases[chosen] = coming * _share(part, chosen, coming)
    return Answer(cases, np.zeros_like(part.capacity), clock.ticks() - start)


def _nearest(part: Part) -> Whole:
    held, takes = part.capacity > 0, part.uses > 0
    takers = np.all(held[:, None] | ~takes, axis=2)
    able = np.flatnonzero(takers[part.facility, part.service])
    people, minutes = part.source[able], part.minutes[able]
    shortest = np.full(part.need.size, np.inf)
    np.minimum.at(shortest, people, minutes)
    # Of several as near, the first facility.
    tied = able[minutes == shortest[people]]
    tied = tied[np.lexsort((part.facility[tied], part.source[tied]))]
    return tied[np.unique(part.source[tied], return_index=True)[1]]


def _share(part: Part, chosen: Whole, coming: Floats) -> Floats:
    """Share of those who come on each journey that is cared for: its tightest resource's."""
    facility, uses = part.facility[chosen], part.uses[part.service[chosen]]
    asked = np.zeros_like(part.capacity)
    np.add.at(asked, facility, coming[:, None] * uses)
    given = np.minimum(1.0, part.capacity / np.where(asked > 0, asked, 1.0))
    given[asked == 0] = 1.0
    return np.where(uses > 0, given[facility], 1.0).min(axis=1)
