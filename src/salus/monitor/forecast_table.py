"""Forecasts of many series at once, as a function of tables that a grouped map can apply.

``read_forecasts(groupmap(series_table(series, 4), BY, forecast_table, runner), indicators)``
forecasts every series, here or in a pool of processes, with the same result.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.errors import Faults
from salus.core.messages import Message
from salus.domain.indicator import Indicator, Series
from salus.monitor.backtest import Backtest, Score
from salus.monitor.forecast import Forecast, forecast
from salus.monitor.history import short_history
from salus.monitor.scale import Scale

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BY = ("indicator_id",)
"""Columns of :func:`series_table` whose values make a series."""

SERIES = pa.schema(
    {
        "indicator_id": pa.string(),
        "date": pa.date32(),
        "value": pa.float64(),
        "horizon": pa.int64(),
        "period_days": pa.int64(),
        "season": pa.int64(),
    }
)

_SCORE = pa.struct(
    {
        "method": pa.string(),
        "label": pa.string(),
        "mase_mean": pa.float64(),
        "mase_median": pa.float64(),
        "mae_mean": pa.float64(),
        "mae_median": pa.float64(),
    }
)

FORECASTS = pa.schema(
    {
        "indicator_id": pa.string(),
        "origin": pa.date32(),
        "point": pa.list_(pa.float64()),
        "origins": pa.list_(pa.int64()),
        "origin_dates": pa.list_(pa.date32()),
        "season": pa.int64(),
        "scale": pa.string(),
        "scores": pa.list_(_SCORE),
        "errors": pa.list_(pa.float64()),
    }
)


def series_table(series: Sequence[Series], horizon: int) -> pa.Table:
    """Lay out series, one row for each date, for :func:`forecast_table`.

    Parameters
    ----------
    series : sequence of Series
        The histories; gaps become nulls.
    horizon : int
        Periods to forecast, 1 to 366.

    Returns
    -------
    pyarrow.Table
        Columns of ``SERIES``.

    Raises
    ------
    InputError
        With one fault for each series that is too short to be forecast.
    """
    faults = Faults()
    faults.extend(fault for one in series if (fault := short_history(one)))
    faults.stop()
    return pa.concat_tables([SERIES.empty_table(), *(_rows(one, horizon) for one in series)])


def forecast_table(table: pa.Table) -> pa.Table:
    """Forecast one series; made for :func:`~salus.core.groupmap.groupmap`.

    Parameters
    ----------
    table : pyarrow.Table
        The rows of one indicator, with the columns of ``SERIES``.

    Returns
    -------
    pyarrow.Table
        One row with the columns of ``FORECASTS``: what :func:`read_forecasts` reads.

    Raises
    ------
    InputError
        If too few values are known.
    """
    first = table.slice(0, 1).to_pylist()[0]
    indicator = Indicator(
        first["indicator_id"],
        Message(first["indicator_id"]),
        Message("value"),
        period_days=first["period_days"],
        season=first["season"],
    )
    values = table["value"].to_numpy().astype(np.float64)
    series = Series(indicator, tuple(table["date"].to_pylist()), values)
    return _row(forecast(series, first["horizon"]))


def read_forecasts(table: pa.Table, indicators: Iterable[Indicator]) -> tuple[Forecast, ...]:
    """Read what :func:`forecast_table` wrote.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of ``FORECASTS``, one row for each series.
    indicators : iterable of Indicator
        What the series mean, at least those of the table.

    Returns
    -------
    tuple of Forecast
        In the order of the rows.

    Raises
    ------
    KeyError
        If an indicator of the table is not among the given ones.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> from salus.core.groupmap import groupmap
    >>> flu = Indicator("flu", Message("influenza"), Message("admissions"))
    >>> weeks = tuple(date(2025, 1, 4) + timedelta(weeks=k) for k in range(6))
    >>> history = Series(flu, weeks, np.array([70.0, 75, 80, 78, 74, 71]))
    >>> rows = groupmap(series_table([history], horizon=2), BY, forecast_table)
    >>> read_forecasts(rows, [flu])[0].point
    array([71., 71.])
    """
    meaning = {indicator.id: indicator for indicator in indicators}
    return tuple(
        Forecast(
            meaning[row["indicator_id"]],
            row["origin"],
            np.array(row["point"]),
            Backtest(
                np.array(row["origins"]),
                tuple(row["origin_dates"]),
                row["season"],
                Scale(row["scale"]),
                tuple(
                    Score(**{**score, "label": Message(score["label"])}) for score in row["scores"]
                ),
                np.array(row["errors"]).reshape(-1, len(row["point"])),
            ),
        )
        for row in table.to_pylist()
    )


def _rows(series: Series, horizon: int) -> pa.Table:
    indicator, n = series.indicator, len(series.dates)
    return pa.table(
        {
            "indicator_id": [indicator.id] * n,
            "date": list(series.dates),
            "value": pa.array(series.values, mask=~series.known),
            "horizon": [horizon] * n,
            "period_days": [indicator.period_days] * n,
            "season": [indicator.season] * n,
        },
        schema=SERIES,
    )


def _row(ahead: Forecast) -> pa.Table:
    test = ahead.backtest
    scores = [
        {name: getattr(score, name) for name in _SCORE.names if name != "label"}
        | {"label": score.label.text}
        for score in test.scores
    ]
    return pa.Table.from_pylist(
        [
            {
                "indicator_id": ahead.indicator.id,
                "origin": ahead.origin,
                "point": ahead.point,
                "origins": test.origins,
                "origin_dates": list(test.dates),
                "season": test.season,
                "scale": test.scale.value,
                "scores": scores,
                "errors": test.errors.ravel(),
            }
        ],
        schema=FORECASTS,
    )
