"""When a point of a control chart is more than common cause.

The rules of NHS England, *Making Data Count* (statistical process control), in order of priority.
A gap interrupts every run of points.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.monitor.charts.limits import Limits

    Values = NDArray[np.float64]
    Flags = NDArray[np.bool_]

RUN = 7
"""Points that make a trend or a shift."""


class Rule(StrEnum):
    """Why a point is special, the most urgent first."""

    OUTSIDE = "outside"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"
    SHIFT = "shift"

    @property
    def sentence(self) -> Message:
        """What the rule says, for people."""
        return {
            Rule.OUTSIDE: say("outside the limits"),
            Rule.TREND: say("a trend of {points} points", points=RUN),
            Rule.TWO_OF_THREE: say("two of three points near a limit"),
            Rule.SHIFT: say("a shift: {points} points on one side of the mean", points=RUN),
        }[self]


class Side(StrEnum):
    """Which way a point departs: above the mean or rising, below the mean or falling."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Signal:
    """One point and one rule that it meets.

    Parameters
    ----------
    index : int
        Place of the point on the chart.
    rule : Rule
        The rule.
    side : Side
        The way of a trend; for the other rules, the side of the mean.
    """

    index: int
    rule: Rule
    side: Side


def find_signals(
    values: Values, limits: Limits, *, beyond_counts: bool = False
) -> tuple[Signal, ...]:
    """Read a chart by all rules.

    Outside: beyond a limit. Trend: seven points, each strictly above (below) the one before; all
    seven are flagged. Two of three: of three points on one side of the mean, at least two between
    two and three sigma; only those are flagged. Shift: seven points strictly on one side of the
    mean; all are flagged.

    Parameters
    ----------
    values : ndarray, shape (n,)
        NaN for gaps.
    limits : Limits
        The lines at each point.
    beyond_counts : bool
        Whether points beyond three sigma count for two of three, too.

    Returns
    -------
    tuple of Signal
        By point, then by priority of the rule.

    Examples
    --------
    >>> from salus.monitor.charts.limits import Limits
    >>> line = np.zeros(7)
    >>> limits = Limits(line, line - 3, line + 3, line - 2, line + 2)
    >>> find_signals(np.array([0.0, 0, 2.5, 1, 2.2, 0, -4]), limits)[0]
    Signal(index=2, rule=<Rule.TWO_OF_THREE: 'two_of_three'>, side=<Side.HIGH: 'high'>)

    References
    ----------
    NHS England (2019), Making data count: getting started.
    """
    high = limits.centre, limits.near_upper, limits.upper
    low = -limits.centre, -limits.near_lower, -limits.lower
    found = [
        (index, rule, side)
        for side, heights, lines in ((Side.HIGH, values, high), (Side.LOW, -values, low))
        for rule, flags in _flags(heights, *lines, beyond_counts=beyond_counts).items()
        for index in np.flatnonzero(flags)
    ]
    urgency = list(Rule)
    found.sort(key=lambda signal: (signal[0], urgency.index(signal[1]), signal[2]))
    return tuple(Signal(int(index), rule, side) for index, rule, side in found)


def _flags(
    heights: Values, centre: Values, near: Values, limit: Values, *, beyond_counts: bool
) -> dict[Rule, Flags]:
    above = heights > centre
    outside = heights > limit
    zone = (heights > near) & (beyond_counts | ~outside)
    rising = np.diff(heights) > 0
    two_of_three = (_count(above, 3) == 3) & (_count(zone, 3) >= 2)  # noqa: PLR2004 (the rule's name)
    return {
        Rule.OUTSIDE: outside,
        Rule.TREND: _cover(_count(rising, RUN - 1) == RUN - 1, len(heights)),
        Rule.TWO_OF_THREE: zone & _cover(two_of_three, len(heights)),
        Rule.SHIFT: _cover(_count(above, RUN) == RUN, len(heights)),
    }


def _count(flags: Flags, width: int) -> NDArray[np.int64]:
    """Count the flags in each window of neighbours."""
    if len(flags) < width:
        return np.zeros(0, dtype=np.int64)
    return sliding_window_view(flags, width).sum(1)


def _cover(windows: Flags, length: int) -> Flags:
    """Flag every point of the windows that are flagged."""
    covered = np.zeros(length, dtype=np.bool_)
    width = length - len(windows) + 1
    for start in np.flatnonzero(windows):
        covered[start : start + width] = True
    return covered
