"""The rules that read a control chart."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salus.monitor.charts.limits import Limits
from salus.monitor.charts.rules import Rule, Side, Signal, find_signals

NAN = float("nan")


def around_zero(points: int) -> Limits:
    """Draw limits at 3 and near limits at 2 around zero."""
    line = np.zeros(points)
    return Limits(line, line - 3, line + 3, line - 2, line + 2)


def read(values: list[float], rule: Rule, *, beyond_counts: bool = False) -> list[int]:
    """List the points that meet one rule."""
    found = find_signals(np.array(values), around_zero(len(values)), beyond_counts=beyond_counts)
    return [signal.index for signal in found if signal.rule is rule]


def test_a_limit_is_not_yet_outside() -> None:
    """Only what lies beyond a limit is outside it."""
    assert read([3, -3, 3.01, -3.01], Rule.OUTSIDE) == [2, 3]


def test_seven_rising_points_are_a_trend() -> None:
    """Six strict rises flag all seven points; six points do not."""
    rise = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]
    assert read([0, *rise, 0], Rule.TREND) == list(range(1, 8))
    assert read([0, *rise[:6], 0], Rule.TREND) == []


def test_a_pause_ends_a_trend() -> None:
    """Two equal neighbours are no rise."""
    assert read([-1.5, -1, -0.5, 0, 0, 0.5, 1, 1.5], Rule.TREND) == []


def test_two_of_three_flags_the_zone_only() -> None:
    """The point between two near the limit is not flagged itself."""
    assert read([0, 2.5, 0.5, 2.5, 0], Rule.TWO_OF_THREE) == [1, 3]


def test_two_of_three_needs_all_on_one_side() -> None:
    """A third point across the mean spoils it."""
    assert read([2.5, -0.5, 2.5], Rule.TWO_OF_THREE) == []


def test_beyond_three_sigma_counts_when_asked() -> None:
    """One near and one beyond the limit are two of three by option only."""
    assert read([1, 2.5, 3.5], Rule.TWO_OF_THREE) == []
    assert read([1, 2.5, 3.5], Rule.TWO_OF_THREE, beyond_counts=True) == [1, 2]


def test_the_near_limit_itself_is_not_the_zone() -> None:
    """The zone begins beyond two sigma and ends at three, which belongs to it."""
    assert read([2, 2, 2], Rule.TWO_OF_THREE) == []
    assert read([3, 3, 1], Rule.TWO_OF_THREE) == [0, 1]


def test_seven_on_one_side_are_a_shift() -> None:
    """A point on the mean belongs to no side."""
    assert read([1] * 7, Rule.SHIFT) == list(range(7))
    assert read([1, 1, 1, 0, 1, 1, 1], Rule.SHIFT) == []


def test_a_gap_interrupts_every_run() -> None:
    """Neither trend nor shift nor two of three reaches across a gap."""
    assert read([1, 1, 1, NAN, 1, 1, 1, 1], Rule.SHIFT) == []
    assert read([-1.5, -1, -0.5, NAN, 0, 0.5, 1, 1.5], Rule.TREND) == []
    assert read([2.5, NAN, 2.5], Rule.TWO_OF_THREE) == []


def test_the_most_urgent_comes_first() -> None:
    """A point that meets several rules lists them by priority."""
    signals = find_signals(np.array([1.0] * 6 + [4]), around_zero(7))
    last = [signal for signal in signals if signal.index == 6]
    assert last == [Signal(6, Rule.OUTSIDE, Side.HIGH), Signal(6, Rule.SHIFT, Side.HIGH)]


def test_every_rule_has_a_sentence() -> None:
    """People read why, not a code."""
    assert len({str(rule.sentence) for rule in Rule}) == len(Rule)


@pytest.mark.parametrize("points", [0, 1, 2, 6])
def test_short_charts_are_read_quietly(points: int) -> None:
    """Too few points for a run give no run."""
    assert find_signals(np.ones(points), around_zero(points)) == ()


@given(st.lists(st.sampled_from([-3.5, -2.5, -1, 0, 1, 1.5, 2.5, 3.5, NAN]), max_size=24))
def test_windows_agree_with_plain_loops(values: list[float]) -> None:
    """Shift, trend and two of three are what a person with a ruler would flag."""
    assert read(values, Rule.SHIFT) == by_ruler(values, 7, one_side)
    assert read(values, Rule.TREND) == by_ruler(values, 7, one_way)
    near = [place for place, value in enumerate(values) if 2 < abs(value) <= 3]
    assert read(values, Rule.TWO_OF_THREE) == [
        place for place in by_ruler(values, 3, mostly_near) if place in near
    ]


def by_ruler(values: list[float], width: int, holds: object) -> list[int]:
    """Mark the points of every window for which something holds."""
    assert callable(holds)
    marked: set[int] = set()
    for start in range(len(values) - width + 1):
        if holds(values[start : start + width]):
            marked.update(range(start, start + width))
    return sorted(marked)


def one_side(window: list[float]) -> bool:
    """Tell whether all points lie on one side of zero."""
    return all(value > 0 for value in window) or all(value < 0 for value in window)


def one_way(window: list[float]) -> bool:
    """Tell whether each point lies above, or each below, the one before."""
    pairs = list(pairwise(window))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def mostly_near(window: list[float]) -> bool:
    """Tell whether three points on one side have two between 2 and 3."""
    return one_side(window) and sum(2 < abs(value) <= 3 for value in window) >= 2
