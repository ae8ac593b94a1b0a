"""The status quo: everybody goes to the nearest facility."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.assembly import Answer, solve_apart

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
        return problem.plain

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make the plan that nobody makes.

        Raises
        ------
        ValueError
            If more than journeys is decided.
        """
        return solve_apart(problem, self.name, partial(_solve, clock=clock), clock)


def _solve(part: Part, clock: Clock) -> Answer:
    start = clock.ticks()
    chosen = _nearest(part)
    coming = np.zeros(part.minutes.size)
    coming[chosen] = part.need[part.district[chosen], part.service[chosen]]
    cases = coming * _share(part, coming)
    return Answer(cases, np.zeros_like(part.capacity), clock.ticks() - start)


def _nearest(part: Part) -> Whole:
    held, takes = part.capacity[part.facility] > 0, part.uses[part.service] > 0
    able = np.flatnonzero((held | ~takes).all(axis=1))
    people = part.service[able] * len(part.need) + part.district[able]
    order = np.lexsort((part.facility[able], part.minutes[able], people))
    first = np.unique(people[order], return_index=True)[1]
    return able[order[first]]


def _share(part: Part, coming: Floats) -> Floats:
    """Share of those who come on each journey that is cared for: its tightest resource's."""
    asked = np.zeros_like(part.capacity)
    np.add.at(asked, part.facility, coming[:, None] * part.uses[part.service])
    given = np.minimum(1.0, part.capacity / np.where(asked > 0, asked, 1.0))
    given[asked == 0] = 1.0
    return np.where(part.uses[part.service] > 0, given[part.facility], 1.0).min(axis=1)
