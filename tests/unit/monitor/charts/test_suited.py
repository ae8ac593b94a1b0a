"""The chart that suits a series."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from salus.core.messages import say
from salus.domain.indicator import Indicator, Series
from salus.monitor.charts.suited import Kind, suited_chart, suited_kind
from salus.monitor.readings import Counted

SHARES = np.array([0.1, 0.2, 0.15, np.nan])
SIZES = np.array([100.0, 100, 200, np.nan])


@pytest.mark.parametrize(
    ("per", "kind"), [(1.0, Kind.PROPORTIONS), (100.0, Kind.PROPORTIONS), (1000.0, Kind.RATES)]
)
def test_limits_are_in_the_unit_of_the_indicator(per: float, kind: Kind) -> None:
    """Centre and limits are those of the shares, so many times."""
    counted = Counted(SHARES, SIZES, per)
    assert suited_kind(counted) is kind
    weeks = tuple(date(2025, 1, 5) + timedelta(weeks=k) for k in range(4))
    series = Series(Indicator("x", say("x"), say("%")), weeks, per * SHARES)
    limits = suited_chart(series, counted).limits
    spread = 0.15 * 0.85 if kind is Kind.PROPORTIONS else 0.15
    assert limits.centre == pytest.approx(0.15 * per)
    assert limits.upper[2] == pytest.approx(per * (0.15 + 3 * np.sqrt(spread / 200)))
    assert np.isnan(limits.upper[3])


def test_other_values_get_an_i_chart() -> None:
    """Without counts the limits come from the moves between neighbours."""
    assert suited_kind(None) is Kind.INDIVIDUALS
