"""The I chart (XmR): single values, and limits from the moves between neighbours."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from salus.monitor.charts.control_chart import ControlChart
from salus.monitor.charts.limits import Limits
from salus.monitor.charts.phases import WHOLE, Phases
from salus.stats.scores import mean_known

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.domain.indicator import Series

D4 = 3.267
"""Upper limit of a moving range of two, in average moving ranges (Montgomery, appendix VI)."""


class Convention(StrEnum):
    """Whose limits are drawn; the constant and the screening belong together.

    ``MAKING_DATA_COUNT``: mean ± 2.66 average moving ranges (near limits ± 1.773), after one pass
    that drops moving ranges of 3.267 averages or more. ``MONTGOMERY``: mean ± 3 / 1.128 average
    moving ranges (near limits ± 2 / 1.128), nothing dropped.
    """

    MAKING_DATA_COUNT = "making_data_count"
    MONTGOMERY = "montgomery"


def individuals(
    series: Series,
    convention: Convention = Convention.MAKING_DATA_COUNT,
    frozen: int | None = None,
    phases: Phases = WHOLE,
) -> ControlChart:
    """Draw an I chart.

    A moving range across a gap, an excluded point or the border of a phase is not taken. With fewer
    than two known neighbours a phase has no limits (NaN), and without a known value no mean.

    Parameters
    ----------
    series : Series
        The values; gaps stay gaps.
    convention : Convention
        Whose limits are drawn.
    frozen : int, optional
        Freeze the limits on this many first points of each phase, at least
        ``phases.FEWEST_FROZEN``; on all, when not given.
    phases : Phases
        Where limits begin anew, and which points they leave out.

    Returns
    -------
    ControlChart

    Raises
    ------
    ValueError
        If the limits would be frozen on too few points, or on more than there are.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> from salus.core.messages import say
    >>> from salus.domain.indicator import Indicator, Series
    >>> falls = Indicator("falls", say("falls"), say("patients"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(5))
    >>> chart = individuals(Series(falls, weeks, np.array([4.0, 6, 4, 6, 5])))
    >>> chart.limits.centre[0], chart.limits.upper[0].round(3)
    (np.float64(5.0), np.float64(9.655))

    References
    ----------
    D. C. Montgomery (2013), Introduction to statistical quality control, 7th edition.
    L. P. Provost, S. K. Murray (2011), The health care data guide.
    NHS England (2019), Making data count: getting started.
    """
    points = len(series.dates)
    heights = np.full((5, points), np.nan)
    for span, counted in phases.bases(points, frozen):
        base = np.where(counted, series.values[span], np.nan)
        heights[:, span] = np.array(_heights(base, convention))[:, None]
    return ControlChart(series, Limits(*heights), phases)


def _heights(base: NDArray[np.float64], convention: Convention) -> tuple[float, ...]:
    ranges = np.abs(np.diff(base))
    ranges = ranges[np.isfinite(ranges)]
    if convention is Convention.MAKING_DATA_COUNT:
        move, near, far = mean_known(_screened(ranges)), 1.773, 2.66
    else:
        move, near, far = mean_known(ranges), 2 / 1.128, 3 / 1.128
    centre = mean_known(base)
    return tuple(centre + height * move for height in (0.0, -far, far, -near, near))


def _screened(ranges: NDArray[np.float64]) -> NDArray[np.float64]:
    kept = ranges[ranges < D4 * mean_known(ranges)]
    return kept if kept.size else ranges
