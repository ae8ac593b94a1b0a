"""Alerts: what left its usual range, what became of it, and the action it led to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named

if TYPE_CHECKING:
    from datetime import date, datetime

    from salus.core.messages import Message


class Origin(StrEnum):
    """Where an alert comes from."""

    STREAM = "stream"
    """Live readings of a device."""
    SIGNAL = "signal"
    """A confirmed signal of a quality indicator."""


class Status(StrEnum):
    """How far an alert is in its life."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"


class Severity(StrEnum):
    """How urgent an alert is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Happening(StrEnum):
    """What can happen to an alert: the rows of its history."""

    OPENED = "opened"
    JOINED = "joined"
    """Another series of the same source departed as well."""
    ENDED = "ended"
    """The series came back to its usual range; a person still closes the alert."""
    REOPENED = "reopened"
    """It departed again before anybody closed the alert."""
    ACKNOWLEDGED = "acknowledged"
    CLOSED = "closed"
    ACTION_OPENED = "action_opened"
    ACTION_CLOSED = "action_closed"


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What an alert is about.

    Parameters
    ----------
    quantity : str
        LOINC code of a reading, or key of an indicator; of several indicators together, a key of
        their own.
    source : str
        The device; the region for an indicator.
    place_id, district_id : str or None
        Where it is.

    Raises
    ------
    ValueError
        If quantity or source is empty.
    """

    quantity: str
    source: str
    place_id: str | None = None
    district_id: str | None = None

    def __post_init__(self) -> None:
        """Refuse a series without a name."""
        named("quantity", self.quantity)
        named("source", self.source)


@dataclass(frozen=True, slots=True)
class AlertEvent:
    """A row of an alert's history.

    Parameters
    ----------
    at : datetime
        When, with a time zone.
    who : str
        Account that did it.
    what : Happening
        What happened.
    note : str
        What the person said about it; empty when nothing.
    """

    at: datetime
    who: str
    what: Happening
    note: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """What somebody does about an alert.

    Parameters
    ----------
    owner : str
        Who does it.
    cause : str
        What is held to be the cause.
    due : date
        Until when.
    began : date
        When it was agreed on.
    closed_at : datetime or None
        When the chart had shown its effect; ``None`` while it has not.
    effect : Message or None
        What the chart showed then.

    Raises
    ------
    ValueError
        If it has no owner or no cause, is due before it begins, or is closed without an effect.
    """

    owner: str
    cause: str
    due: date
    began: date
    closed_at: datetime | None = None
    effect: Message | None = None

    def __post_init__(self) -> None:
        """Refuse an action nobody could hold to."""
        named("owner", self.owner)
        named("cause", self.cause)
        if self.due < self.began:
            message = f"due must not lie before {self.began}, but is {self.due}"
            raise ValueError(message)
        if (self.closed_at is None) != (self.effect is None):
            message = "an action is closed with the effect that the chart shows, and only so"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the newest chart of a quality signal shows.

    Parameters
    ----------
    as_of : date
        Last day that the chart knows of this series.
    until : date
        Last day of the last period that alarmed.
    lasting : bool
        Whether it still alarms.
    settled : bool
        Whether it lasted so long that the chart took it as the new level.
    period_days : int
        Days of a period.
    """

    as_of: date
    until: date
    lasting: bool
    settled: bool
    period_days: int

    @property
    def quiet(self) -> int:
        """Whole periods since the last that alarmed."""
        return 0 if self.lasting else max((self.as_of - self.until).days // self.period_days, 0)


@dataclass(frozen=True, slots=True)
class Alert:
    """A departure that people are told of.

    Parameters
    ----------
    id : str
        Key, the same for the same departure.
    origin : Origin
        Where it comes from.
    series : SeriesKey
        What it is about.
    severity : Severity
        How urgent it is.
    reason : Message
        What is outside, since when, against which usual range, and what to do.
    since : datetime
        When the departure began, with a time zone.
    ended : datetime or None
        When the series was back; ``None`` while it is not, also when it settled at a new level.
    status : Status
        How far it is in its life.
    history : tuple of AlertEvent
        Who did what and when, the oldest first; it begins with its opening.
    action : Action or None
        What is being done about it.
    evidence : Evidence or None
        What the newest chart shows, of a quality signal.

    Raises
    ------
    ValueError
        If it has no key, or its history does not begin with its opening.
    """

    id: str
    origin: Origin
    series: SeriesKey
    severity: Severity
    reason: Message
    since: datetime
    ended: datetime | None
    status: Status
    history: tuple[AlertEvent, ...]
    action: Action | None = None
    evidence: Evidence | None = None

    def __post_init__(self) -> None:
        """Refuse an alert that nobody opened."""
        named("alert id", self.id)
        if not self.history or self.history[0].what is not Happening.OPENED:
            message = "the history of an alert must begin with its opening"
            raise ValueError(message)

    @property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self.history[0].at

    @property
    def acting(self) -> bool:
        """Whether an action is agreed on and not closed."""
        return self.action is not None and self.action.closed_at is None

    @property
    def settled(self) -> bool:
        """Whether the newest chart shows that the series stayed at a new level."""
        return self.evidence is not None and self.evidence.settled

    @property
    def district_id(self) -> str | None:
        """District it is about, where known."""
        return self.series.district_id

    def last(self, what: Happening) -> AlertEvent | None:
        """Return the newest row of the history of this kind; ``None`` when there is none."""
        return next((each for each in reversed(self.history) if each.what is what), None)
