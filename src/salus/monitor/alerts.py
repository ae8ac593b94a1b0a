"""The life of an alert: opened by a departure, told of what follows, handled by people.

One departure is one alert. While nobody has closed it, what the same source does goes into its
history: another series that departs joins, a return to normal is noted, and a departure that begins
again reopens it. Once a person has closed it, the next departure opens a new one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from salus.core.canonical import canonical, digest
from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.domain.alert import (
    Alert,
    AlertEvent,
    Happening,
    Origin,
    SeriesKey,
    Severity,
    Status,
)
from salus.domain.known_quantities import quantity_name
from salus.monitor.stream.departure import TOGETHER, Change, Departure

if TYPE_CHECKING:
    from datetime import datetime

DETECTOR = "detector"
"""Who opens alerts of the stream."""
KEY_DIGITS = 16
FAR = 8.0
"""Standard deviations of a reading from which a departure is urgent."""


def alert_key(*parts: str) -> str:
    """Make the key of an alert from what it is about: the same departure has the same key.

    Examples
    --------
    >>> len(alert_key("m-1", "8867-4", "2026-06-27"))
    16
    """
    return digest(canonical(list(parts)))[:KEY_DIGITS]


def followed(alert: Alert | None, departure: Departure, now: datetime) -> Alert | None:
    """Tell the alert of a source what the detector found.

    Parameters
    ----------
    alert : Alert or None
        The newest alert of the source that nobody has closed.
    departure : Departure
        What was found.
    now : datetime
        When it is noted.

    Returns
    -------
    Alert or None
        A new alert, the old one with one more row in its history, or ``None`` where there is
        nothing to tell: the end of a departure whose alert was closed.
    """
    if alert is None:
        begins = departure.change in {Change.BEGAN, Change.JOINED}
        return opened(departure, now) if begins else None
    if departure.change is Change.LASTS:
        return _refreshed(alert, departure)
    if departure.change is Change.ENDED:
        return replace(_noted(alert, now, Happening.ENDED), ended=departure.at)
    what = Happening.JOINED if departure.change is Change.JOINED else Happening.REOPENED
    name = "" if departure.quantity == alert.series.quantity else departure.quantity
    severity = max(alert.severity, _severity(departure), key=list(Severity).index)
    status = alert.status if what is Happening.JOINED else Status.OPEN
    noted = _noted(alert, now, what, note=name)
    return replace(noted, ended=None, severity=severity, status=status)


def _refreshed(alert: Alert, departure: Departure) -> Alert:
    """Say the newest reading, and how urgent it has become; its history stays as it is."""
    severity = max(alert.severity, _severity(departure), key=list(Severity).index)
    mine = departure.quantity == alert.series.quantity
    return replace(alert, severity=severity, reason=reason_of(departure) if mine else alert.reason)


def opened(departure: Departure, now: datetime) -> Alert:
    """Open the alert of a departure.

    Parameters
    ----------
    departure : Departure
        What was found.
    now : datetime
        When.

    Returns
    -------
    Alert
    """
    place = departure.place_id, departure.district_id
    series = SeriesKey(departure.quantity, departure.source, *place)
    key = alert_key(departure.source, departure.quantity, departure.since.isoformat())
    opening = AlertEvent(now, DETECTOR, Happening.OPENED)
    return Alert(
        key,
        Origin.STREAM,
        series,
        _severity(departure),
        reason_of(departure),
        departure.since,
        None,
        Status.OPEN,
        (opening,),
    )


def reason_of(departure: Departure) -> Message:
    """Say what is outside, since when, against which usual range, and what to do."""
    place = say(" at {place}", place=departure.place_id) if departure.place_id else ""
    if departure.quantity == TOGETHER:
        return say(
            "what {source}{place} measures together is unusual since {since}, though no value by "
            "itself need be; look at the patient and at the device",
            source=departure.source,
            place=place,
            since=departure.since,
        )
    return say(
        "{quantity} of {source}{place}: last reading {value:,.4g} {unit} at {at}, {side} its usual "
        "range since {since}; {level:,.4g} on average where {low:,.4g} to {high:,.4g} is usual; "
        "look at the patient, then at the device",
        quantity=quantity_name(departure.quantity),
        source=departure.source,
        place=place,
        side=say("above") if departure.above else say("below"),
        since=departure.since,
        value=departure.value,
        at=departure.at,
        level=departure.level,
        unit=departure.unit,
        low=departure.low,
        high=departure.high,
    )


def acknowledged(alert: Alert, event: AlertEvent) -> Alert:
    """Note that somebody has seen the alert and looks after it.

    Parameters
    ----------
    alert : Alert
        An open one.
    event : AlertEvent
        Who, when, and what was said.

    Returns
    -------
    Alert

    Raises
    ------
    InputError
        If it is acknowledged or closed already.
    """
    if alert.status is not Status.OPEN:
        remedy = say("load the page again to see how it stands")
        raise InputError(_fault(alert, say("the alert is not open any more"), remedy))
    return replace(alert, status=Status.ACKNOWLEDGED, history=(*alert.history, event))


def closed(alert: Alert, event: AlertEvent) -> Alert:
    """Note that somebody has closed the alert.

    Parameters
    ----------
    alert : Alert
        One that is not closed.
    event : AlertEvent
        Who, when, and what was said; that must be something while the departure lasts or has
        settled at a new level, unless an action was closed by its effect.

    Returns
    -------
    Alert

    Raises
    ------
    InputError
        If it is closed already, its action is not though the series may still come back, or nothing
        was said where something must be.
    """
    if alert.status is Status.CLOSED:
        remedy = say("load the page again to see how it stands")
        raise InputError(_fault(alert, say("the alert is closed already"), remedy))
    if alert.acting and not alert.settled:
        remedy = say("close the action first; the chart must have shown its effect")
        raise InputError(_fault(alert, say("the action of the alert is not closed"), remedy))
    unsaid = not event.note.strip() and (alert.action is None or alert.acting)
    if alert.ended is None and unsaid:
        remedy = say("say in the note why it can be closed all the same")
        raise InputError(_fault(alert, say("the departure still lasts"), remedy))
    return replace(alert, status=Status.CLOSED, history=(*alert.history, event))


def _noted(alert: Alert, now: datetime, what: Happening, note: str = "") -> Alert:
    return replace(alert, history=(*alert.history, AlertEvent(now, DETECTOR, what, note)))


def _severity(departure: Departure) -> Severity:
    if departure.quantity == TOGETHER:
        return Severity.LOW
    return Severity.HIGH if abs(departure.size) >= FAR else Severity.MEDIUM


def _fault(alert: Alert, what: Message, remedy: Message) -> Fault:
    return Fault(what, Where(say("alert {id}", id=alert.id)), remedy)
