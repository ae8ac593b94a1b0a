"""The tables of watched quality: signals, indicators, and the points of the charts shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.service.tables.schemas import Row
    from salus.service.watched import Watched


def signals(watched: Watched) -> Iterator[Row]:
    """Lay out every signal: those open first, then the past year's, then the older ones."""
    for signal in (*watched.signals, *watched.earlier):
        yield {
            "place": signal.place_id,
            "indicators": " ".join(each.indicator.id for each in signal.contributions),
            "shares": " ".join(f"{each.share:.3f}" for each in signal.contributions),
            "since": signal.since.isoformat(),
            "found": signal.found.isoformat(),
            "until": signal.until.isoformat(),
            "open": signal.lasting,
            "side": signal.side.value if signal.side else None,
            "size": signal.size,
            "observed": signal.observed,
            "expected": signal.expected,
            "detector": signal.detector,
        }


def indicators(watched: Watched) -> Iterator[Row]:
    """Lay out one line for each indicator over all its places."""
    for line in watched.lines:
        yield {
            "indicator": line.indicator.id,
            "chart": line.kind.value,
            "period_end": line.summary.day.isoformat(),
            "latest": line.summary.latest,
            "centre": line.summary.centre,
            "lower": line.summary.lower,
            "upper": line.summary.upper,
            "target": line.summary.target,
            "variation": line.summary.variation.value,
            "assurance": line.summary.assurance.value,
            "places": line.places,
            "open_signals": line.signals,
            "judged_years": line.years,
        }


def control(watched: Watched) -> Iterator[Row]:
    """Lay out the points of the charts shown, with their limits and the rules that they meet."""
    for shown in watched.charts:
        series, limits = shown.chart.series, shown.chart.limits
        met: dict[int, list[str]] = {}
        for signal in shown.chart.signals:
            met.setdefault(signal.index, []).append(signal.rule.value)
        for place, day in enumerate(series.dates):
            yield {
                "indicator": series.indicator.id,
                "place": shown.signal.place_id,
                "period_end": day.isoformat(),
                "value": float(series.values[place]),
                "centre": float(limits.centre[place]),
                "lower": float(limits.lower[place]),
                "upper": float(limits.upper[place]),
                "rules": " ".join(met.get(place, [])),
            }
