"""What people ask about alerts, and what they do with them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from salus.core.checks import named, within
from salus.core.errors import Fault, NotFoundError, Where
from salus.core.messages import say
from salus.domain.alert import Status

if TYPE_CHECKING:
    from datetime import date

    from salus.domain.alert import Alert
    from salus.trust.permission import Principal

LONGEST_NOTE = 1_000


class Step(StrEnum):
    """What a person does with an alert."""

    ACKNOWLEDGE = "acknowledge"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class AlertQuery:
    """Which alerts are asked for.

    Parameters
    ----------
    statuses : frozenset of Status
        How far they are in their life.
    limit : int
        At most how many, 1 to 10,000.

    Raises
    ------
    ValueError
        If the limit is out of range.
    """

    statuses: frozenset[Status] = frozenset({Status.OPEN, Status.ACKNOWLEDGED})
    limit: int = 200

    def __post_init__(self) -> None:
        """Refuse an impossible query."""
        within("limit", self.limit, 1, 10_000, "alerts")

    @property
    def key(self) -> str:
        """How the audit calls it."""
        return "+".join(sorted(self.statuses)) or "none"


@dataclass(frozen=True, slots=True)
class Handling:
    """What a person does with an alert.

    Parameters
    ----------
    alert : str
        Its key.
    step : Step
        What is done.
    note : str
        What the person says about it, at most 1,000 signs.

    Raises
    ------
    ValueError
        If the key is empty, or the note too long.
    """

    alert: str
    step: Step
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be done."""
        named("alert", self.alert)
        within("note", len(self.note), 0, LONGEST_NOTE, "signs")


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """An action that is agreed on.

    Parameters
    ----------
    alert : str
        Key of the alert it is about.
    owner, cause : str
        Who does it, and what is held to be the cause.
    due : date
        Until when.
    """

    alert: str
    owner: str
    cause: str
    due: date


def mine(alert: Alert | None, key: str, principal: Principal) -> Alert:
    """Return an alert of the districts that a principal may see into.

    Parameters
    ----------
    alert : Alert or None
        What was found.
    key : str
        What was asked for.
    principal : Principal
        Who asks; one that has districts sees no alert outside them, and none without a district.

    Returns
    -------
    Alert

    Raises
    ------
    NotFoundError
        If there is none, or none for this principal: which of both is not told.
    """
    everywhere = principal.districts is None
    if alert is None or not (everywhere or alert.district_id in (principal.districts or ())):
        remedy = say("choose one of the list of alerts")
        raise NotFoundError(Fault(say("there is no such alert"), Where(say("alert")), remedy, key))
    return alert
