"""Control charts of the signals that matter most, and one line for each indicator."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.monitor.charts.phases import Phases
from salus.monitor.charts.suited import suited_chart, suited_kind
from salus.monitor.charts.summary import summarise
from salus.monitor.detectors.follow import FollowParams
from salus.monitor.readings import read_counted, read_series
from salus.service.watched import IndicatorLine, ShownChart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from salus.domain.indicator import Series
    from salus.monitor.signals import QualitySignal
    from salus.service.watchable import Watchable

    Values = NDArray[np.float64]

MOST_CHARTS = 6
"""Charts that a person looks at in one sitting."""

TOGETHER = "all"
"""The place of the readings that join all places."""

YEAR = 365.25
FIGURES = ("value", "numerator", "denominator")


def shown_charts(
    watched: Sequence[Watchable], signals: Sequence[QualitySignal]
) -> Iterator[ShownChart]:
    """Draw the charts of the most important signals of single indicators, one for each series.

    What is open comes before a new level, that before what is over; then concerns before the rest,
    and large departures before small ones.

    Parameters
    ----------
    watched : sequence of Watchable
        With the readings.
    signals : sequence of QualitySignal
        In any order.

    Yields
    ------
    ShownChart
        At most ``MOST_CHARTS``.
    """
    by_key = {each.indicator.id: each for each in watched}
    first: dict[tuple[str, str], QualitySignal] = {}
    for signal in sorted(signals, key=_importance):
        if signal.side is not None and len(first) < MOST_CHARTS:
            first.setdefault((signal.indicator.id, signal.place_id), signal)
    for (key, place), signal in first.items():
        series = read_series(by_key[key].judged, by_key[key].indicator, place)
        if series is not None:
            counted = read_counted(by_key[key].judged, series, place)
            phases = _phases(series, _of(signals, key, place))
            chart = suited_chart(series, counted, phases)
            yield ShownChart(signal, suited_kind(counted), chart, by_key[key].meaning.target)


def indicator_line(each: Watchable, signals: Iterable[QualitySignal]) -> IndicatorLine | None:
    """Sum an indicator up over all its places.

    Parameters
    ----------
    each : Watchable
        With the readings.
    signals : iterable of QualitySignal
        All that were found.

    Returns
    -------
    IndicatorLine or None
        Shares of the cases of all places together; the sum where values are counts, and a gap
        where one is missing; else the mean of the places. ``None`` where nothing is known.
    """
    joined = _joined(each)
    series = read_series(joined, each.indicator, TOGETHER)
    if series is None:
        return None
    counted = read_counted(joined, series, TOGETHER) if each.shares else None
    summary = summarise(suited_chart(series, counted), each.meaning.target)
    if summary is None:
        return None
    is_open = sum(
        signal.lasting and signal.indicator.id == each.indicator.id and signal.side is not None
        for signal in signals
    )
    kind = suited_kind(counted)
    return IndicatorLine(each.indicator, kind, summary, len(each.places), is_open, _years(each))


def _importance(signal: QualitySignal) -> tuple[bool, bool, bool, float, str, str]:
    calm = signal.good is not False
    key = signal.place_id, signal.indicator.id
    return not signal.lasting, not signal.settled, calm, -signal.size, *key


def _of(signals: Iterable[QualitySignal], key: str, place: str) -> list[QualitySignal]:
    mine = (s for s in signals if s.indicator.id == key and s.place_id == place)
    return sorted((s for s in mine if s.side is not None), key=lambda signal: signal.since)


def _phases(series: Series, signals: Sequence[QualitySignal]) -> Phases:
    """Begin anew where a departure lasted until it became the level; leave the others out."""
    starts: list[int] = []
    excluded: set[int] = set()
    for signal in signals:
        since, until = _place(series, signal.since), _place(series, signal.until)
        if signal.settled and since > max([0, *starts]):
            starts.append(since)
        else:
            excluded.update(range(since, until + 1))
    return Phases(tuple(starts), tuple(sorted(excluded)))


def _place(series: Series, day: date) -> int:
    return (day - series.dates[0]).days // series.indicator.period_days


def _years(each: Watchable) -> float:
    days = each.indicator.period_days
    warm_up = FollowParams.every(days).warm_up
    spans = [each.at(place)["period_end"].to_pylist() for place in each.places]
    points = ((max(span) - min(span)).days // days + 1 - warm_up for span in spans)
    return sum(max(n, 0) for n in points) * days / YEAR


def _joined(each: Watchable) -> pa.Table:
    rows = each.table
    days, period = np.unique(rows["period_end"].to_numpy(), return_inverse=True)
    figures = [rows[name].cast("float64").to_numpy() for name in FIGURES]
    known = np.isfinite(figures[0])
    sums = (np.bincount(period[known], part[known], minlength=len(days)) for part in figures)
    value, above, below = (part.astype(np.float64, copy=False) for part in sums)
    places = np.bincount(period[known], minlength=len(days)).astype(np.float64)
    per = _per(*(part[known] for part in figures))
    if per is not None:
        value = per * above / np.where(below > 0, below, np.nan)
    elif np.array_equal(figures[0][known], figures[1][known]):
        value = np.where(places == len(each.places), value, np.nan)
    else:
        value = value / np.where(places > 0, places, np.nan)
    keys = {"indicator_id": each.indicator.id, "place_id": TOGETHER}
    table = pa.table({name: [key] * len(days) for name, key in keys.items()})
    table = table.append_column("period_end", pa.array(days, pa.date32()))
    for name, part in zip(FIGURES, (value, above, below), strict=True):
        table = table.append_column(name, pa.array(part, mask=~np.isfinite(part)))
    return table


def _per(value: Values, above: Values, below: Values) -> float | None:
    """Find what the quotient of the counts is multiplied by, if it is one figure everywhere."""
    if not np.isfinite(above).all() or not np.isfinite(below).all() or not above.sum():
        return None
    quotient = above / np.where(below > 0, below, np.nan)
    per = float(np.nansum(value) / np.nansum(quotient))
    return per if np.allclose(value, per * quotient, rtol=1e-6, equal_nan=True) else None
