"""How a stream of readings is watched."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from salus.core.checks import within

ALONE = 0.6
"""Share of the limit that a single reading may use up."""


@dataclass(frozen=True, slots=True)
class StreamParams:
    """How a stream of readings is watched.

    Parameters
    ----------
    warm_up : int
        Readings of a series that teach what is usual before the first is judged, 10 to 1,000.
    refine : int
        Readings until which what is usual is still learned, from those in control; at least the
        warm-up.
    weight : float
        Of the newest reading in the moving average, 0.05 to 1.
    width : float
        Half the width of the chart in standard deviations of the moving average, 2 to 40.
    width_together : float
        The same for the scores of a source's forest, whose right tail is long, 2 to 40.
    quiet : int
        Readings inside half the width after which a departure is over, 1 or more.
    region : int
        Complete rows of a source from which its forest learns the normal region, 16 to 1,024.
    trees : int
        Trees of each forest, 5 to 200.
    settle_seconds : float
        How long a reading waits for earlier ones that are late, 0 to 3,600.
    seed : int
        Seed of the forests, 0 or more.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> StreamParams().limit.__round__(2), StreamParams().clip.__round__(2)
    (1.67, 5.0)
    """

    warm_up: int = 30
    refine: int = 500
    weight: float = 0.2
    width: float = 5.0
    width_together: float = 8.0
    quiet: int = 5
    region: int = 64
    trees: int = 25
    settle_seconds: float = 2.0
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("warm_up", self.warm_up, 10, 1000, "readings")
        within("refine", self.refine, self.warm_up, unit="readings")
        within("weight", self.weight, 0.05, 1)
        within("width", self.width, 2, 40)
        within("width_together", self.width_together, 2, 40)
        within("quiet", self.quiet, 1, unit="readings")
        within("region", self.region, 16, 1024, "rows")
        within("trees", self.trees, 5, 200)
        within("settle_seconds", self.settle_seconds, 0, 3600, "seconds")
        within("seed", self.seed, 0)

    @property
    def limit(self) -> float:
        """Where the moving average alarms, in standard deviations of the series."""
        return self.width * math.sqrt(self.weight / (2 - self.weight))

    @property
    def together(self) -> StreamParams:
        """How the scores of a source's forest are watched."""
        return replace(self, width=self.width_together)

    @property
    def clip(self) -> float:
        """What a single reading counts at most, so that none alone raises an alarm."""
        return ALONE * self.limit / self.weight
