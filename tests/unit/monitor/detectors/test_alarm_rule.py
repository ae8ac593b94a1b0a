"""The budget of false alarms."""

from __future__ import annotations

import numpy as np
import pytest

from salus.core.rng import stream
from salus.monitor.detectors.alarm_rule import AlarmRule


def test_the_moving_average_keeps_its_published_run_length() -> None:
    """Lucas, Saccucci (1990): weight .25 and a limit of 2.998 sigma run 500 points on average."""
    rule = AlarmRule(false_per_year=2, weight=0.25)
    sigma = np.sqrt(0.25 / 1.75)
    assert rule.average_limit(500) / sigma == pytest.approx(2.998, abs=0.005)


def test_both_charts_together_stay_within_the_budget() -> None:
    """In 400 years of independent normal days, as many alarms begin as were accepted."""
    rule = AlarmRule(false_per_year=2)
    jump, shift = rule.point_limit(365), rule.average_limit(365)
    alarms, average, quiet = 0, 0.0, 0
    for value in stream(5, "budget").normal(size=400 * 365):
        average = rule.average(average, float(value))
        if abs(value) > jump or abs(average) > shift:
            alarms, quiet = alarms + (quiet > 7), -1
        quiet += 1
    assert 1.4 <= alarms / 400 <= 2.1


def test_heavy_tails_and_memory_widen_the_limits() -> None:
    """Neither raises the limit of the other kind much."""
    rule, rng = AlarmRule(), stream(6, "limits")
    noise = rng.normal(size=2000)
    carried = np.convolve(noise, [1, 0.8, 0.64, 0.5], "valid") / 1.5
    jump, shift = rule.limits(noise, 365)
    assert jump == pytest.approx(rule.point_limit(365), rel=0.06)
    assert rule.limits(rng.standard_t(3, size=2000), 365)[0] > 1.2 * jump
    assert rule.limits(carried, 365)[1] > 1.3 * shift


def test_bounds_are_named() -> None:
    """Each impossible setting is refused with its bound."""
    with pytest.raises(ValueError, match=r"weight must be between 0\.05 and 0\.95"):
        AlarmRule(weight=1)
