"""How right the watching was: what was planted, what of it was found, and what alarmed for nothing.

An *event* is one row of the sidecar's table ``planted``. Its points are those of its indicator.

- It is found when a signal of its indicator at its place is first found from its first point to
  the seventh after it.
- A signal of its indicator at its place that is found from its first point to the seventh after its
  last belongs to it: the change, and the return to normal.
- Every other signal of a single indicator is false, also where something else was planted at
  another time.
- A signal of several indicators together belongs to an event of any of them; otherwise it is one
  false signal.

Only indicators on record are counted: nothing is planted in those that are computed from the
tables, and what a season or an outbreak does to them is no mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from salus.data.synthetic.truth import read_truth

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from salus.monitor.signals import QualitySignal
    from salus.service.watched import Watched

SOON = 7
"""Points within which a change must be found."""

OUTBREAK = "outbreak"

EVENT = ["kind", "indicator_id", "place_id", "first", "last"]
"""Columns of the sidecar that describe an event."""


@dataclass(frozen=True, slots=True)
class PlantedEvent:
    """A change that was planted, and whether it was found.

    Parameters
    ----------
    kind : str
        ``anomaly``, ``shift`` or ``outbreak``.
    indicator_id, place_id : str
        In what, and where.
    first, last : date
        Ends of the first and the last period that it touches.
    found : date or None
        End of the period at which it was found; ``None`` where it was not, or not in time.
    """

    kind: str
    indicator_id: str
    place_id: str
    first: date
    last: date
    found: date | None


@dataclass(frozen=True, slots=True)
class WatchRightness:
    """What the watching got right.

    Parameters
    ----------
    events : tuple of PlantedEvent
        All that was planted in what is watched.
    indicator_years : float
        Years of judged periods of the indicators on record, summed over their places.
    false_signals : int
        Signals that belong to no event.
    outbreak_days : int or None
        Days from the first day of the first week of the outbreak until the first district alarmed;
        ``None`` where none did in time, or nothing broke out.
    """

    events: tuple[PlantedEvent, ...]
    indicator_years: float
    false_signals: int
    outbreak_days: int | None

    @property
    def planted(self) -> int:
        """Anomalies and shifts that were planted."""
        return sum(event.kind != OUTBREAK for event in self.events)

    @property
    def found(self) -> int:
        """Anomalies and shifts that were found in time."""
        return sum(event.kind != OUTBREAK and event.found is not None for event in self.events)

    @property
    def anomaly_recall(self) -> float | None:
        """Share of the anomalies and shifts that was found; ``None`` where none was planted."""
        return self.found / self.planted if self.planted else None

    @property
    def false_signals_per_indicator_year(self) -> float | None:
        """False signals over judged years; ``None`` where nothing was judged."""
        return self.false_signals / self.indicator_years if self.indicator_years else None


def watch_rightness(folder: Path, watched: Watched) -> WatchRightness:
    """Hold what was watched against what was planted.

    Parameters
    ----------
    folder : Path
        Of the synthetic city.
    watched : Watched
        What was found in it.

    Returns
    -------
    WatchRightness
        By the definitions at the head of this module. An event is not asked for before it has
        begun, nor counted as missed before its seven points have passed; one of an indicator that
        is not watched counts as not found.

    Raises
    ------
    InputError
        If the sidecar does not have its schema.
    """
    days = {line.indicator.id: line.indicator.period_days for line in watched.lines}
    signals = [
        signal
        for signal in (*watched.signals, *watched.earlier)
        if any(each.indicator.id in watched.recorded for each in signal.contributions)
    ]
    rows = read_truth(folder, "planted").select(EVENT).to_pylist()
    planted = [PlantedEvent(**row, found=None) for row in rows if row["first"] <= watched.as_of]
    asked = (_asked(event, signals, days.get(event.indicator_id, 7)) for event in planted)
    events = tuple(event for event in asked if event.found or _due(event, watched.as_of, days))
    years = sum(line.years for line in watched.lines if line.indicator.id in watched.recorded)
    false = sum(not any(_belongs(signal, event, days) for event in events) for signal in signals)
    return WatchRightness(events, years, false, _outbreak_days(events, days))


def _asked(event: PlantedEvent, signals: list[QualitySignal], days: int) -> PlantedEvent:
    soon = event.first + timedelta(days=SOON * days)
    found = [
        signal.found
        for signal in signals
        if signal.side is not None
        and (signal.indicator.id, signal.place_id) == (event.indicator_id, event.place_id)
        and event.first <= signal.found <= soon
    ]
    return replace(event, found=min(found, default=None))


def _due(event: PlantedEvent, as_of: date, days: dict[str, int]) -> bool:
    return event.first + timedelta(days=SOON * days.get(event.indicator_id, 7)) <= as_of


def _belongs(signal: QualitySignal, event: PlantedEvent, days: dict[str, int]) -> bool:
    rest = timedelta(days=SOON * days.get(event.indicator_id, 7))
    return (
        signal.place_id == event.place_id
        and any(each.indicator.id == event.indicator_id for each in signal.contributions)
        and event.first <= signal.found <= event.last + rest
    )


def _outbreak_days(events: tuple[PlantedEvent, ...], days: dict[str, int]) -> int | None:
    hit = [event for event in events if event.kind == OUTBREAK]
    found = min((event.found for event in hit if event.found is not None), default=None)
    if found is None:
        return None
    week = days.get(hit[0].indicator_id, 7)
    return (found - min(event.first for event in hit)).days + week
