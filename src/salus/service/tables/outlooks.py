"""The tables of the forecasts: path and bands, how the methods did, and the chart of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.day import Day
    from salus.service.forecast_need import Outlook
    from salus.service.tables.schemas import Row


def forecast(day: Day) -> Iterator[Row]:
    """Lay out the expected path and its bands."""
    for outlook in day.need.outlooks:
        ahead = outlook.forecast
        for step, when in enumerate(ahead.dates):
            row: Row = {
                "indicator": ahead.indicator.id,
                "period_end": when.isoformat(),
                "method": ahead.method,
                "point": float(ahead.point[step]),
            }
            for level, band in ahead.bands.items():
                row[f"lower_{level}"] = float(band.lower[step])
                row[f"upper_{level}"] = float(band.upper[step])
            yield row


def backtest(day: Day) -> Iterator[Row]:
    """Lay out how each method did at earlier origins."""
    for outlook in day.need.outlooks:
        test = outlook.forecast.backtest
        for score in test.scores:
            yield {
                "indicator": outlook.series.indicator.id,
                "method": score.method,
                "chosen": score.method == outlook.forecast.method,
                "origins": len(test.origins),
                "mase_mean": score.mase_mean,
                "mase_median": score.mase_median,
                "mae_mean": score.mae_mean,
                "mae_median": score.mae_median,
            }


def residuals(day: Day) -> Iterator[Row]:
    """Lay out the control chart of the errors."""
    for outlook in day.need.outlooks:
        yield from _chart(outlook)


def _chart(outlook: Outlook) -> Iterator[Row]:
    chart = outlook.chart
    rules: dict[int, list[str]] = {}
    for signal in chart.signals:
        rules.setdefault(signal.index, []).append(signal.rule.value)
    for place, when in enumerate(chart.series.dates):
        yield {
            "indicator": outlook.series.indicator.id,
            "period_end": when.isoformat(),
            "error": float(chart.series.values[place]),
            "centre": float(chart.limits.centre[place]),
            "lower": float(chart.limits.lower[place]),
            "upper": float(chart.limits.upper[place]),
            "signals": " ".join(rules.get(place, [])),
        }
