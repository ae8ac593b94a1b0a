"""Where the pieces of a convex curve begin and end."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import inf

import pytest

from salus.allocate.city.explain.curve import Point, first_slope, holds_until

Curve = Callable[[float], Point]
CORNERS = ((0.0, 100.0), (1.5, 70.0), (4.0, 45.0), (10.0, 30.0))


def curve(start: float | None = None, shift: float = 0.0) -> Curve:
    """Make a curve through the corners, flat behind; at corners the prices say any slope."""

    def at(amount: float) -> Point:
        if amount == 0 and start is not None:
            return Point(0.0, 100.0, start)
        for (u, cost), (v, next_cost) in pairwise(CORNERS):
            slope = (next_cost - cost) / (v - u)
            if amount < v:
                return Point(amount, cost + slope * (amount - u), slope + (amount == u) * shift)
        return Point(amount, 30.0, 0.0)

    return at


@pytest.mark.parametrize("start", [None, -20.0, -25.0, -400.0])
@pytest.mark.parametrize("shift", [0.0, -1.0])
def test_the_first_piece_is_found_whatever_the_price_at_the_start(
    start: float | None, shift: float
) -> None:
    """A price at the start may be steeper than the piece; its slope and end are found."""
    found = first_slope(curve(-20.0 if start is None else start, shift), 50.0)
    assert found == pytest.approx(-20.0)
    assert holds_until(curve(start, shift), found, 50.0) == pytest.approx(1.5)


def test_a_flat_curve_is_worth_nothing_and_holds_to_the_limit() -> None:
    """Where nothing changes the slope is 0, up to the largest amount asked for."""

    def flat(amount: float) -> Point:
        return Point(amount, 7.0, 0.0)

    assert first_slope(flat, 9.0) == 0
    assert holds_until(flat, 0.0, 9.0) == 9
    assert holds_until(flat, 0.0, 0.0) == 0


def test_a_line_that_the_curve_leaves_at_once_holds_nowhere() -> None:
    """At a corner, the value of more is not that of fewer."""
    assert holds_until(curve(), -30.0, 5.0) == 0


def test_wrong_prices_are_found_out_by_halving() -> None:
    """Where prices do not fit the curve, its values alone tell where a piece ends."""

    def lying(amount: float) -> Point:
        return Point(amount, curve()(amount).cost, -20.0)

    assert holds_until(lying, -20.0, 10.0) == pytest.approx(1.5)


def test_where_no_plan_is_possible_the_piece_ends() -> None:
    """An infinite cost ends a piece like a corner does."""

    def cliff(amount: float) -> Point:
        return Point(amount, 10.0 - amount, -1.0) if amount <= 3 else Point(amount, inf, 0.0)

    assert holds_until(cliff, -1.0, 8.0) == pytest.approx(3)
