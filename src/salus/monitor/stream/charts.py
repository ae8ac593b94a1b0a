"""Moving averages of many series at once, each against what it has learned to be usual."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.monitor.stream.params import StreamParams

    Values = NDArray[np.float64]
    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

MAD_OF_NORMAL, DIFFERENCE_OF_NORMAL = 1.4826, 1.128
"""Standard deviations in a median absolute deviation, and mean moving ranges in one."""
ORDINARY, SPIKE = 0.75, 2.0
"""A moving range counts at most twice (``SPIKE``) what this share of them keeps to."""
CAUTION = 3.0
"""How much wider the limit is for what few readings have taught: by this over their root."""
FINEST = 0.002
"""Spread below which a series is held to be constant, as a share of its centre."""
_NUMBERS = ("standard", "level", "centre", "spread")
_FLAGS = ("alarmed", "began", "ended", "late")
WINSOR = 3.0
"""Standard deviations beyond which a reading teaches no more about the spread."""


@dataclass(frozen=True, slots=True, eq=False)
class Charts:
    """EWMA charts of many series, in arrays of one length.

    Parameters
    ----------
    seen : ndarray of int
        Readings of each series so far.
    early : ndarray, shape (n, warm_up)
        The readings of the warm-up; NaN where none has come.
    centre, spread : ndarray
        What is usual: median and standard deviation; NaN during the warm-up.
    average : ndarray
        Moving average, in standard deviations from the centre.
    quiet : ndarray of int
        Readings in a row inside half the limit.
    alarmed : ndarray of bool
        Whether the series is outside.
    since : ndarray of int
        When the average last left half the limit, milliseconds since 1970.
    moment, sequence : ndarray of int
        The newest reading: its moment and the number its device gave; -1 before the first.
    """

    seen: Whole
    early: Values
    centre: Values
    spread: Values
    average: Values
    quiet: Whole
    alarmed: Flags
    since: Whole
    moment: Whole
    sequence: Whole

    @classmethod
    def of(cls, n: int, params: StreamParams) -> Charts:
        """Begin charts of series that have no reading."""
        return cls(
            np.zeros(n, np.int64),
            np.full((n, params.warm_up), np.nan),
            np.full(n, np.nan),
            np.full(n, np.nan),
            np.zeros(n),
            np.zeros(n, np.int64),
            np.zeros(n, np.bool_),
            np.full(n, -1, np.int64),
            np.full(n, -1, np.int64),
            np.full(n, -1, np.int64),
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Name the arrays, in the order of the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def with_more(self, n: int, params: StreamParams) -> Charts:
        """Add series that have no reading yet; the arrays are new ones."""
        more = Charts.of(n, params).arrays()
        return Charts(
            **{name: np.concatenate([old, more[name]]) for name, old in self.arrays().items()}
        )

    def picked(self, order: Whole) -> Charts:
        """Return the charts of some series, in this order."""
        return replace(self, **{name: array[order] for name, array in self.arrays().items()})


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Values of series, in arrays of one length.

    Parameters
    ----------
    series : ndarray of int
        Which series.
    moment, sequence : ndarray of int
        When, in milliseconds since 1970, and the number the device gave; within a series both
        ascend.
    value : ndarray of float
        Finite.
    """

    series: Whole
    moment: Whole
    sequence: Whole
    value: Values


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What the charts said about each reading, in arrays of one length.

    Parameters
    ----------
    standard : ndarray
        Standard deviations from the centre; NaN during the warm-up and for what came too late.
    alarmed : ndarray of bool
        Whether the series was outside after the reading.
    began, ended : ndarray of bool
        Whether it went outside, or came back, with this reading.
    late : ndarray of bool
        Whether it is older than what its series has seen: it is then passed over.
    since : ndarray of int
        When the series last left half the limit.
    level, centre, spread : ndarray
        Moving average, and what was usual then, in the unit of the series.
    """

    standard: Values
    alarmed: Flags
    began: Flags
    ended: Flags
    late: Flags
    since: Whole
    level: Values
    centre: Values
    spread: Values

    @classmethod
    def of(cls, n: int) -> Judged:
        """Begin with nothing said."""
        made: dict[str, NDArray[Any]] = {name: np.full(n, np.nan) for name in _NUMBERS}
        made |= {name: np.zeros(n, np.bool_) for name in _FLAGS}
        return cls(since=np.full(n, -1, np.int64), **made)


def judge(
    charts: Charts, points: Points, params: StreamParams, *, high_only: bool = False
) -> Judged:
    """Lead readings through their charts, which are changed in place.

    A series learns its centre (median) and spread (from the median absolute deviation and the mean
    moving range, whichever is larger) from its warm-up, and refines both from readings in control.
    A moving range counts at most twice what three in four keep to: one reading that is a slip of
    the device must not widen what is usual. A series that could no longer be judged, as its centre,
    spread or average is not finite, starts anew.

    The moving average of the standardised readings alarms beyond the limit, which is wider while
    little is learned, and is over when it has been within half of it for some readings: one
    departure is one alarm.

    Parameters
    ----------
    charts : Charts
        Of all series.
    points : Points
        What was measured.
    params : StreamParams
        How to watch.
    high_only : bool
        Whether only values that are too high depart.

    Returns
    -------
    Judged

    References
    ----------
    S. W. Roberts (1959), Control chart tests based on geometric moving averages. Technometrics 1.
    """
    judged = Judged.of(len(points.series))
    # Numbers too large to be reckoned with end in a series that starts anew.
    with np.errstate(over="ignore", invalid="ignore"):
        for turn in _turns(points.series):
            fresh = turn[_mark_late(charts, judged, points, turn)]
            key = points.series[fresh]
            charts.moment[key], charts.sequence[key] = points.moment[fresh], points.sequence[fresh]
            _learn_early(charts, key, points.value[fresh], params)
            known = fresh[charts.seen[key] > params.warm_up]
            _follow(charts, judged, points, known, params, high_only=high_only)
            start_anew(charts, key, params)
    return judged


def start_anew(charts: Charts, key: Whole, params: StreamParams) -> None:
    """Let series learn again that could otherwise never alarm any more; changed in place.

    Parameters
    ----------
    charts : Charts
        Of all series.
    key : ndarray of int
        The series to look at.
    params : StreamParams
        How they are watched.

    Examples
    --------
    >>> from salus.monitor.stream.params import StreamParams
    >>> charts = Charts.of(1, StreamParams())
    >>> charts.seen[0] = 400
    >>> start_anew(charts, np.array([0]), StreamParams())
    >>> int(charts.seen[0])
    0
    """
    numbers = charts.centre[key] + charts.spread[key] + charts.average[key]
    lost = key[(charts.seen[key] >= params.warm_up) & ~np.isfinite(numbers)]
    if not lost.size:
        return
    blank = Charts.of(len(lost), params).arrays()
    for name in ("seen", "early", "centre", "spread", "average", "quiet", "alarmed", "since"):
        getattr(charts, name)[lost] = blank[name]


def _mark_late(charts: Charts, judged: Judged, points: Points, turn: Whole) -> Flags:
    """Mark what its series has passed, and tell which points it has not."""
    key, moment = points.series[turn], points.moment[turn]
    same = (moment == charts.moment[key]) & (points.sequence[turn] <= charts.sequence[key])
    judged.late[turn] = (moment < charts.moment[key]) | same
    fresh: Flags = ~judged.late[turn]
    return fresh


def _turns(series: Whole) -> list[Whole]:
    """Split readings into turns in which each series has at most one reading."""
    order = np.argsort(series, kind="stable")
    ordered = series[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=-1))
    sizes = np.diff(starts, append=len(ordered))
    rank = np.arange(len(ordered)) - np.repeat(starts, sizes)
    by_rank = np.argsort(rank, kind="stable")
    return np.split(order[by_rank], np.cumsum(np.bincount(rank))[:-1]) if len(rank) else []


def _learn_early(charts: Charts, key: Whole, value: Values, params: StreamParams) -> None:
    seen = charts.seen[key]
    early = seen < params.warm_up
    charts.early[key[early], seen[early]] = value[early]
    charts.seen[key] = seen + 1
    full = key[seen + 1 == params.warm_up]
    if not full.size:
        return
    rows = charts.early[full]
    centre = np.median(rows, axis=1)
    deviation = MAD_OF_NORMAL * np.median(np.abs(rows - centre[:, None]), axis=1)
    ranges = _mean_range(rows) / DIFFERENCE_OF_NORMAL
    least = np.maximum(FINEST * np.abs(centre), np.finfo(np.float64).tiny)
    charts.centre[full] = centre
    charts.spread[full] = np.maximum(np.maximum(deviation, ranges), least)


def _mean_range(rows: Values) -> Values:
    """Take the mean moving range of each row, in which no slip of a device counts for much."""
    ranges = np.abs(np.diff(rows, axis=1))
    most = SPIKE * np.quantile(ranges, ORDINARY, axis=1, method="lower")
    mean: Values = np.minimum(ranges, most[:, None]).mean(axis=1)
    return mean


def _follow(
    charts: Charts,
    judged: Judged,
    points: Points,
    turn: Whole,
    params: StreamParams,
    *,
    high_only: bool,
) -> None:
    key = points.series[turn]
    standard = (points.value[turn] - charts.centre[key]) / charts.spread[key]
    counted = np.clip(standard, 0 if high_only else -params.clip, params.clip)
    before = np.abs(charts.average[key])
    average = (1 - params.weight) * charts.average[key] + params.weight * counted
    size, half = np.abs(average), params.limit / 2
    charts.average[key] = average
    left = (size > half) & (before <= half)
    charts.since[key[left]] = points.moment[turn[left]]
    charts.quiet[key] = np.where(size <= half, charts.quiet[key] + 1, 0)
    was = charts.alarmed[key]
    learned = np.minimum(charts.seen[key], params.refine)
    began = ~was & (size > params.limit * (1 + CAUTION / np.sqrt(learned)))
    ended = was & (charts.quiet[key] >= params.quiet)
    charts.alarmed[key] = (was | began) & ~ended
    judged.standard[turn], judged.alarmed[turn] = standard, charts.alarmed[key]
    judged.began[turn], judged.ended[turn] = began, ended
    judged.since[turn] = charts.since[key]
    judged.centre[turn], judged.spread[turn] = charts.centre[key], charts.spread[key]
    judged.level[turn] = charts.centre[key] + average * charts.spread[key]
    _refine(charts, key, standard, params)


def _refine(charts: Charts, key: Whole, standard: Values, params: StreamParams) -> None:
    learning = (charts.seen[key] <= params.refine) & (
        np.abs(charts.average[key]) <= params.limit / 2
    )
    key, held = key[learning], np.clip(standard[learning], -WINSOR, WINSOR)
    seen, spread = charts.seen[key], charts.spread[key]
    charts.centre[key] += held * spread / seen
    least = FINEST * np.abs(charts.centre[key])
    charts.spread[key] = np.maximum(spread * np.sqrt(1 + (held**2 - 1) / seen), least)
