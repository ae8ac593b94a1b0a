"""The slow twin: the textbook simplex on exact fractions, for tiny cities."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from salus.allocate.city.assembly import Answer, solve_apart

if TYPE_CHECKING:
    from salus.allocate.city.parts import Part
    from salus.allocate.city.plan import CityPlan
    from salus.allocate.city.problem import CityProblem
    from salus.core.clock import Clock

    Row = list[Fraction]


class Brute:
    """Plans without rounding and without a solver, so that the other methods can be held to it.

    Parameters
    ----------
    most_journeys : int
        Larger problems do not fit.

    Examples
    --------
    >>> from salus.allocate.city.checks import small_city
    >>> from salus.core.clock import SystemClock
    >>> plan = Brute().solve(small_city(7), SystemClock())
    >>> round(plan.cost), plan.bound is None
    (6845, False)

    References
    ----------
    Dantzig (1951), Maximization of a linear function of variables subject to linear
    inequalities; Bland (1977), New finite pivoting rules for the simplex method, whose rule
    ends always.
    """

    name: ClassVar[str] = "brute"
    proves: ClassVar[bool] = True

    def __init__(self, most_journeys: int = 60) -> None:
        self.most_journeys = most_journeys

    def fits(self, problem: CityProblem) -> bool:
        """Tell whether there are few enough journeys."""
        return problem.apart and problem.arc_minutes.size <= self.most_journeys

    def solve(self, problem: CityProblem, clock: Clock) -> CityPlan:
        """Make a plan that nothing can undercut.

        Raises
        ------
        ValueError
            If there are too many journeys.
        """
        if problem.apart and not self.fits(problem):
            message = f"brute takes at most {self.most_journeys} journeys, "
            raise ValueError(message + f"but there are {problem.arc_minutes.size}")
        return solve_apart(problem, self.name, partial(_solve, clock=clock), clock, proves=True)


def _solve(part: Part, clock: Clock) -> Answer:
    start = clock.ticks()
    needing = part.district * part.need.shape[1] + part.service
    matrix = np.zeros((part.need.size + part.capacity.size, part.minutes.size))
    for arc, (row, facility) in enumerate(zip(needing, part.facility, strict=True)):
        matrix[row, arc] = 1
        first = part.need.size + facility * part.capacity.shape[1]
        matrix[first : first + part.capacity.shape[1], arc] = part.uses[part.service[arc]]
    limits = np.concatenate([part.need.ravel(), part.capacity.ravel()])
    x, duals = _best(_fractions(part.gain), [*map(_fractions, matrix)], _fractions(limits))
    price = np.array(duals[part.need.size :], dtype=np.float64).reshape(part.capacity.shape)
    return Answer(np.array(x, dtype=np.float64), price, clock.ticks() - start)


def _fractions(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Row:
    return [Fraction(value) for value in values.tolist()]


def _best(gain: Row, matrix: list[Row], limits: Row) -> tuple[Row, Row]:
    """Maximise gain x subject to matrix x <= limits, x >= 0, where limits >= 0."""
    n, m = len(gain), len(matrix)
    slacks = [[Fraction(row == column) for column in range(m)] for row in range(m)]
    table = [[*a, *slack, b] for a, slack, b in zip(matrix, slacks, limits, strict=True)]
    table.append([*(-g for g in gain), *[Fraction(0)] * (m + 1)])
    basis = list(range(n, n + m))
    while (enter := next((k for k in range(n + m) if table[-1][k] < 0), None)) is not None:
        leave = min(
            (row for row in range(m) if table[row][enter] > 0),
            key=lambda row: (table[row][-1] / table[row][enter], basis[row]),
        )
        _pivot(table, leave, enter)
        basis[leave] = enter
    values = {column: table[row][-1] for row, column in enumerate(basis)}
    return [values.get(k, Fraction(0)) for k in range(n)], table[-1][n : n + m]


def _pivot(table: list[Row], leave: int, enter: int) -> None:
    divisor = table[leave][enter]
    table[leave] = [value / divisor for value in table[leave]]
    for row, values in enumerate(table):
        if row != leave and values[enter] != 0:
            factor = values[enter]
            table[row] = [a - factor * b for a, b in zip(values, table[leave], strict=True)]
