"""Turn the confirmed signals of a day into alerts, and keep what the charts show of older ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.data.store.alerts import keep_alerts, read_alerts
from salus.data.store.live_tables import ALERT
from salus.domain.alert import Happening, Origin, Status
from salus.monitor.improvement import Found, confirmed, raised, shown
from salus.monitor.signals import together
from salus.service.guarded import guarded
from salus.service.live.changing import event
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from salus.domain.alert import Alert
    from salus.monitor.signals import QualitySignal
    from salus.service.context import Context
    from salus.service.watched import Watched

    Series = tuple[str, str]
    """What departs, as :attr:`salus.monitor.signals.QualitySignal.series` has it, and the place."""


@dataclass(frozen=True, slots=True, eq=False)
class SignalsOfDay:
    """What the charts of a region show on a day.

    Parameters
    ----------
    region : str
        Name of the region.
    watched : Watched
        What was found.
    districts : mapping of str to str
        District of each place, where known.
    names : mapping of str to str
        Name of each place, where known.
    """

    region: str
    watched: Watched
    districts: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    def found_at(self, signal: QualitySignal) -> Found:
        """Say where a signal was found."""
        place = signal.place_id
        return Found(self.region, self.districts.get(place), self.names.get(place))


@dataclass(frozen=True, slots=True)
class Raised:
    """What became of the signals.

    Parameters
    ----------
    opened : tuple of str
        Keys of the alerts that were opened.
    shown : int
        Alerts that were there, and know now what the newest charts show.
    """

    opened: tuple[str, ...]
    shown: int


@guarded(Permission.RAISE_SIGNALS, Kind.ALERT, attrgetter("region"))
def raise_signals(context: Context, day: SignalsOfDay) -> Raised:
    """Open an alert for each series with a confirmed signal that has none, and update the others.

    A signal is confirmed when it lasts or has settled; an improvement asks for no alert. There is
    one alert for each indicator and place, and one for all indicators of a place together, until a
    person closes it; after that only a signal that began later opens another. A new level stays
    what it is when something short follows it. A second run of the same day changes nothing.

    Parameters
    ----------
    context : Context
        What is in use.
    day : SignalsOfDay
        What the charts of a region show.

    Returns
    -------
    Raised

    Raises
    ------
    ForbiddenError
        If the policy does not permit it.
    """
    charts = _by_series((*day.watched.signals, *day.watched.earlier))
    as_of = day.watched.as_of
    row = event(context.principal, context.clock.now(), Happening.OPENED)
    mine = (ALERT.c.origin == Origin.SIGNAL.value) & (ALERT.c.source == day.region)
    with context.store.writing() as connection:
        known: dict[Series, list[Alert]] = {}
        for alert in read_alerts(connection, mine):
            known.setdefault(_series(alert), []).append(alert)
        alive = [each for of in known.values() for each in of if each.status is not Status.CLOSED]
        seen = [
            shown(each, _about(each, charts.get(_series(each), [])), _last_day(day, each))
            for each in alive
        ]
        fresh = [
            raised(signal, day.found_at(signal), as_of, row)
            for series, signals in charts.items()
            if (signal := _standing(signals)) is not None
            and confirmed(signal)
            and not _told(known.get(series, []), signal)
        ]
        keep_alerts(connection, [*seen, *fresh])
    return Raised(tuple(alert.id for alert in fresh), len(seen))


def _by_series(signals: Iterable[QualitySignal]) -> dict[Series, list[QualitySignal]]:
    found: dict[Series, list[QualitySignal]] = {}
    for signal in sorted(signals, key=lambda each: each.until):
        found.setdefault((signal.series, signal.place_id), []).append(signal)
    return found


def _standing(signals: Iterable[QualitySignal]) -> QualitySignal | None:
    """Return the newest signal that lasts or has settled: one that came and went hides neither."""
    return next((each for each in reversed([*signals]) if each.lasting or each.settled), None)


def _about(alert: Alert, signals: Iterable[QualitySignal]) -> QualitySignal | None:
    """Return the signal that says how the series of an alert stands, of those since it began."""
    since = [each for each in signals if each.until >= alert.since.date()]
    return _standing(since) or next(reversed(since), None)


def _series(alert: Alert) -> Series:
    return alert.series.quantity, alert.series.place_id or ""


def _told(alerts: Iterable[Alert], signal: QualitySignal) -> bool:
    """Tell whether people have heard of a signal: its alert lives, or was closed since it began."""
    for alert in alerts:
        end = alert.last(Happening.CLOSED)
        if alert.status is not Status.CLOSED or end is None:
            return True
        known = alert.evidence.as_of if alert.evidence else end.at.date()
        if signal.since <= known:
            return True
    return False


def _last_day(day: SignalsOfDay, alert: Alert) -> date:
    """Return the last day that the chart of a series knows: quiet is what was seen, not a gap."""
    ends = [
        each.summary.day
        for each in day.watched.lines
        if alert.series.quantity in {each.indicator.id, together(each.indicator.period_days)}
    ]
    return min(day.watched.as_of, max(ends, default=day.watched.as_of))
