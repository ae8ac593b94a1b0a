"""A series with its limits and what they tell."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.core.checks import within
from salus.core.messages import Message, say
from salus.monitor.charts.phases import WHOLE, Phases
from salus.monitor.charts.rules import Signal, find_signals

if TYPE_CHECKING:
    from salus.domain.indicator import Series
    from salus.monitor.charts.limits import Limits

FEWEST_POINTS = 13
"""With fewer known points in a phase its limits are drawn, with a warning."""


@dataclass(frozen=True, slots=True, eq=False)
class ControlChart:
    """A series, its limits, and the points that are more than common cause.

    Parameters
    ----------
    series : Series
        What is drawn, in the unit of its indicator; gaps stay gaps.
    limits : Limits
        The lines at each point.
    phases : Phases
        Where the limits begin anew; no rule looks across such a border.

    Raises
    ------
    ValueError
        If there is not one limit for each point, or a phase lies outside the chart.
    """

    series: Series
    limits: Limits
    phases: Phases = WHOLE

    def __post_init__(self) -> None:
        """Refuse limits of another length."""
        points = len(self.series.dates)
        within("limits", len(self.limits.centre), points, points, "points")
        self.phases.spans(points)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Special points, by place and then by priority of the rule."""
        return tuple(
            replace(signal, index=span.start + signal.index)
            for span in self.phases.spans(len(self.series.dates))
            for signal in find_signals(self.series.values[span], self.limits.part(span))
        )

    @property
    def warning(self) -> Message | None:
        """Why the limits of the last phase are not to be trusted yet; ``None`` when they are."""
        last = self.phases.spans(len(self.series.dates))[-1]
        known = int(np.count_nonzero(self.series.known[last]))
        if known >= FEWEST_POINTS:
            return None
        return say(
            "known points: {known}; limits from fewer than {needed} are provisional",
            known=known,
            needed=FEWEST_POINTS,
        )
