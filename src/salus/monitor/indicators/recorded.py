"""What the indicators mean that hospitals and districts put on record themselves."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.messages import say
from salus.domain.indicator import Indicator
from salus.domain.known_indicators import KNOWN_INDICATORS


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


TARGETS = {"emergency_wait": 5.0}
"""In the unit of the indicator. NHS England: 95 % are seen within four hours."""

RECORDED: dict[str, Recorded] = {
    key: Recorded(indicator, TARGETS.get(key)) for key, indicator in KNOWN_INDICATORS.items()
}
"""By key."""
