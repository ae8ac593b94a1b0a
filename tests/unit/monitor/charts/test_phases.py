"""Phases, excluded points, and the icons of a chart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from salus.domain.indicator import Direction, Series
from salus.monitor.charts.icons import Assurance, Variation, assurance, variation
from salus.monitor.charts.individuals import individuals
from salus.monitor.charts.phases import Phases
from salus.monitor.charts.proportions import proportions
from salus.monitor.charts.summary import summarise
from tests.fakes.histories import weekly

if TYPE_CHECKING:
    from salus.monitor.charts.control_chart import ControlChart

STEP = [4.0, 6, 5] * 5 + [14.0, 16, 15] * 5


def better(chart: ControlChart, direction: Direction) -> ControlChart:
    """Say which way the indicator of a chart improves."""
    series = chart.series
    indicator = replace(series.indicator, direction=direction)
    return replace(chart, series=Series(indicator, series.dates, series.values))


def test_each_phase_has_its_own_limits() -> None:
    """A rebased step is two charts side by side, and neither has a signal."""
    chart = individuals(weekly(STEP), phases=Phases(starts=(15,)))
    assert (chart.limits.centre[14], chart.limits.centre[15]) == (5, 15)
    assert chart.signals == ()
    assert individuals(weekly(STEP)).signals != ()


def test_no_rule_looks_across_a_phase() -> None:
    """Seven points above the mean are no shift when a phase begins among them."""
    values = [5.0, 5.2] * 6 + [5.3, 5.4, 5.3, 5.4] + [9.0, 9.1, 9.0, 9.1] + [5.0, 5.1] * 6
    whole = {each.rule for each in individuals(weekly(values)).signals}
    cut = individuals(weekly(values), phases=Phases(starts=(16, 20))).signals
    assert "shift" in whole
    assert all(each.rule != "outside" for each in cut)


def test_an_excluded_point_leaves_the_limits_alone_and_stays_on_the_chart() -> None:
    """The limits are those without it, and the point is still outside."""
    values = [4.0, 6, 5] * 5
    plain = individuals(weekly([*values[:7], np.nan, *values[8:]]))
    chart = individuals(weekly([*values[:7], 50, *values[8:]]), phases=Phases(excluded=(7,)))
    assert np.array_equal(chart.limits.upper, plain.limits.upper)
    assert [each.index for each in chart.signals if each.rule == "outside"] == [7]


def test_the_warning_is_about_the_last_phase() -> None:
    """Twelve points of a new phase are provisional, whatever came before."""
    warning = individuals(weekly(np.arange(40.0)), phases=Phases(starts=(28,))).warning
    assert str(warning) == "known points: 12; limits from fewer than 13 are provisional"


@pytest.mark.parametrize(
    ("phases", "sentence"),
    [
        (Phases(starts=(30,)), "phases must be between 0 and 29"),
        (Phases(excluded=(30,)), "phases must be between 0 and 29"),
    ],
)
def test_phases_lie_on_their_chart(phases: Phases, sentence: str) -> None:
    """A phase or an excluded point beyond the last point is refused."""
    with pytest.raises(ValueError, match=sentence):
        individuals(weekly(STEP), phases=phases)


def test_phases_ascend() -> None:
    """Starts out of order, and points before the first, are refused."""
    with pytest.raises(ValueError, match="starts must be at least 6"):
        Phases(starts=(5, 5))
    with pytest.raises(ValueError, match="excluded must be at least 0"):
        Phases(excluded=(-1,))


def test_shares_and_cases_belong_together() -> None:
    """A point without cases has no limits; a share above 1 or a missing size is refused."""
    chart = proportions(weekly([0.2, np.nan, 0.4]), np.array([10.0, 0, 10]))
    assert list(np.isnan(chart.limits.upper)) == [False, True, False]
    with pytest.raises(ValueError, match="between 0 and 1"):
        proportions(weekly([1.2]), np.array([10.0]))
    with pytest.raises(ValueError, match="sizes must have shape"):
        proportions(weekly([0.2]), np.array([10.0, 1]))


@pytest.mark.parametrize(
    ("direction", "up", "down"),
    [
        (Direction.UP, Variation.IMPROVEMENT_HIGH, Variation.CONCERN_LOW),
        (Direction.DOWN, Variation.CONCERN_HIGH, Variation.IMPROVEMENT_LOW),
        (Direction.NEUTRAL, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
    ],
)
def test_the_icon_of_the_latest_point(direction: Direction, up: Variation, down: Variation) -> None:
    """Special cause is concern or improvement by which way is better."""
    values = [4.0, 6, 5] * 6
    for latest, icon in ((60.0, up), (-60.0, down), (5.0, Variation.COMMON_CAUSE)):
        chart = better(individuals(weekly([*values, latest])), direction)
        assert variation(chart) is icon
        assert str(icon.sentence)


def test_the_target_is_held_against_the_last_phase() -> None:
    """After a rebase the icon of assurance follows the new limits."""
    chart = better(individuals(weekly(STEP), phases=Phases(starts=(15,))), Direction.UP)
    assert assurance(chart, 30) is Assurance.FAILS
    assert assurance(chart, 9) is Assurance.PASSES
    assert assurance(chart, 15) is Assurance.HIT_AND_MISS
    assert assurance(chart, None) is Assurance.NONE
    assert assurance(better(chart, Direction.DOWN), 9) is Assurance.FAILS


def test_a_summary_is_one_line() -> None:
    """It takes the latest known value; a chart of gaps has none."""
    found = summarise(individuals(weekly([*STEP, np.nan]), phases=Phases(starts=(15,))), 20)
    assert found is not None
    assert (found.latest, found.centre, found.variation) == (15, 15, Variation.COMMON_CAUSE)
    assert summarise(individuals(weekly([np.nan]))) is None
