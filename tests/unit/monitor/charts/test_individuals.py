"""The I chart."""

from __future__ import annotations

import math

import numpy as np
import pytest

from salus.monitor.charts.control_chart import ControlChart
from salus.monitor.charts.individuals import Convention, individuals
from salus.monitor.charts.limits import Limits
from tests.fakes.histories import weekly

NAN = float("nan")


def test_large_moves_are_dropped_once() -> None:
    """One jump there and back does not widen the limits of Making Data Count."""
    values = [10.0, 11] * 10 + [60] + [11.0, 10] * 10
    chart = individuals(weekly(values))
    assert chart.limits.upper[0] - chart.limits.centre[0] == pytest.approx(2.66)
    wide = individuals(weekly(values), Convention.MONTGOMERY)
    assert wide.limits.upper[0] - wide.limits.centre[0] == pytest.approx(3 / 1.128 * 136 / 40)


def test_no_move_is_taken_across_a_gap() -> None:
    """Values on the two sides of a gap are no neighbours."""
    chart = individuals(weekly([1, 2, 1, NAN, 9, 8, 9]))
    assert chart.limits.near_upper[0] == pytest.approx(5 + 1.773)


def test_frozen_limits_ignore_what_comes_later() -> None:
    """Limits of the first twelve points stay, whatever the thirteenth is."""
    values = [4.0, 6] * 6
    one, other = (individuals(weekly([*values, late]), frozen=12) for late in (5, 500))
    assert np.array_equal(one.limits.upper, other.limits.upper)
    assert [signal.index for signal in other.signals] == [12]


@pytest.mark.parametrize("frozen", [11, 14])
def test_limits_are_not_frozen_on_too_few_points(frozen: int) -> None:
    """Fewer than twelve, or more than there are, are refused."""
    with pytest.raises(ValueError, match="frozen must be between 12 and 13 points"):
        individuals(weekly(np.arange(13.0)), frozen=frozen)


def test_a_constant_series_has_limits_of_no_width() -> None:
    """Without any move the limits lie on the mean, and nothing is outside."""
    chart = individuals(weekly([7.0] * 15))
    assert chart.limits.upper[0] == chart.limits.lower[0] == 7
    assert chart.signals == ()


@pytest.mark.parametrize("values", [[], [NAN, NAN], [3.0], [3.0, NAN, 4.0]])
def test_without_neighbours_there_are_no_limits(values: list[float]) -> None:
    """Limits are not known, no point is special, and the chart warns."""
    chart = individuals(weekly(values))
    assert np.isnan(chart.limits.upper).all()
    assert chart.signals == ()
    assert chart.warning is not None


def test_thirteen_known_points_need_no_warning() -> None:
    """Gaps do not count as points."""
    assert individuals(weekly(np.arange(13.0))).warning is None
    warning = individuals(weekly([*np.arange(12.0), NAN])).warning
    assert str(warning) == "known points: 12; limits from fewer than 13 are provisional"


def test_limits_fit_their_chart() -> None:
    """Limits of another length, or out of order, are refused."""
    line = np.zeros(3)
    with pytest.raises(ValueError, match="limits must be between 2 and 2 points"):
        ControlChart(weekly([1, 2]), Limits(line, line, line, line, line))
    with pytest.raises(ValueError, match="limits must rise"):
        Limits(line, line + 1, line, line, line)


def test_unknown_limits_are_allowed() -> None:
    """No limit is written as not a number."""
    line = np.full(2, math.nan)
    assert ControlChart(weekly([1, 2]), Limits(line, line, line, line, line)).signals == ()
