"""The greedy plan: at each step the choice that raises the objective most."""

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


class Greedy:
    """Serves as many as it can on the best journey left, then on the next best.

    A case gains penalty minus minutes. Where a resource is short in the city as a whole, what
    counts is the gain per share of it that the case takes: many short stays before a long one.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Greedy().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (7330, True)

    References
    ----------
    Dantzig (1957), Discrete-variable extremum problems; Toyoda (1975), A simplified algorithm
    for obtaining approximate solutions to zero-one programming problems (several resources).
    """

    name: ClassVar[str] = "greedy"
    proves: ClassVar[bool] = False

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether nothing but journeys is decided."""
        return problem.plain

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan without looking back.

        Raises
        ------
        ValueError
            If more than journeys is decided.
        """
        return solve_apart(problem, self.name, partial(_solve, clock=clock), clock)


def _solve(part: Part, clock: Clock) -> Answer:
    start = clock.ticks()
    cases = _fill(part, _best_first(part))
    return Answer(cases, np.zeros_like(part.capacity), clock.ticks() - start)


def _best_first(part: Part) -> Whole:
    effort = _effort(part)[part.service]
    free, density = effort == 0, part.gain / np.where(effort == 0, 1.0, effort)
    order = np.lexsort((part.minutes, -density, ~free))
    return order[part.gain[order] > 0]


def _effort(part: Part) -> Floats:
    """Share of the city's short resources that one case takes; the same for all in plenty."""
    wanted, held = part.need.sum(axis=0) @ part.uses, part.capacity.sum(axis=0)
    short = (wanted > held) & (held > 0)
    if not short.any():
        return np.ones(len(part.uses))
    return (part.uses[:, short] / held[short]).sum(axis=1)


def _fill(part: Part, order: Whole) -> Floats:
    # Plain lists: a step touches a few single numbers, which arrays are slow at.
    cases = [0.0] * part.minutes.size
    need, left = part.need.tolist(), part.capacity.tolist()
    takes = [[(r, u) for r, u in enumerate(row) if u > 0] for row in part.uses.tolist()]
    district, facility, service = (
        places[order].tolist() for places in (part.district, part.facility, part.service)
    )
    for arc, i, j, s in zip(order.tolist(), district, facility, service, strict=True):
        free = left[j]
        served = min(need[i][s], *(free[r] / u for r, u in takes[s]))
        if served > 0:
            cases[arc] = served
            need[i][s] -= served
            for r, u in takes[s]:
                free[r] = max(free[r] - served * u, 0.0)
    return np.array(cases)
