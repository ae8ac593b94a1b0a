"""Two plans of the same city side by side: the table, and what a map of the difference shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.aims import Aim
from salus.allocate.city.features.waiting import Waited
from salus.allocate.city.tally import tally
from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.city.tally import Tally

ROUNDING = 1e-9
"""A change of coverage below this is the rounding of a solver."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure before and after.

    Parameters
    ----------
    what : Message
        What it is.
    unit : Message
        Unit of the figure.
    before, after : float
        The figure of each plan; NaN where there is none.
    """

    what: Message
    unit: Message
    before: float
    after: float

    @property
    def difference(self) -> float:
        """How much more it is after."""
        return self.after - self.before


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """Two plans side by side.

    Parameters
    ----------
    rows : tuple of Row
        Cost, unmet need of each service, waiting, travel, load and coverage.
    unmet : ndarray, shape (2, I)
        Unmet cases of each district, weighted as the plan weighs them: in weighted minutes,
        before and after.
    coverage : ndarray, shape (2, I)
        Share of the cases of each district that are served, before and after: what a map shows.
        NaN where nothing is needed.
    """

    rows: tuple[Row, ...]
    unmet: Floats
    coverage: Floats

    @property
    def coverage_gained(self) -> Floats:
        """How much more of the need of each district is covered after, shape (I,)."""
        gained = self.coverage[1] - self.coverage[0]
        return np.where(np.abs(gained) < ROUNDING, 0.0, gained)


def compare(before: tuple[CityProblem, CityPlan], after: tuple[CityProblem, CityPlan]) -> Compared:
    """Put two plans of the same places and services side by side.

    Parameters
    ----------
    before, after : pair of CityProblem and CityPlan
        What was planned, and how.

    Returns
    -------
    Compared
        All figures recounted from the rows and decisions of the plans.

    Raises
    ------
    ValueError
        If the two are not of the same districts, services and resources.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.allocate.city.greedy import Greedy
    >>> from salus.core.clock import SystemClock
    >>> city, clock = small_city(7), SystemClock()
    >>> plans = [(city, method.solve(city, clock)) for method in (Greedy(), Exact())]
    >>> cost = compare(*plans).rows[0]
    >>> str(cost.what), round(cost.before), round(cost.difference)
    ('cost', 7330, -485)
    """
    for kind in ("districts", "services", "resources"):
        if getattr(before[0], kind) != getattr(after[0], kind):
            message = f"{kind} must be the same in both plans, but differ"
            raise ValueError(message)
    sides = [_Side.of(*side) for side in (before, after)]
    pairs = zip(*(side.figures() for side in sides), strict=True)
    return Compared(
        tuple(Row(one[0], one[1], one[2], other[2]) for one, other in pairs),
        np.stack([side.unmet.sum(axis=2) @ side.problem.penalty for side in sides]),
        np.stack([side.coverage for side in sides]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Side:
    problem: CityProblem
    plan: CityPlan
    counted: Tally
    unmet: Floats

    @classmethod
    def of(cls, problem: CityProblem, plan: CityPlan) -> _Side:
        counted = tally(problem, plan)
        return cls(problem, plan, counted, np.maximum(counted.need - counted.served, 0))

    @property
    def coverage(self) -> Floats:
        need = self.problem.need.sum(axis=(1, 2))
        share = np.full(need.shape, np.nan)
        return 1 - np.divide(self.unmet.sum(axis=(1, 2)), need, out=share, where=need > 0)

    def figures(self) -> Iterator[tuple[Message, Message, float]]:
        cases, minutes, share = say("cases"), say("minutes"), say("%")
        problem, counted = self.problem, self.counted
        yield say("cost"), say("weighted minutes"), counted.cost
        for s, service in enumerate(problem.services):
            unmet = float(self.unmet[:, s].sum())
            yield say("unmet need of {service}", service=service), cases, unmet
        waited = self.plan.decision(Waited)
        waiting = 0.0 if waited is None else float(waited.cases.sum())
        yield say("waiting"), say("cases and periods"), waiting
        yield say("travel"), minutes, counted.charges.get(Aim.TRAVEL, 0.0)
        for r, resource in enumerate(problem.resources):
            held, used = counted.capacity[:, r].sum(), counted.used[:, r].sum()
            load = 100 * float(used / held) if held > 0 else float("nan")
            yield say("load of {resource}", resource=resource), share, load
        covered = self.coverage[~np.isnan(self.coverage)]
        lowest = 100 * float(covered.min()) if covered.size else float("nan")
        yield say("lowest coverage of a district"), share, lowest
