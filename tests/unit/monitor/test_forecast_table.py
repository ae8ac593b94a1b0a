"""Many forecasts as one grouped map."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from salus.core.errors import InputError
from salus.core.groupmap import ProcessPool, groupmap
from salus.domain.indicator import Series
from salus.monitor.forecast import Forecast, forecast
from salus.monitor.forecast_table import BY, FORECASTS, forecast_table, read_forecasts, series_table
from tests.fakes.histories import weekly, winters


def named(series: Series, key: str) -> Series:
    """Give a series another indicator."""
    return Series(replace(series.indicator, id=key), series.dates, series.values)


@pytest.fixture(scope="module")
def histories() -> tuple[Series, ...]:
    """Make two series, one with a gap and a season, one too short to compare methods."""
    values = winters(40, 8)
    values[12] = np.nan
    return named(weekly(values, 8), "winters"), named(weekly([4, 6, 5, 7, 8]), "short")


def same(one: Forecast, other: Forecast) -> bool:
    """Tell whether two forecasts agree bit for bit."""
    return (
        (one.indicator, one.origin, one.method, one.dates, one.reason)
        == (other.indicator, other.origin, other.method, other.dates, other.reason)
        and np.array_equal(one.point, other.point)
        and np.array_equal(one.backtest.errors, other.backtest.errors, equal_nan=True)
        and one.backtest.scores == other.backtest.scores
        and all(np.array_equal(one.bands[k].upper, other.bands[k].upper) for k in one.bands)
    )


def test_what_is_written_is_read(histories: tuple[Series, ...]) -> None:
    """Through tables and back each forecast is the one that a plain call gives."""
    rows = groupmap(series_table(histories, 3), BY, forecast_table)
    assert rows.schema == FORECASTS
    found = read_forecasts(rows, [series.indicator for series in histories])
    assert all(same(*pair) for pair in zip(found, (forecast(s, 3) for s in histories), strict=True))


def test_another_process_gives_the_same_answer(histories: tuple[Series, ...]) -> None:
    """A pool of processes returns the tables that this process returns, bit for bit."""
    table = series_table(histories, 3)
    here, there = (groupmap(table, BY, forecast_table, runner) for runner in (None, ProcessPool(1)))
    assert repr(here.to_pylist()) == repr(there.to_pylist())


def test_all_short_histories_are_named_at_once() -> None:
    """One error lists every series that cannot be forecast."""
    short = [named(weekly([1, 2, np.nan]), key) for key in ("one", "two")]
    with pytest.raises(InputError, match=r"(?s)one: too few.*two: too few"):
        series_table(short, 2)


def test_an_unknown_indicator_is_refused(histories: tuple[Series, ...]) -> None:
    """A forecast is not given a meaning that nobody stated."""
    rows = forecast_table(series_table(histories[1:], 2))
    with pytest.raises(KeyError, match="short"):
        read_forecasts(rows, [])
