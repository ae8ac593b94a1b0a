"""What the indicators mean that hospitals and districts put on record themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.domain.indicator import Direction, Indicator

if TYPE_CHECKING:
    from salus.core.messages import Message


@dataclass(frozen=True, slots=True)
class Recorded:
    """An indicator that is read, not counted by us.

    Parameters
    ----------
    indicator : Indicator
        What it means.
    target : float or None
        What is aimed for, in its unit; ``None`` where nothing is agreed.
    """

    indicator: Indicator
    target: float | None = None


def unknown(key: str) -> Recorded:
    """Describe an indicator that nobody has explained: by its key, neither good nor bad.

    Examples
    --------
    >>> unknown("hours").indicator.direction.value
    'neutral'
    """
    return Recorded(Indicator(key, say("{key}", key=key), say("as recorded")))


def _share(key: str, name: Message, direction: Direction = Direction.DOWN) -> Indicator:
    return Indicator(key, name, say("%"), direction)


_ALL = (
    Recorded(_share("mortality", say("deaths in hospital"))),
    Recorded(_share("readmission", say("readmissions within 30 days"))),
    Recorded(_share("emergency_wait", say("emergency waits of 4 hours and more")), 5.0),
    Recorded(Indicator("falls", say("falls"), say("per 1,000 bed-days"), Direction.DOWN)),
    Recorded(_share("hospital_infection", say("infections acquired in hospital"))),
    Recorded(_share("pressure_ulcer", say("new pressure ulcers"))),
    Recorded(_share("hand_hygiene", say("hand hygiene when observed"), Direction.UP)),
    Recorded(_share("cancelled_surgery", say("operations cancelled on the day"))),
    Recorded(
        Indicator(
            "gastroenteritis_contacts",
            say("contacts because of gastroenteritis"),
            say("contacts"),
            Direction.DOWN,
        )
    ),
)

RECORDED: dict[str, Recorded] = {each.indicator.id: each for each in _ALL}
"""By key. The target of four hours is that of NHS England: 95 % within four hours."""
