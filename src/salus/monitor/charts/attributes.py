"""What the charts of counted things (P, C and U) share: a sigma that follows from the counts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from salus.monitor.charts.control_chart import ControlChart
from salus.monitor.charts.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from salus.domain.indicator import Series
    from salus.monitor.charts.phases import Phases

    Values = NDArray[np.float64]


def checked_sizes(series: Series, sizes: Values, *, whole: bool) -> Values:
    """Refuse values and sizes that cannot belong together; a size of 0 becomes a gap.

    Parameters
    ----------
    series : Series
        Shares or rates, 0 or more.
    sizes : ndarray, shape (n_dates,)
        Cases or exposure behind each value, 0 or more.
    whole : bool
        Whether a value is a share, and so at most 1.

    Returns
    -------
    ndarray, shape (n_dates,)
        NaN where the size is 0 or not known.

    Raises
    ------
    ValueError
        If the shapes differ, or a value or size is out of range.
    """
    if sizes.shape != series.values.shape:
        message = f"sizes must have shape {series.values.shape}, but has {sizes.shape}"
        raise ValueError(message)
    known = series.values[series.known]
    highest = 1.0 if whole else math.inf
    if (known < 0).any() or (known > highest).any() or (sizes < 0).any():
        message = f"values must be between 0 and {highest} and sizes at least 0, but are not"
        raise ValueError(message)
    return np.where(sizes > 0, sizes, np.nan)


def attribute_chart(
    series: Series,
    sizes: Values,
    spread: Callable[[float], float],
    *,
    phases: Phases,
    frozen: int | None,
    highest: float = math.inf,
) -> ControlChart:
    """Draw a chart whose sigma at each point is ``sqrt(spread(centre) / size)``.

    Parameters
    ----------
    series : Series
        Shares, counts or rates; gaps stay gaps.
    sizes : ndarray, shape (n_dates,)
        Cases or exposure behind each value; NaN gives no limit.
    spread : callable
        Variance of one case around the centre of a phase.
    phases : Phases
        Where limits begin anew, and which points they leave out.
    frozen : int, optional
        As :meth:`~salus.monitor.charts.phases.Phases.bases` has it.
    highest : float
        Limits end here, and at 0.

    Returns
    -------
    ControlChart
        The centre of a phase is the total of its cases over the total of its sizes.
    """
    points = len(series.dates)
    centre, sigma = np.full(points, np.nan), np.full(points, np.nan)
    for span, counted in phases.bases(points, frozen):
        base = counted & series.known[span] & np.isfinite(sizes[span])
        if base.any():
            size = sizes[span][base]
            centre[span] = (series.values[span][base] * size).sum() / size.sum()
            sigma[span] = np.sqrt(spread(float(centre[span.start])) / sizes[span])
    lines = (np.clip(centre + width * sigma, 0.0, highest) for width in (-3.0, 3.0, -2.0, 2.0))
    return ControlChart(series, Limits(centre, *lines), phases)
