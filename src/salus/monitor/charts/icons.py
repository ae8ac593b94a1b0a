"""What a chart says in two icons: how the values vary, and whether the target will be met."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.core.messages import Message, say
from salus.domain.indicator import Direction
from salus.monitor.charts.rules import Side

if TYPE_CHECKING:
    from salus.monitor.charts.control_chart import ControlChart


class Variation(StrEnum):
    """How the latest point varies; the side is where it went."""

    COMMON_CAUSE = "common_cause"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"

    @property
    def sentence(self) -> Message:
        """What the icon says, for people."""
        return {
            Variation.COMMON_CAUSE: say("common cause: usual variation"),
            Variation.CONCERN_HIGH: say("special cause for concern: high"),
            Variation.CONCERN_LOW: say("special cause for concern: low"),
            Variation.IMPROVEMENT_HIGH: say("special cause of improvement: high"),
            Variation.IMPROVEMENT_LOW: say("special cause of improvement: low"),
            Variation.NEUTRAL_HIGH: say("special cause, neither good nor bad: high"),
            Variation.NEUTRAL_LOW: say("special cause, neither good nor bad: low"),
        }[self]


class Assurance(StrEnum):
    """Whether the process as it is meets its target."""

    PASSES = "passes"
    FAILS = "fails"
    HIT_AND_MISS = "hit_and_miss"
    NONE = "none"

    @property
    def sentence(self) -> Message:
        """What the icon says, for people."""
        return {
            Assurance.PASSES: say("consistently meets the target"),
            Assurance.FAILS: say("consistently misses the target"),
            Assurance.HIT_AND_MISS: say("meets and misses the target by chance"),
            Assurance.NONE: say("no target to meet"),
        }[self]


def variation(chart: ControlChart) -> Variation:
    """Read the icon of the latest known point.

    Parameters
    ----------
    chart : ControlChart
        Its indicator says which way is better.

    Returns
    -------
    Variation
        By the most urgent rule that the point meets; common cause, where it meets none or nothing
        is known.

    References
    ----------
    NHS England (2019), Making data count: getting started.
    """
    known = np.flatnonzero(chart.series.known)
    latest = [each for each in chart.signals if known.size and each.index == known[-1]]
    if not latest:
        return Variation.COMMON_CAUSE
    side, direction = latest[0].side, chart.series.indicator.direction
    if direction is Direction.NEUTRAL:
        return Variation(f"neutral_{side}")
    better = (direction is Direction.UP) == (side is Side.HIGH)
    return Variation(f"improvement_{side}" if better else f"concern_{side}")


def assurance(chart: ControlChart, target: float | None) -> Assurance:
    """Read whether the latest limits lie on the good side of a target.

    Parameters
    ----------
    chart : ControlChart
        Its indicator says which way is better.
    target : float or None
        In the unit of the chart.

    Returns
    -------
    Assurance
        ``NONE`` without a target, a direction or limits.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> from salus.domain.indicator import Indicator, Series
    >>> from salus.monitor.charts.individuals import individuals
    >>> waits = Indicator("waits", say("waits"), say("minutes"), Direction.DOWN)
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(4))
    >>> chart = individuals(Series(waits, weeks, np.array([30.0, 32, 30, 32])))
    >>> assurance(chart, 60).value, assurance(chart, 31).value, assurance(chart, 10).value
    ('passes', 'hit_and_miss', 'fails')

    References
    ----------
    NHS England (2019), Making data count: getting started.
    """
    direction = chart.series.indicator.direction
    limited = np.flatnonzero(np.isfinite(chart.limits.upper))
    if target is None or direction is Direction.NEUTRAL or not limited.size:
        return Assurance.NONE
    lower, upper = chart.limits.lower[limited[-1]], chart.limits.upper[limited[-1]]
    if lower <= target <= upper:
        return Assurance.HIT_AND_MISS
    return Assurance.PASSES if (target < lower) == (direction is Direction.UP) else Assurance.FAILS
