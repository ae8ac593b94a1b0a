"""What watching the quality of care has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salus.core.messages import Message
    from salus.domain.indicator import Indicator
    from salus.monitor.charts.control_chart import ControlChart
    from salus.monitor.charts.suited import Kind
    from salus.monitor.charts.summary import Summary
    from salus.monitor.signals import QualitySignal


@dataclass(frozen=True, slots=True, eq=False)
class ShownChart:
    """A control chart worth looking at, and the signal that makes it so.

    Parameters
    ----------
    signal : QualitySignal
        With the place.
    kind : Kind
        Which chart it is.
    chart : ControlChart
        Its limits leave out the points of signals, and begin anew where a new level settled.
    target : float or None
        What is aimed for, in the unit of the indicator.
    """

    signal: QualitySignal
    kind: Kind
    chart: ControlChart
    target: float | None


@dataclass(frozen=True, slots=True, eq=False)
class IndicatorLine:
    """One indicator over all its places.

    Parameters
    ----------
    indicator : Indicator
        Which one.
    kind : Kind
        The chart of all places together.
    summary : Summary
        Latest value of all places together, limits and icons.
    places : int
        Places at which it is watched.
    signals : int
        Signals of it that are open now.
    years : float
        Years of judged periods, summed over the places.
    """

    indicator: Indicator
    kind: Kind
    summary: Summary
    places: int
    signals: int
    years: float


@dataclass(frozen=True, slots=True, eq=False)
class Watched:
    """What watching the quality of care has found.

    Parameters
    ----------
    as_of : date
        Nothing later was used.
    signals : tuple of QualitySignal
        Those open now, concerns and the largest first; then those of the past year: new levels
        before the rest, the latest first.
    earlier : tuple of QualitySignal
        Those that were found longer ago and are over, the latest first.
    charts : tuple of ShownChart
        Of the most important signals, one for each series.
    lines : tuple of IndicatorLine
        One for each indicator that is watched, those on record first.
    recorded : frozenset of str
        Keys of the indicators that are on record; the others were counted by us.
    notes : tuple of Message
        What is not watched, and what was mended or left out.
    """

    as_of: date
    signals: tuple[QualitySignal, ...]
    earlier: tuple[QualitySignal, ...]
    charts: tuple[ShownChart, ...]
    lines: tuple[IndicatorLine, ...]
    recorded: frozenset[str]
    notes: tuple[Message, ...]

    @property
    def open(self) -> tuple[QualitySignal, ...]:
        """The signals that are open now."""
        return tuple(signal for signal in self.signals if signal.lasting)
