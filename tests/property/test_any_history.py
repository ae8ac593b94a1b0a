"""Whatever was counted, a forecast and a chart come out in good order."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from salus.monitor.charts.individuals import Convention, individuals
from salus.monitor.forecast import LEVELS, forecast
from tests.fakes.histories import weekly

GAP = st.just(float("nan"))
COUNTS = st.lists(st.integers(0, 10**6).map(float) | GAP, min_size=4, max_size=48)
BALANCES = st.lists(st.floats(-1e9, 1e9) | GAP, min_size=4, max_size=48)


@settings(max_examples=30)
@given(
    COUNTS | BALANCES,
    st.integers(1, 12),
    st.integers(1, 6),
)
def test_every_history_of_four_values_is_forecast(
    values: list[float], season: int, horizon: int
) -> None:
    """The path is finite, its bands are nested, and counts stay counts."""
    history = np.array([*values, 1.0, 2.0, 0.0, 3.0])
    ahead = forecast(weekly(history, season), horizon)
    bands = [ahead.bands[level] for level in LEVELS]
    fan = np.array(
        [
            *(band.lower for band in reversed(bands)),
            ahead.point,
            *(band.upper for band in bands),
        ]
    )
    assert np.isfinite(fan).all()
    assert (np.diff(fan, axis=0) >= 0).all()
    assert (fan >= 0).all() or (history < 0).any()
    assert str(ahead.reason)


@given(COUNTS | BALANCES, st.sampled_from(Convention))
def test_every_history_has_a_chart(values: list[float], convention: Convention) -> None:
    """Signals point at known values, in order, and limits are in order where there are any."""
    chart = individuals(weekly(values), convention)
    places = [signal.index for signal in chart.signals]
    assert places == sorted(places)
    assert all(np.isfinite(values[place]) for place in places)
