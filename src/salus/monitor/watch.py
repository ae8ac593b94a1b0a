"""Many indicators at many places watched at once, as a function of tables."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.core.checks import within
from salus.core.groupmap import groupmap
from salus.monitor.charts.rules import Side
from salus.monitor.checks import FEWEST_ROWS
from salus.monitor.detectors.follow import Followed, FollowParams, follow
from salus.monitor.detectors.isolation_forest import IsolationForest
from salus.monitor.detectors.residual import SeasonalResidual
from salus.monitor.readings import read_counted, read_series
from salus.monitor.signals import Contribution, QualitySignal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from salus.core.groupmap import Runner
    from salus.domain.indicator import Indicator, Series
    from salus.monitor.detectors.base import Judgement
    from salus.monitor.detectors.follow import Episode
    from salus.monitor.readings import Counted

    Values = NDArray[np.float64]

YEAR = 365.25
"""Days in a year."""

BY = ("place_id",)
"""Columns of the readings whose values make a group."""

SIGNALS = pa.schema(
    {
        "place_id": pa.string(),
        "since": pa.date32(),
        "found": pa.date32(),
        "until": pa.date32(),
        "detector": pa.string(),
        "indicator_ids": pa.list_(pa.string()),
        "shares": pa.list_(pa.float64()),
        "side": pa.string(),
        "size": pa.float64(),
        "observed": pa.float64(),
        "expected": pa.float64(),
        "lasting": pa.bool_(),
    }
)


@dataclass(frozen=True, slots=True)
class WatchParams:
    """What is watched, and how much of the past only teaches.

    Parameters
    ----------
    forest : IsolationForest
        Looks at all indicators of a place together.
    fewest_together : int
        Indicators of one rhythm that a place needs for that, 2 or more.
    learned_share : float
        Share of the common periods from which the forest learns, 0.2 to 0.9; it judges the rest.
    confirmed_by : int
        Neighbouring periods that it must flag before that is a signal, 1 or more.
    seed : int
        Seed of the forest, 0 or more.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    forest: IsolationForest = field(default_factory=IsolationForest)
    fewest_together: int = 3
    learned_share: float = 0.5
    confirmed_by: int = 2
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse impossible settings."""
        within("fewest_together", self.fewest_together, 2, unit="indicators")
        within("learned_share", self.learned_share, 0.2, 0.9)
        within("confirmed_by", self.confirmed_by, 1, unit="periods")
        within("seed", self.seed, 0)


def watch(
    readings: pa.Table,
    indicators: Sequence[Indicator],
    params: WatchParams | None = None,
    runner: Runner | None = None,
) -> tuple[QualitySignal, ...]:
    """Watch every indicator at every place, each by itself and all of a place together.

    Each series is followed from point to point (:func:`~salus.monitor.detectors.follow.follow`),
    shares of cases by their counts (:func:`~salus.monitor.readings.read_counted`); what remains
    of the series of a place, in sigma, is judged together by an isolation forest. Neighbouring
    alarms are one signal.

    Parameters
    ----------
    readings : pyarrow.Table
        The standard table ``indicator_reading``; a row of an indicator that is not given is not
        watched.
    indicators : sequence of Indicator
        What is watched.
    params : WatchParams, optional
        How to watch.
    runner : Runner, optional
        Where the work is done; here, when not given.

    Returns
    -------
    tuple of QualitySignal
        By place, in the order of the readings; then by the day it was found.

    Raises
    ------
    InputError
        If a reading is given twice.

    Examples
    --------
    >>> from datetime import date, timedelta
    >>> from salus.core.messages import say
    >>> from salus.domain.indicator import Indicator
    >>> falls = Indicator("falls", say("falls"), say("falls"), period_days=7, season=1)
    >>> weeks = [date(2024, 1, 6) + timedelta(weeks=k) for k in range(90)]
    >>> counts = [4.0, 6.0, 5.0] * 26 + [16.0] * 12
    >>> rows = {"indicator_id": ["falls"] * 90, "place_id": ["A"] * 90, "period_end": weeks}
    >>> signal = watch(pa.table(rows | {"value": counts}), [falls])[0]
    >>> str(signal.since), str(signal.found), signal.side.value, signal.lasting
    ('2025-07-05', '2025-07-05', 'high', True)
    """
    if not readings.num_rows or not indicators:
        return ()
    task = partial(watch_place, indicators=tuple(indicators), params=params or WatchParams())
    return read_signals(groupmap(readings, BY, task, runner), indicators)


def watch_place(
    readings: pa.Table, indicators: tuple[Indicator, ...], params: WatchParams
) -> pa.Table:
    """Watch one place; made for :func:`~salus.core.groupmap.groupmap`.

    Parameters
    ----------
    readings : pyarrow.Table
        The readings of one place.
    indicators : tuple of Indicator
        What is watched.
    params : WatchParams
        How to watch.

    Returns
    -------
    pyarrow.Table
        One row for each signal, with the columns of ``SIGNALS``.

    Raises
    ------
    InputError
        If a reading is given twice.
    """
    place = readings["place_id"][0].as_py()
    series = [each for one in indicators if (each := read_series(readings, one, place))]
    followed = [_followed(each, read_counted(readings, each, place)) for each in series]
    signals = [
        _single(place, each, walk, episode)
        for each, walk in zip(series, followed, strict=True)
        for episode in walk.episodes
    ]
    for group in _rhythms(series):
        if len(group) >= params.fewest_together:
            chosen = [series[k] for k in group], [followed[k] for k in group]
            signals += _together(place, *chosen, params)
    signals.sort(key=lambda signal: (signal.found, signal.since))
    return pa.Table.from_pylist([_row(signal) for signal in signals], schema=SIGNALS)


def read_signals(table: pa.Table, indicators: Iterable[Indicator]) -> tuple[QualitySignal, ...]:
    """Read what :func:`watch_place` wrote.

    Parameters
    ----------
    table : pyarrow.Table
        Columns of ``SIGNALS``.
    indicators : iterable of Indicator
        At least those of the table.

    Returns
    -------
    tuple of QualitySignal
        In the order of the rows.

    Raises
    ------
    KeyError
        If an indicator of the table is not among the given ones.
    """
    meaning = {indicator.id: indicator for indicator in indicators}
    signals = []
    for row in table.to_pylist():
        pairs = zip(row.pop("indicator_ids"), row.pop("shares"), strict=True)
        row["contributions"] = tuple(Contribution(meaning[key], share) for key, share in pairs)
        row["side"] = Side(row["side"]) if row["side"] else None
        signals.append(QualitySignal(**row))
    return tuple(signals)


def _followed(series: Series, counted: Counted | None) -> Followed:
    indicator = series.indicator
    days = indicator.period_days
    week = (7.0,) if days == 1 else ()
    year = (YEAR / days,) if indicator.season > 1 and YEAR / days > 2 else ()  # noqa: PLR2004 (a cycle has more than two points)
    params = FollowParams.every(days, counted=counted is not None)
    if counted is None:
        return follow(series.values, (*week, *year), YEAR / days, params)
    walk = follow(counted.shares, (*week, *year), YEAR / days, params, counted.sizes)
    return replace(walk, expected=walk.expected * counted.per, spread=walk.spread * counted.per)


def _single(place: str, series: Series, walk: Followed, episode: Episode) -> QualitySignal:
    span = slice(episode.since, episode.until + 1)
    known = np.isfinite(walk.standard[span])
    return QualitySignal(
        place,
        series.dates[episode.since],
        series.dates[episode.found],
        series.dates[episode.until],
        SeasonalResidual.name,
        (Contribution(series.indicator, 1.0),),
        Side.HIGH if episode.high else Side.LOW,
        size=abs(float(walk.standard[span][known].mean())),
        observed=float(series.values[span][known].mean()),
        expected=float(walk.expected[span][known].mean()),
        lasting=episode.until == len(series.dates) - 1,
    )


def _rhythms(series: list[Series]) -> list[list[int]]:
    """Group series whose periods end on the same days."""
    groups: dict[tuple[int, int], list[int]] = {}
    for place, each in enumerate(series):
        days = each.indicator.period_days
        groups.setdefault((days, each.dates[-1].toordinal() % days), []).append(place)
    return list(groups.values())


def _together(
    place: str, series: list[Series], followed: list[Followed], params: WatchParams
) -> Iterator[QualitySignal]:
    dates, rows = _aligned(series, followed)
    learned = int(len(dates) * params.learned_share)
    if learned < FEWEST_ROWS:
        return
    judgement = params.forest.judge(rows[:learned], rows[learned:], params.seed)
    live = dates[learned:]
    for span in _runs(judgement.flags, params.confirmed_by):
        shares = _confirmed(judgement, span)
        order = [int(k) for k in np.argsort(-shares, kind="stable") if shares[k] > 0]
        if order:
            yield QualitySignal(
                place,
                live[span.start],
                live[span.start + params.confirmed_by - 1],
                live[span.stop - 1],
                params.forest.name,
                tuple(Contribution(series[k].indicator, float(shares[k])) for k in order),
                None,
                size=float(judgement.scores[span].mean() / judgement.limit),
                observed=None,
                expected=None,
                lasting=span.stop == len(live),
            )


def _aligned(series: list[Series], followed: list[Followed]) -> tuple[list[date], Values]:
    days = sorted({day for each in series for day in each.dates})
    place = {day: row for row, day in enumerate(days)}
    rows = np.full((len(days), len(series)), np.nan)
    for column, (each, walk) in enumerate(zip(series, followed, strict=True)):
        rows[[place[day] for day in each.dates], column] = walk.standard
    judged = np.isfinite(rows).any(1)
    return [day for day, kept in zip(days, judged, strict=True) if kept], rows[judged]


def _runs(flags: NDArray[np.bool_], fewest: int) -> Iterator[slice]:
    edges = np.flatnonzero(np.diff(flags.astype(np.int64), prepend=0, append=0))
    for start, stop in zip(edges[::2], edges[1::2], strict=True):
        if stop - start >= fewest:
            yield slice(int(start), int(stop))


def _confirmed(judgement: Judgement, span: slice) -> Values:
    """Add up what the columns of confirmed reasons contribute, as shares of the whole."""
    shares = np.zeros(judgement.contributions.shape[1])
    for row in range(span.start, span.stop):
        named = list(judgement.causes[row])
        shares[named] += judgement.contributions[row, named]
    total = shares.sum()
    return shares / total if total > 0 else shares


def _row(signal: QualitySignal) -> dict[str, object]:
    row: dict[str, object] = {name: getattr(signal, name, None) for name in SIGNALS.names}
    row["indicator_ids"] = [each.indicator.id for each in signal.contributions]
    row["shares"] = [each.share for each in signal.contributions]
    return row
