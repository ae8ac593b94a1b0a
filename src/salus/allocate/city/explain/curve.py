"""How far a value per unit holds: the pieces of the curve of the best cost over an amount."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Two costs agree up to the rounding of a solver: this share of the cost.
AGREES = 1e-9

MOST_SOLVES = 60
"""Points of a curve at which the city is planned again, at most; a few are enough."""


@dataclass(frozen=True, slots=True)
class Point:
    """The best cost at one amount.

    Parameters
    ----------
    amount : float
        How much is added, or taken away; 0 or more.
    cost : float
        The best cost then, weighted minutes; infinite where no plan keeps what it must.
    slope : float
        What one more unit changes it by, as the prices there say: at a corner any value between
        the slopes of both sides.
    """

    amount: float
    cost: float
    slope: float

    def at(self, amount: float) -> float:
        """Follow the tangent to another amount."""
        return self.cost + self.slope * (amount - self.amount)


def first_slope(curve: Callable[[float], Point], limit: float) -> float:
    """Find the slope of a convex curve just right of 0.

    A price at 0 may be any slope between those of both sides, so it is not taken at its word:
    from the far end, the tangents are followed to where they meet the tangent at 0, until one of
    them passes through the curve at 0. Each step leaves a piece of the curve behind.

    Parameters
    ----------
    curve : callable
        Plans the city again with an amount.
    limit : float
        The largest amount to ask for, above 0.

    Returns
    -------
    float

    Examples
    --------
    The price at 0 says -9; the curve falls by 4 up to 2, then by 1:

    >>> def curve(u):
    ...     if u == 0:
    ...         return Point(0, 10.0, -9.0)
    ...     return Point(u, 10.0 - 4 * u, -4.0) if u < 2 else Point(u, 4.0 - u, -1.0)
    >>> first_slope(curve, 8.0)
    -4.0

    References
    ----------
    Eisner and Severance (1976), Mathematical techniques for efficient record segmentation in
    large shared databases.
    """
    start, far = curve(0.0), curve(limit)
    for _ in range(MOST_SOLVES):
        if far.at(0.0) >= start.cost - _slack(start):
            return far.slope
        meet = _meet(start, far)
        if not 0 < meet < far.amount:
            break
        far = curve(meet)
        if far.cost <= start.at(meet) + _slack(start):
            return start.slope
    # The prices do not fit the curve; a chord short of the first corner tells its slope.
    return (far.cost - start.cost) / far.amount


def holds_until(curve: Callable[[float], Point], slope: float, limit: float) -> float:
    """Find how far a convex curve keeps to a straight line from 0.

    Parameters
    ----------
    curve : callable
        Plans the city again with an amount.
    slope : float
        Of the line; no steeper up than the curve just right of 0.
    limit : float
        The largest amount to ask for, 0 or more.

    Returns
    -------
    float
        From 0 to ``limit``; the curve leaves the line behind it.

    Examples
    --------
    >>> def curve(u):
    ...     return Point(u, 10.0 - 4 * u, -4.0) if u < 2 else Point(u, 4.0 - u, -1.0)
    >>> holds_until(curve, -4.0, 8.0)
    2.0
    """
    if limit <= 0:
        return 0.0
    start, far = curve(0.0), curve(limit)
    line, slack = Point(0.0, start.cost, slope), _slack(start)
    for _ in range(MOST_SOLVES):
        if far.cost <= line.at(far.amount) + slack:
            return far.amount
        meet = _meet(line, far)
        if meet <= 0:
            return 0.0
        if not meet < far.amount:
            return _bisected(curve, line, far.amount, slack)
        far = curve(meet)
    return _bisected(curve, line, far.amount, slack)


def _meet(line: Point, tangent: Point) -> float:
    if not isfinite(tangent.cost):
        return inf
    steeper = tangent.slope - line.slope
    return (line.cost - tangent.at(0.0)) / steeper if steeper > 0 else inf


def _bisected(curve: Callable[[float], Point], line: Point, high: float, slack: float) -> float:
    low = 0.0
    for _ in range(MOST_SOLVES):
        middle = (low + high) / 2
        if curve(middle).cost <= line.at(middle) + slack:
            low = middle
        else:
            high = middle
    return low


def _slack(point: Point) -> float:
    return AGREES * max(1.0, abs(point.cost))
