"""The C chart: counts of events in periods of the same exposure, and Poisson limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.monitor.charts.phases import WHOLE, Phases
from salus.monitor.charts.rates import rates

if TYPE_CHECKING:
    from salus.domain.indicator import Series
    from salus.monitor.charts.control_chart import ControlChart


def counts(series: Series, frozen: int | None = None, phases: Phases = WHOLE) -> ControlChart:
    """Draw a C chart: a U chart where every point has the same exposure.

    With ``c`` the mean count of a phase, the limits are ``c ± 3 sqrt(c)``, not below 0.

    Parameters
    ----------
    series : Series
        Events at each point, 0 or more; gaps stay gaps.
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
        If a count is negative, or limits would be frozen on too few points.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> from salus.core.messages import say
    >>> from salus.domain.indicator import Indicator, Series
    >>> falls = Indicator("falls", say("falls"), say("falls"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(2))
    >>> counts(Series(falls, weeks, np.array([14.0, 18]))).limits.upper
    array([28., 28.])

    References
    ----------
    D. C. Montgomery (2013), Introduction to statistical quality control, 7th edition, chapter 7.
    """
    return rates(series, np.ones(len(series.dates)), frozen, phases)
