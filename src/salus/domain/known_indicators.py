"""Indicators that hospitals and districts put on record, by the keys that have a meaning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.messages import say
from salus.domain.indicator import Direction, Indicator

if TYPE_CHECKING:
    from salus.core.messages import Message


def _share(key: str, name: Message, direction: Direction = Direction.DOWN) -> Indicator:
    return Indicator(key, name, say("%"), direction)


_ALL = (
    _share("mortality", say("deaths in hospital")),
    _share("readmission", say("readmissions within 30 days")),
    _share("emergency_wait", say("emergency waits of 4 hours and more")),
    Indicator("falls", say("falls"), say("per 1,000 bed-days"), Direction.DOWN),
    _share("hospital_infection", say("infections acquired in hospital")),
    _share("pressure_ulcer", say("new pressure ulcers")),
    _share("hand_hygiene", say("hand hygiene when observed"), Direction.UP),
    _share("cancelled_surgery", say("operations cancelled on the day")),
    Indicator(
        "gastroenteritis_contacts",
        say("contacts because of gastroenteritis"),
        say("contacts"),
        Direction.DOWN,
    ),
)

KNOWN_INDICATORS: dict[str, Indicator] = {indicator.id: indicator for indicator in _ALL}
"""By key. Any other is called as its file calls it."""
