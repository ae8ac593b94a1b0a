"""Signals for people: what left its normal range, where, since when, why, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within
from salus.core.messages import Message, say
from salus.domain.indicator import Direction, Indicator
from salus.monitor.charts.rules import Side
from salus.monitor.detectors.follow import FollowParams

if TYPE_CHECKING:
    from datetime import date


def together(period_days: int) -> str:
    """Make the key of all indicators of one rhythm together.

    Examples
    --------
    >>> together(7)
    'together-7'
    """
    return f"together-{period_days}"


@dataclass(frozen=True, slots=True)
class Contribution:
    """How much one indicator has to do with a signal.

    Parameters
    ----------
    indicator : Indicator
        Which one.
    share : float
        Of all contributions to the signal, 0 to 1.

    Raises
    ------
    ValueError
        If the share is out of range.
    """

    indicator: Indicator
    share: float

    def __post_init__(self) -> None:
        """Refuse an impossible share."""
        within("share", self.share, 0, 1 + 1e-9)


@dataclass(frozen=True, slots=True)
class QualitySignal:
    """A departure from what is usual, of one indicator or of several together at one place.

    Parameters
    ----------
    place_id : str
        Where.
    since : date
        Last day of the period in which the change most likely began.
    found : date
        Last day of the period at which it could first be known.
    until : date
        Last day of the last period that alarmed.
    detector : str
        Key of the method that found it.
    contributions : tuple of Contribution
        The indicators it rests on, the largest share first; at least one.
    side : Side or None
        Above or below what was expected; ``None`` where several indicators depart together.
    size : float
        Mean departure since it began: in sigma for one indicator, as the score over its limit for
        several; at least 0.
    observed, expected : float or None
        Means since it began, in the unit of the indicator; ``None`` for several.
    lasting : bool
        Whether it still alarmed in the latest period.

    Raises
    ------
    ValueError
        If the dates are out of order, a number is out of range or nothing contributes.
    """

    place_id: str
    since: date
    found: date
    until: date
    detector: str
    contributions: tuple[Contribution, ...]
    side: Side | None
    size: float
    observed: float | None
    expected: float | None
    lasting: bool

    def __post_init__(self) -> None:
        """Refuse a signal that cannot exist."""
        named("place_id", self.place_id)
        within("contributions", len(self.contributions), 1)
        within("size", self.size, 0)
        if not self.since <= self.found <= self.until:
            message = f"since, found, until must ascend, but are {self.since}, {self.found}, "
            raise ValueError(message + f"{self.until}")

    @property
    def indicator(self) -> Indicator:
        """The indicator with the largest share."""
        return self.contributions[0].indicator

    @property
    def series(self) -> str:
        """What departs, as a key: the indicator, or all of one rhythm at a place together.

        Which indicators have a share in a signal of several changes from period to period; so
        that it stays the same signal, its key names none of them.
        """
        if self.side is None:
            return together(self.indicator.period_days)
        return self.indicator.id

    @property
    def settled(self) -> bool:
        """Whether it lasted until what it led to was taken as the new level, and is over as such.

        The process may still be where it went: only a person can say whether that is accepted.
        """
        days = self.indicator.period_days
        periods = (self.until - self.since).days // days + 1
        return not self.lasting and periods >= FollowParams.every(days).settle

    @property
    def good(self) -> bool | None:
        """Whether the departure is an improvement; ``None`` where that cannot be said."""
        direction = self.indicator.direction
        if self.side is None or direction is Direction.NEUTRAL:
            return None
        return (direction is Direction.UP) == (self.side is Side.HIGH)

    def told(self, place: Message | str) -> Message:
        """Say what happened, for people.

        Parameters
        ----------
        place : Message or str
            What people call the place.
        """
        if self.side is None or self.observed is None or self.expected is None:
            return say(
                "at {place}, {indicators} together depart from what is usual since {since}",
                indicators=tuple(each.indicator.name for each in self.contributions),
                place=place,
                since=self.since,
            )
        return say(
            "at {place}, since {since}: {indicator} {side} what is usual, {observed:,.4g} {unit} "
            "where {expected:,.4g} was expected ({size:.1f} sigma)",
            indicator=self.indicator.name,
            place=place,
            side=say("above") if self.side is Side.HIGH else say("below"),
            since=self.since,
            observed=self.observed,
            unit=self.indicator.unit,
            expected=self.expected,
            size=self.size,
        )

    @property
    def action(self) -> Message:
        """What to consider, for people."""
        if self.good:
            return say(
                "consider asking what went well, and keep it; confirm a new level if it lasts"
            )
        if self.good is None:
            return say("consider checking the records first, then ask what changed on that day")
        return say(
            "consider checking the records first, then look for the cause with the people in "
            "charge, and agree on who does what until when"
        )
