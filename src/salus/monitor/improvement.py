"""From a confirmed signal to an action, and until the chart shows its effect."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, NoReturn

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.domain.alert import (
    Action,
    Alert,
    AlertEvent,
    Evidence,
    Origin,
    SeriesKey,
    Severity,
    Status,
)
from salus.monitor.alerts import alert_key

if TYPE_CHECKING:
    from datetime import date

    from salus.monitor.signals import QualitySignal

NEEDED_PERIODS = 4
"""Quiet periods after an action began that show its effect: our own choice."""
STRONG = 5.0
"""Sigma from which a signal is urgent."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a signal was found.

    Parameters
    ----------
    region : str
        Where its indicator was watched.
    district_id : str or None
        District of the place, where known.
    name : str or None
        Name of the place, where known.
    """

    region: str
    district_id: str | None = None
    name: str | None = None

    def place(self, key: str) -> Message | str:
        """Call the place by its name and key, or by the key alone."""
        return say("{name} ({key})", name=self.name, key=key) if self.name else key


def confirmed(signal: QualitySignal) -> bool:
    """Tell whether a signal asks for an alert: it lasts or has settled, and is no improvement."""
    return (signal.lasting or signal.settled) and signal.good is not True


def raised(signal: QualitySignal, found: Found, as_of: date, event: AlertEvent) -> Alert:
    """Make the alert of a confirmed signal.

    Parameters
    ----------
    signal : QualitySignal
        What was found.
    found : Found
        Where.
    as_of : date
        Last day of the chart.
    event : AlertEvent
        Its opening.

    Returns
    -------
    Alert
    """
    series = SeriesKey(signal.series, found.region, signal.place_id, found.district_id)
    evidence = evidence_of(signal, as_of)
    return Alert(
        alert_key(found.region, signal.series, signal.place_id, signal.since.isoformat()),
        Origin.SIGNAL,
        series,
        Severity.HIGH if signal.size >= STRONG else Severity.MEDIUM,
        say(
            "{region}: {what}; {action}",
            region=found.region,
            what=signal.told(found.place(signal.place_id)),
            action=signal.action,
        ),
        _midnight(signal.since),
        _ended(evidence),
        Status.OPEN,
        (event,),
        evidence=evidence,
    )


def evidence_of(signal: QualitySignal, as_of: date) -> Evidence:
    """Keep what the chart shows about a signal.

    Parameters
    ----------
    signal : QualitySignal
        As the newest chart has it.
    as_of : date
        Last day of the chart.
    """
    days = signal.indicator.period_days
    return Evidence(as_of, signal.until, signal.lasting, signal.settled, days)


def shown(alert: Alert, signal: QualitySignal | None, as_of: date) -> Alert:
    """Keep what a newer chart shows; an older one changes nothing.

    Parameters
    ----------
    alert : Alert
        Of a signal, not closed.
    signal : QualitySignal or None
        The newest signal of the series; ``None`` where the chart has none any more.
    as_of : date
        Last day of the chart.

    Returns
    -------
    Alert
    """
    if alert.evidence is None or as_of < alert.evidence.as_of:
        return alert
    if signal is None:
        seen = replace(alert.evidence, as_of=as_of, lasting=False)
    else:
        seen = evidence_of(signal, as_of)
    return replace(alert, evidence=seen, ended=_ended(seen))


def acted(alert: Alert, action: Action, event: AlertEvent) -> Alert:
    """Open the action of an acknowledged alert.

    Parameters
    ----------
    alert : Alert
        Of a quality signal, acknowledged, without an open action; or with one that did not work,
        as the series settled at its new level: the other action takes its place.
    action : Action
        Owner, cause and due date.
    event : AlertEvent
        Who agreed on it, and when.

    Returns
    -------
    Alert

    Raises
    ------
    InputError
        If the alert is of another kind, not acknowledged, or has an open action.
    """
    if alert.origin is not Origin.SIGNAL:
        _refuse(alert, say("an action belongs to the alert of an indicator"), say("choose another"))
    if alert.status is not Status.ACKNOWLEDGED:
        _refuse(alert, say("the alert is not acknowledged"), say("acknowledge it first"))
    if alert.acting and not alert.settled:
        _refuse(alert, say("the alert has an open action"), say("close that one first"))
    return replace(alert, action=action, history=(*alert.history, event))


def effective(alert: Alert, event: AlertEvent) -> Alert:
    """Close the action of an alert, if the newest chart shows its effect.

    The series must be back inside its usual range, with enough quiet periods since the action
    began. A series that stayed where it went, so that the chart took it as its new level, is not
    back.

    Parameters
    ----------
    alert : Alert
        With an open action.
    event : AlertEvent
        Who closes it, and when.

    Returns
    -------
    Alert

    Raises
    ------
    InputError
        If there is no open action, or the chart does not show its effect; with the reason.
    """
    action, seen = alert.action, alert.evidence
    if action is None or seen is None or action.closed_at is not None:
        _refuse(alert, say("the alert has no open action"), say("open an action first"))
    wait = say("watch again when newer figures are on record")
    if seen.lasting:
        _refuse(alert, say("the chart shows no effect: the signal is still open"), wait)
    if seen.settled:
        remedy = say("agree on another action, or accept the level and close the alert with a note")
        _refuse(alert, say("the chart shows no effect: the series stayed at its new level"), remedy)
    quiet = quiet_since(action, seen)
    if quiet < NEEDED_PERIODS:
        what = say(
            "the chart shows {quiet} quiet periods since the action began, where {needed} are "
            "needed",
            quiet=quiet,
            needed=NEEDED_PERIODS,
        )
        _refuse(alert, what, wait)
    effect = say(
        "back inside the usual range for {quiet} periods, until {day}", quiet=quiet, day=seen.as_of
    )
    done = replace(action, closed_at=event.at, effect=effect)
    return replace(alert, action=done, history=(*alert.history, event))


def quiet_since(action: Action, seen: Evidence) -> int:
    """Count the whole quiet periods since an action began.

    Parameters
    ----------
    action : Action
        With the day it began.
    seen : Evidence
        What the newest chart shows.

    Examples
    --------
    >>> from datetime import date
    >>> seen = Evidence(date(2026, 6, 28), date(2026, 5, 3), False, False, 7)
    >>> quiet_since(Action("ward 3", "new pump", date(2026, 7, 1), date(2026, 6, 1)), seen)
    3
    """
    since = (seen.as_of - action.began).days // seen.period_days
    return min(seen.quiet, max(since, 0))


def _ended(seen: Evidence) -> datetime | None:
    """Tell since when a series is back: never, while it lasts or stays at a new level."""
    return None if seen.lasting or seen.settled else _midnight(seen.until)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _refuse(alert: Alert, what: Message, remedy: Message) -> NoReturn:
    raise InputError(Fault(what, Where(say("alert {id}", id=alert.id)), remedy))
