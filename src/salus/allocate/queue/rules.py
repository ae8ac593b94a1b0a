"""The rules of a queue: how far, and how waiting and travel weigh against severity."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import within


@dataclass(frozen=True, slots=True)
class QueueRules:
    """What is decided before anybody is sent anywhere.

    Parameters
    ----------
    travel_limit : float
        Minutes that a patient may travel at most, 1 to 1440.
    patience : float
        Minutes of waiting after which a patient counts as much as a new one of twice the
        severity, 1 to 1,000,000. Four hours by default, within which the NHS asks that
        patients are admitted or sent home; raise it to let severity decide alone.
    point_minutes : float
        Minutes of travel that one point of priority weighs as much as, above 0 to 1,000,000;
        for the methods that weigh the two.

    Raises
    ------
    ValueError
        If a number is out of range.

    References
    ----------
    Department of Health (2000), The NHS Plan, where the four hours come from.

    Examples
    --------
    >>> QueueRules(patience=0)
    Traceback (most recent call last):
    ValueError: patience must be between 1 and 1000000 minutes, but is 0
    """

    travel_limit: float = 60.0
    patience: float = 240.0
    point_minutes: float = 1000.0

    def __post_init__(self) -> None:
        """Refuse rules under which no dispatch makes sense."""
        within("travel_limit", self.travel_limit, 1, 1440, "minutes")
        within("patience", self.patience, 1, 1_000_000, "minutes")
        within("point_minutes", self.point_minutes, 0.001, 1_000_000, "minutes")
