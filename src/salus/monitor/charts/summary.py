"""One line about a chart, for a table of hundreds of indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from salus.monitor.charts.icons import Assurance, Variation, assurance, variation

if TYPE_CHECKING:
    from datetime import date

    from salus.domain.indicator import Indicator
    from salus.monitor.charts.control_chart import ControlChart


@dataclass(frozen=True, slots=True)
class Summary:
    """What a chart says, in one line.

    Parameters
    ----------
    indicator : Indicator
        What is drawn.
    day : date
        Last day of the latest known period.
    latest, centre, lower, upper : float
        Latest value, and the lines at it; NaN where there are no limits.
    target : float or None
        What is aimed for, in the unit of the indicator.
    variation : Variation
        How the latest value varies.
    assurance : Assurance
        Whether the target will be met.
    """

    indicator: Indicator
    day: date
    latest: float
    centre: float
    lower: float
    upper: float
    target: float | None
    variation: Variation
    assurance: Assurance


def summarise(chart: ControlChart, target: float | None = None) -> Summary | None:
    """Say what a chart says in one line.

    Parameters
    ----------
    chart : ControlChart
        Any kind.
    target : float, optional
        In the unit of the indicator.

    Returns
    -------
    Summary or None
        ``None`` where no value is known.
    """
    known = np.flatnonzero(chart.series.known)
    if not known.size:
        return None
    last, limits = int(known[-1]), chart.limits
    return Summary(
        chart.series.indicator,
        chart.series.dates[last],
        float(chart.series.values[last]),
        float(limits.centre[last]),
        float(limits.lower[last]),
        float(limits.upper[last]),
        target,
        variation(chart),
        assurance(chart, target),
    )
