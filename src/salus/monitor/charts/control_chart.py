"""A series with its limits and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.charts.rules import Signal, find_signals

if TYPE_CHECKING:
    from salus.domain.indicator import Series
    from salus.monitor.charts.limits import Limits

FEWEST_POINTS = 13
"""With fewer known points the limits are drawn, with a warning."""


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """A series, its limits, and the points that are more than common cause.

    Parameters
    ----------
    series : Series
        What is drawn, in the unit of its indicator; gaps stay gaps.
    limits : Limits
        The lines at each point.

    Raises
    ------
    ValueError
        If there is not one limit for each point.
    """

    series: Series
    limits: Limits

    def __post_init__(self) -> None:
        """Refuse limits of another length."""
        points = len(self.series.dates)
        within("limits", len(self.limits.centre), points, points, "points")

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Special points, by place and then by priority of the rule."""
        return find_signals(self.series.values, self.limits)

    @property
    def warning(self) -> Message | None:
        """Why the limits are not to be trusted yet; ``None`` when they are."""
        known = int(np.count_nonzero(self.series.known))
        if known >= FEWEST_POINTS:
            return None
        return say(
            "known points: {known}; limits from fewer than {needed} are provisional",
            known=known,
            needed=FEWEST_POINTS,
        )
