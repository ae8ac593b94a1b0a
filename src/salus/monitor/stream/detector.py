"""The streaming detector: readings in, departures out, and the state it goes on from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from salus.domain.reading import moment_of
from salus.monitor.stream.charts import WINSOR, Judged, Points, judge
from salus.monitor.stream.departure import TOGETHER, Change, Departure
from salus.monitor.stream.regions import Region, scores
from salus.monitor.stream.state import SeriesName, StreamState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Texts = NDArray[np.object_]
    Whole = NDArray[np.int64]
    Values = NDArray[np.float64]

FEWEST_TOGETHER = 2
"""Quantities that a source must measure to be judged as a whole."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Readings to be scored, in arrays of one length and in any order.

    Parameters
    ----------
    source, quantity, unit, place_id, district_id : ndarray of object
        Texts; ``None`` where a place is not known.
    sequence, moment : ndarray of int
        Number of the device; milliseconds since 1970.
    value : ndarray of float
        Finite, in the unit.
    """

    source: Texts
    quantity: Texts
    unit: Texts
    place_id: Texts
    district_id: Texts
    sequence: Whole
    moment: Whole
    value: Values

    def __len__(self) -> int:
        """Count the readings."""
        return len(self.source)


@dataclass(frozen=True, slots=True)
class Found:
    """What a step of the detector found.

    Parameters
    ----------
    departures : tuple of Departure
        In the order of their moments.
    scored, late : int
        Readings that were judged or learned from, and those that were passed over because their
        series had moved on.
    """

    departures: tuple[Departure, ...]
    scored: int
    late: int


def advance(state: StreamState, arrivals: Arrivals) -> Found:
    """Lead readings through the detector; the state is changed in place.

    Each series (a quantity of a source) is judged by its own chart
    (:func:`~salus.monitor.stream.charts.judge`). What a source measures at one moment is a row; an
    isolation forest learns the normal region of the source from rows in control, and how unusual
    later rows are is a series with a chart of its own. What is found depends only on the readings
    of each source and their order in time, not on how they are cut into steps.

    Parameters
    ----------
    state : StreamState
        What is known so far.
    arrivals : Arrivals
        Readings; within a series those older than what it has seen are passed over.

    Returns
    -------
    Found

    Examples
    --------
    >>> n = 60
    >>> text = lambda word: np.full(n, word, dtype=object)
    >>> value = 70 + np.sin(np.arange(n)) + 12 * (np.arange(n) >= 50)
    >>> found = advance(
    ...     StreamState(),
    ...     Arrivals(
    ...         text("m-1"),
    ...         text("8867-4"),
    ...         text("/min"),
    ...         text("H001"),
    ...         text(None),
    ...         np.arange(n),
    ...         1000 * np.arange(n),
    ...         value,
    ...     ),
    ... )
    >>> [(each.change.value, round(each.level)) for each in found.departures]
    [('began', 73), ('lasts', 75)]
    """
    order = np.lexsort((arrivals.sequence, arrivals.source.astype(str), arrivals.moment))
    series = _series(state, arrivals)
    points = Points(
        series[order], arrivals.moment[order], arrivals.sequence[order], arrivals.value[order]
    )
    judged = judge(state.charts, points, state.params)
    changes = [
        *_changes(points, judged),
        *_together(state, points, judged),
        *_lasting(points, judged),
    ]
    late = int(judged.late.sum())
    return Found(tuple(_departures(state, changes)), len(arrivals) - late, late)


@dataclass(frozen=True, slots=True)
class _Change:
    """A series that went outside or came back."""

    moment: int
    series: int
    began: bool
    since: int
    level: float
    centre: float
    spread: float
    size: float
    value: float
    lasts: bool = False


def _series(state: StreamState, arrivals: Arrivals) -> Whole:
    """Give each reading the place of its series; new ones get charts."""
    known = {(name.source, name.quantity): k for k, name in enumerate(state.names)}
    places = np.empty(len(arrivals), np.int64)
    for row, key in enumerate(zip(arrivals.source, arrivals.quantity, strict=True)):
        place = known.get(key)
        if place is None:
            place = known[key] = len(state.names)
            where = arrivals.place_id[row], arrivals.district_id[row]
            state.names.append(SeriesName(*key, arrivals.unit[row], *where))
        places[row] = place
    _grow_charts(state)
    return places


def _grow_charts(state: StreamState) -> None:
    more = len(state.names) - len(state.charts.seen)
    if more:
        state.charts = state.charts.with_more(more, state.params)


def _changes(points: Points, judged: Judged) -> list[_Change]:
    return [
        _change(points, judged, int(row)) for row in np.flatnonzero(judged.began | judged.ended)
    ]


def _change(points: Points, judged: Judged, row: int) -> _Change:
    return _Change(
        int(points.moment[row]),
        int(points.series[row]),
        bool(judged.began[row]),
        int(judged.since[row]),
        float(judged.level[row]),
        float(judged.centre[row]),
        float(judged.spread[row]),
        float(judged.standard[row]),
        float(points.value[row]),
    )


def _lasting(points: Points, judged: Judged) -> list[_Change]:
    """Tell the last reading of each departure outside, with how far the farthest one was.

    The last one *outside*: it does not depend on where a step ends.
    """
    turns: dict[int, int] = {}
    told: dict[tuple[int, int], tuple[int, float]] = {}
    for row in np.flatnonzero(judged.alarmed).tolist():
        series = int(points.series[row])
        turns[series] = turns.get(series, 0) + int(judged.began[row])
        key = series, turns[series]
        farthest = max(abs(float(judged.standard[row])), told.get(key, (0, 0.0))[1])
        told[key] = row, farthest
    return [
        replace(_change(points, judged, row), size=size, lasts=True) for row, size in told.values()
    ]


def _together(state: StreamState, points: Points, judged: Judged) -> list[_Change]:
    """Judge the rows of each source by its forest, and its scores by their chart."""
    of_rows, rows, at = [], [], []
    for source, when, columns, row, calm in _rows(state, points, judged):
        region = state.regions.setdefault(source, Region(columns, []))
        if region.quantities != columns:
            continue
        if region.trees is None:
            if calm:
                region.learn(row, source, state.params)
            continue
        of_rows.append(region)
        rows.append(row)
        at.append((source, when))
    if not rows:
        return []
    mine = _score_series(state, [source for source, _ in at])
    moments = np.array([each for _, each in at], dtype=np.int64)
    of_scores = Points(mine, moments, np.zeros_like(moments), scores(of_rows, rows))
    told = judge(state.charts, of_scores, state.params.together, high_only=True)
    return _changes(of_scores, told)


def _rows(
    state: StreamState, points: Points, judged: Judged
) -> Iterator[tuple[str, int, tuple[str, ...], Values, bool]]:
    """Gather what each source measured at one moment, in the order of the moments."""
    rows: dict[tuple[int, str], dict[str, int]] = {}
    known = np.isfinite(judged.standard)
    for row in np.flatnonzero(known):
        name = state.names[points.series[row]]
        rows.setdefault((int(points.moment[row]), name.source), {})[name.quantity] = int(row)
    for (when, source), cells in sorted(rows.items()):
        if len(cells) < FEWEST_TOGETHER:
            continue
        columns = tuple(sorted(cells))
        picked = [cells[column] for column in columns]
        calm = not judged.alarmed[picked].any()
        inside = bool((np.abs(judged.standard[picked]) <= 2 * WINSOR).all())
        yield source, when, columns, judged.standard[picked], calm and inside


def _score_series(state: StreamState, sources: list[str]) -> Whole:
    known = {(name.source, name.quantity): k for k, name in enumerate(state.names)}
    for source in dict.fromkeys(sources):
        if (source, TOGETHER) not in known:
            first = next(name for name in state.names if name.source == source)
            known[source, TOGETHER] = len(state.names)
            where = first.place_id, first.district_id
            state.names.append(SeriesName(source, TOGETHER, "1", *where))
    _grow_charts(state)
    return np.array([known[source, TOGETHER] for source in sources], dtype=np.int64)


def _departures(state: StreamState, changes: list[_Change]) -> Iterator[Departure]:
    """Tell of each source: the first series that departs, what joins, the last that ends."""
    sources = {state.names[each.series].source for each in changes}
    outside: dict[str, set[int]] = {source: set() for source in sources}
    for k, name in enumerate(state.names):
        if name.source in sources and state.charts.alarmed[k]:
            outside[name.source].add(k)
    # The charts know how it stands now: walking back tells how it stood before the first change.
    turned = [each for each in changes if not each.lasts]
    for change in sorted(turned, key=_when(state), reverse=True):
        mine = outside[state.names[change.series].source]
        mine.discard(change.series) if change.began else mine.add(change.series)
    for change in sorted(changes, key=_when(state)):
        if change.lasts:
            yield _departure(state, change, Change.LASTS)
            continue
        mine = outside[state.names[change.series].source]
        before = len(mine)
        mine.add(change.series) if change.began else mine.discard(change.series)
        if change.began:
            yield _departure(state, change, Change.JOINED if before else Change.BEGAN)
        elif not mine:
            yield _departure(state, change, Change.ENDED)


def _when(state: StreamState) -> Callable[[_Change], tuple[int, str, bool, str]]:
    def key(change: _Change) -> tuple[int, str, bool, str]:
        name = state.names[change.series]
        return change.moment, name.source, name.quantity == TOGETHER, name.quantity

    return key


def _departure(state: StreamState, change: _Change, what: Change) -> Departure:
    name = state.names[change.series]
    params = state.params.together if name.quantity == TOGETHER else state.params
    reach = params.limit * change.spread
    return Departure(
        what,
        name.source,
        name.quantity,
        name.unit,
        name.place_id,
        name.district_id,
        moment_of(change.since),
        moment_of(change.moment),
        change.level,
        change.centre - reach,
        change.centre + reach,
        change.size,
        change.value,
    )
