"""The U chart: events per unit of exposure, and Poisson limits that follow the exposure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.monitor.charts.attributes import attribute_chart, checked_sizes
from salus.monitor.charts.phases import WHOLE, Phases

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from salus.domain.indicator import Series
    from salus.monitor.charts.control_chart import ControlChart


def rates(
    series: Series,
    sizes: NDArray[np.float64],
    frozen: int | None = None,
    phases: Phases = WHOLE,
) -> ControlChart:
    """Draw a U chart.

    With ``u`` the events of a phase over its exposure, the limits of a point of exposure ``n`` are
    ``u ± 3 sqrt(u / n)``, not below 0.

    Parameters
    ----------
    series : Series
        Events per unit of exposure, 0 or more; gaps stay gaps.
    sizes : ndarray, shape (n_dates,)
        Exposure at each point, such as bed-days, 0 or more; a point without it has no limits.
    frozen : int, optional
        Freeze the limits on this many first points of each phase; on all, when not given.
    phases : Phases
        Where limits begin anew, and which points they leave out.

    Returns
    -------
    ControlChart

    Raises
    ------
    ValueError
        If a rate or an exposure is negative, or limits would be frozen on too few points.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> import numpy as np
    >>> from salus.core.messages import say
    >>> from salus.domain.indicator import Indicator, Series
    >>> falls = Indicator("falls", say("falls"), say("per bed-day"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(2))
    >>> chart = rates(Series(falls, weeks, np.array([0.2, 0.4])), np.array([50.0, 50]))
    >>> chart.limits.upper.round(3), chart.limits.lower.round(3)
    (array([0.532, 0.532]), array([0.068, 0.068]))

    References
    ----------
    D. C. Montgomery (2013), Introduction to statistical quality control, 7th edition, chapter 7.
    """
    exposure = checked_sizes(series, sizes, whole=False)
    return attribute_chart(series, exposure, lambda u: u, phases=phases, frozen=frozen)
