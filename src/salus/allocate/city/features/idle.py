"""Waste: capacity that was opened or lent and then stands idle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy import sparse

from salus.allocate.city.aims import Aim
from salus.allocate.city.constraints import Constraint
from salus.allocate.city.order import writers
from salus.allocate.city.recount import Recount
from salus.allocate.city.tally import used_by
from salus.allocate.city.violation import Violation
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.allocate.lp.draft import Draft

STANDS = Constraint(
    "stands",
    say("Capacity that was promised and is not used is counted as idle, own capacity first used."),
    ("facilities", "resources", "periods"),
    say("resource-days"),
    "idle_jrt = max(0, promised_jrt - max(0, used_jrt - capacity_jrt))",
)
CONSTRAINTS = (STANDS,)
TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Idled:
    """What stands idle of what was promised.

    Parameters
    ----------
    days : ndarray, shape (J, R, T)
        Resource-days.
    """

    days: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Idle:
    """Promised capacity that is not used has a price.

    Promised is what the other features add to a capacity: beds opened, staff lent in, less what
    is given away. A place uses its own capacity first, and what was promised only for the rest:

        idle = max(0, promised - max(0, used - own))

    Whether a place uses all of its own is a yes or no, so that each facility, resource and
    period in which something can be promised adds a whole number to the programme.

    Parameters
    ----------
    price : ndarray, shape (R,)
        Weighted minutes for each promised resource-day that stands idle, 0 or more.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from salus.allocate.city.checks import featured_city
    >>> from salus.allocate.city.exact import Exact
    >>> from salus.core.clock import SystemClock
    >>> city = featured_city(7, whole=True)
    >>> for price in (0.0, 200.0):
    ...     tidy = replace(city, features=(*city.features, Idle(np.full(2, price))))
    ...     round(float(Exact().solve(tidy, SystemClock()).decision(Idled).days.sum()), 2)
    7.0
    0.0
    """

    price: Floats
    name: ClassVar[str] = "idle"
    reads: ClassVar[str] = "capacity"
    first: ClassVar[tuple[str, ...]] = ()

    def faults(self, problem: CityProblem) -> list[str]:
        """Name all that does not fit the problem."""
        shape = (len(problem.resources),)
        faults = []
        if self.price.shape != shape:
            faults.append(f"idle.price must have shape {shape}, but has {self.price.shape}")
        wrong = self.price[~(np.isfinite(self.price) & (self.price >= 0))]
        if wrong.size:
            faults.append(f"idle.price must be finite and 0 or more, but holds {wrong[0]}")
        return faults

    def write(self, draft: Draft, problem: CityProblem) -> None:
        """Charge what is promised beyond what is used beyond the own capacity."""
        cells, promised, taken = _cells(draft)
        own = problem.capacity.ravel()[cells]
        upper = draft.program({}).upper
        most = np.minimum(promised.maximum(0) @ upper, taken @ upper)
        idle = draft.columns("idle", cells.shape, upper=promised.maximum(0) @ upper)
        beyond = draft.columns("idle.beyond", cells.shape, upper=most)
        full = draft.columns("idle.full", cells.shape, upper=1.0, integral=True)
        rest = draft.rows("idle.rest", cells.shape, upper=0.0)
        _spread(draft, rest, promised)
        draft.put(rest, idle, -1.0)
        draft.put(rest, beyond, -1.0)
        only = draft.rows("idle.only", cells.shape, upper=0.0)
        draft.put(only, beyond, 1.0)
        draft.put(only, full, -most)
        first = draft.rows("idle.first", cells.shape, upper=0.0)
        _spread(draft, first, -taken)
        draft.put(first, beyond, 1.0)
        draft.put(first, full, own)
        draft.charge(
            Aim.WASTE, idle, self.price[np.unravel_index(cells, problem.capacity.shape)[1]]
        )

    def read(self, draft: Draft, x: Floats, problem: CityProblem) -> Idled:
        """Read what stands idle of what the solution promises."""
        cells, promised, taken = _cells(draft)
        own = problem.capacity.ravel()[cells]
        days = np.zeros(problem.capacity.shape)
        days.ravel()[cells] = _idle(promised @ x, taken @ x, own)
        return Idled(days)

    def recount(self, problem: CityProblem, plan: CityPlan) -> Recount:
        """Add up what stands idle from the rows of a plan and what its features promise."""
        promised = np.zeros(problem.capacity.shape)
        for feature in writers(problem.features):
            more = feature.recount(problem, plan).capacity
            promised += 0.0 if more is None else more
        days = _idle(promised, used_by(problem, plan), problem.capacity)
        charges = {Aim.WASTE: float(days.sum(axis=(0, 2)) @ self.price)}
        return Recount(charges=charges, violations=tuple(_false(problem, plan, days)))


def _idle(promised: Floats, taken: Floats, own: Floats) -> Floats:
    return np.maximum(promised - np.maximum(taken - own, 0.0), 0.0)


def _cells(draft: Draft) -> tuple[Whole, sparse.csr_array, sparse.csr_array]:
    """Find the capacities that somebody adds to, what is added, and what cases take."""
    rows = draft.row.blocks["capacity"].indices.ravel()
    matrix = sparse.csr_array(draft.matrix())[rows]
    admitted = np.zeros(draft.column.size)
    admitted[draft.column.blocks["admitted"].indices.ravel()] = 1.0
    added = -matrix @ sparse.diags_array(1.0 - admitted)
    cells = np.flatnonzero(added.maximum(0).sum(axis=1) > 0)
    taken = matrix @ sparse.diags_array(admitted)
    return cells, sparse.csr_array(added[cells]), sparse.csr_array(taken[cells])


def _spread(draft: Draft, rows: Whole, matrix: sparse.csr_array) -> None:
    found = sparse.coo_array(matrix)
    draft.put(rows[found.row], found.col, found.data)


def _false(problem: CityProblem, plan: CityPlan, days: Floats) -> Iterator[Violation]:
    found = plan.decision(Idled)
    if found is None:
        return
    off = np.abs(found.days - days)
    for j, r, t in np.argwhere(off > TOLERANCE * np.maximum(1.0, days)):
        where = say(
            "{resource} at {facility} on {period}",
            resource=problem.resources[r],
            facility=problem.facilities[j],
            period=problem.periods[t],
        )
        yield Violation(STANDS, where, float(off[j, r, t]))
