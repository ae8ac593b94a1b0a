"""The answer: who is cared for where, what a resource-day is worth, and what it all costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from salus.allocate.city.arrays import Floats, Whole
    from salus.allocate.city.level import Level
    from salus.core.messages import Message

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a method that counts in whole numbers made them.

    Parameters
    ----------
    amount_scale : int
        Whole units per resource-day: capacities are rounded down and need is rounded up to
        them, and what flows is scaled back to the need.
    cost_scale : float
        Whole units per weighted minute and resource-day; of several parts, the coarsest.
    """

    amount_scale: int
    cost_scale: float


@dataclass(frozen=True, slots=True, eq=False)
class CityPlan:
    """Flows of cases, prices of resources, cost and bound.

    Parameters
    ----------
    method : str
        Name of the method that made the plan.
    district, facility, service, period : ndarray of int, shape (n,)
        Where the cases of each row come from, where they go, for what, when: indices within
        the problem.
    cases : ndarray, shape (n,)
        Cases of each row.
    price : ndarray, shape (J, R, T)
        What one more resource-day is worth, weighted minutes; zeros where the method
        proves nothing.
    cost : float
        Minutes of travel plus penalties of unmet need, weighted minutes.
    bound : float or None
        No plan costs less, as the prices prove; ``None`` where the method proves nothing.
    scaling : Scaling or None
        The whole numbers that the method counted in, if it did.
    decisions : tuple
        What the features of the problem decided, each in its own value.
    proof : ndarray, shape (m,), or None
        Prices of all rows of the city's programme, where those of the capacities do not prove
        enough: the problem is not plain.
    claim : float or None
        What the search over whole numbers says no plan can undercut: it cannot be recounted.
    levels : tuple of Level
        The levels of a lexicographic plan, each with its own value, bound and proof; ``bound``
        is then the sum of theirs: no plan that keeps the limits of the levels costs less.
    stopped : bool
        Whether a limit ended the search before its end.
    build_seconds, solve_seconds : float
        Time that it took to write the model down and to solve it; no part of the answer.
    unkept : tuple of Message
        Rules that the plan breaks, and where: only where a limit ended the search before any
        plan was known that keeps all. Nobody is served then.
    why : tuple of Message
        Why this method, for each group of services, where the method was chosen automatically.

    Raises
    ------
    ValueError
        If the rows differ in length, or a number is not finite.

    Examples
    --------
    >>> row = np.array([0])
    >>> CityPlan("greedy", row, row, row, row, np.array([2.0]), np.zeros((1, 1, 1)), 20.0).bound
    """

    method: str
    district: Whole
    facility: Whole
    service: Whole
    period: Whole
    cases: Floats
    price: Floats
    cost: float
    bound: float | None = None
    scaling: Scaling | None = None
    decisions: tuple[object, ...] = ()
    proof: Floats | None = None
    claim: float | None = None
    levels: tuple[Level, ...] = ()
    stopped: bool = False
    build_seconds: float = 0.0
    solve_seconds: float = 0.0
    unkept: tuple[Message, ...] = ()
    why: tuple[Message, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not belong together."""
        columns = (self.district, self.facility, self.service, self.period, self.cases)
        shapes = [column.shape for column in columns]
        if any(shape != (self.cases.size,) for shape in shapes):
            message = f"rows must have one length, but the columns have {shapes}"
            raise ValueError(message)
        numbers = (self.cases, self.price, self.cost, 0.0 if self.bound is None else self.bound)
        if not all(np.isfinite(number).all() for number in numbers):
            message = "cases, price, cost and bound must be finite, but hold NaN or infinity"
            raise ValueError(message)

    def decision(self, kind: type[D]) -> D | None:
        """Return what a feature decided, by the class of its decision."""
        return next((found for found in self.decisions if isinstance(found, kind)), None)
