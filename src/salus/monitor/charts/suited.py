"""The control chart that suits a series, in the unit of its indicator."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.monitor.charts.control_chart import ControlChart
from salus.monitor.charts.individuals import individuals
from salus.monitor.charts.limits import Limits
from salus.monitor.charts.phases import WHOLE, Phases
from salus.monitor.charts.proportions import proportions
from salus.monitor.charts.rates import rates

if TYPE_CHECKING:
    from salus.domain.indicator import Series
    from salus.monitor.readings import Counted

PARTS = (1.0, 100.0)
"""What a share is multiplied by where it is read as a part of the cases, plainly or in per cent."""


class Kind(StrEnum):
    """Which control chart a series gets."""

    INDIVIDUALS = "i"
    PROPORTIONS = "p"
    RATES = "u"

    @property
    def sentence(self) -> Message:
        """What its limits rest on, for people."""
        return {
            Kind.INDIVIDUALS: say("I chart: limits from the moves between neighbours"),
            Kind.PROPORTIONS: say("P chart: limits from the number of cases"),
            Kind.RATES: say("U chart: limits from the cases or days at risk"),
        }[self]


def suited_kind(counted: Counted | None) -> Kind:
    """Choose a chart by what is known of the counts behind a series.

    Parameters
    ----------
    counted : Counted or None
        What the values are shares of; ``None`` for any other value.

    Returns
    -------
    Kind
        P for shares and per cent of cases, U for events per so many, I for the rest.
    """
    if counted is None:
        return Kind.INDIVIDUALS
    return Kind.PROPORTIONS if round(counted.per, 6) in PARTS else Kind.RATES


def suited_chart(series: Series, counted: Counted | None, phases: Phases = WHOLE) -> ControlChart:
    """Draw the chart that suits a series.

    Parameters
    ----------
    series : Series
        In the unit of its indicator; gaps stay gaps.
    counted : Counted or None
        The counts behind it.
    phases : Phases
        Where limits begin anew, and which points they leave out.

    Returns
    -------
    ControlChart
        In the unit of the indicator.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> import numpy as np
    >>> from salus.domain.indicator import Indicator, Series
    >>> from salus.monitor.readings import Counted
    >>> died = Indicator("died", say("died"), say("%"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(2))
    >>> counted = Counted(np.array([0.1, 0.3]), np.array([100.0, 100]), per=100)
    >>> suited_chart(Series(died, weeks, np.array([10.0, 30])), counted).limits.upper.round(1)
    array([32., 32.])
    """
    if counted is None:
        return individuals(series, phases=phases)
    draw = proportions if suited_kind(counted) is Kind.PROPORTIONS else rates
    shares = type(series)(series.indicator, series.dates, counted.shares)
    limits = draw(shares, counted.sizes, phases=phases).limits
    lines = limits.centre, limits.lower, limits.upper, limits.near_lower, limits.near_upper
    return ControlChart(series, Limits(*(line * counted.per for line in lines)), phases)
