"""What a page shows of alerts, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import Message, say
from salus.domain.alert import Happening, Severity, Status
from salus.report.words import capital
from salus.web.moments import moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from salus.domain.alert import Action, Alert
    from salus.report.words import Words

LOOKS: dict[Severity, tuple[str, str, Message]] = {
    Severity.LOW: ("low", "○", say("low urgency")),
    Severity.MEDIUM: ("concern", "▲", say("medium urgency")),
    Severity.HIGH: ("critical", "⚠", say("high urgency")),
}
"""Colour of the edge, shape and word of each urgency."""

STATUSES: dict[Status, Message] = {
    Status.OPEN: say("open"),
    Status.ACKNOWLEDGED: say("acknowledged"),
    Status.CLOSED: say("closed"),
}


@dataclass(frozen=True, slots=True)
class ActionView:
    """What is done about an alert.

    Parameters
    ----------
    owner, cause, due, effect : str
        Who, why, until when, and what the chart has shown.
    late : str
        That it is overdue; empty otherwise.
    open : bool
        Whether it is still to be closed.
    """

    owner: str
    cause: str
    due: str
    effect: str
    late: str
    open: bool


@dataclass(frozen=True, slots=True)
class AlertView:
    """One alert.

    Parameters
    ----------
    id, look, mark, urgency, status, reason : str
        Key, colour and shape, and what a person reads.
    times : str
        Since when, and who did what when.
    open, acknowledged : bool
        How far it is in its life.
    action : ActionView or None
        What is done about it.
    """

    id: str
    look: str
    mark: str
    urgency: str
    status: str
    reason: str
    times: str
    open: bool
    acknowledged: bool
    action: ActionView | None


@dataclass(frozen=True, slots=True)
class AlertsView:
    """The alerts that are not closed.

    Parameters
    ----------
    title : str
        How many are open.
    alerts : tuple of AlertView
        The newest first.
    source : str
        When this was read.
    fault : str
        What could not be done as asked.
    """

    title: str
    alerts: tuple[AlertView, ...]
    source: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class AlertsFrame:
    """What shows the alerts and nothing else.

    Parameters
    ----------
    alerts : AlertsView
        The alerts.
    """

    alerts: AlertsView


def alerts_view(
    alerts: Sequence[Alert], now: datetime, words: Words, fault: str = ""
) -> AlertsView:
    """Show alerts: open ones first, of them those that last, of them the most urgent.

    Parameters
    ----------
    alerts : sequence of Alert
        The newest departure first.
    now : datetime
        When they were read.
    words : Words
        The reader's language.
    fault : str
        What could not be done as asked.
    """
    waiting = sum(alert.status is Status.OPEN for alert in alerts)
    ordered = sorted(alerts, key=_order)
    return AlertsView(
        _title(waiting, len(alerts) - waiting, words),
        tuple(alert_view(alert, now.date(), words) for alert in ordered),
        words.say("Read at {moment}.", moment=moment(now, words)),
        fault,
    )


def alert_view(alert: Alert, today: date, words: Words) -> AlertView:
    """Show one alert.

    Parameters
    ----------
    alert : Alert
        As the store has it.
    today : date
        By which an action is overdue.
    words : Words
        The reader's language.
    """
    look, mark, urgency = LOOKS[alert.severity]
    status = STATUSES[alert.status]
    if alert.status is Status.OPEN and alert.ended is not None:
        status = say("back in its usual range, not yet closed")
    if alert.status is Status.OPEN and alert.evidence is not None and alert.evidence.settled:
        status = say("a new level since {day}", day=alert.since.date())
    return AlertView(
        alert.id,
        look,
        mark,
        capital(words(urgency)),
        words(status),
        capital(words(alert.reason)),
        " · ".join(_times(alert, words)),
        alert.status is Status.OPEN,
        alert.status is Status.ACKNOWLEDGED,
        None if alert.action is None else _action(alert.action, today, words),
    )


def _order(alert: Alert) -> tuple[bool, bool, int]:
    urgency = list(Severity).index(alert.severity)
    return alert.status is not Status.OPEN, alert.ended is not None, -urgency


def _title(waiting: int, looked_after: int, words: Words) -> str:
    if not looked_after:
        return words.say("Alerts open: {count}", count=waiting)
    return words.say(
        "Alerts open: {count}; looked after: {others}", count=waiting, others=looked_after
    )


def _times(alert: Alert, words: Words) -> list[str]:
    told = [words.say("since {moment}", moment=moment(alert.since, words))]
    taken = alert.last(Happening.ACKNOWLEDGED)
    if taken is not None:
        at = moment(taken.at, words)
        told.append(words.say("{who} looks after it since {moment}", who=taken.who, moment=at))
    return told


def _action(action: Action, today: date, words: Words) -> ActionView:
    waiting = action.closed_at is None
    effect = say("the chart shows none yet") if action.effect is None else action.effect
    return ActionView(
        action.owner,
        action.cause,
        words.date(action.due),
        words(effect),
        words.say("overdue") if waiting and action.due < today else "",
        waiting,
    )
