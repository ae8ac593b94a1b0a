"""The services that people need, and what one case of each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.messages import Message


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of care.

    Parameters
    ----------
    id : str
        Key, such as ``icu``.
    name : Message
        Name for people.
    stay_days : float
        Mean length of stay, days, above 0.
    severity : float
        Weight of one case that is not served, against 1 for an ordinary ward case; above 0.
    uses : mapping of str to float
        Units of each resource that a case occupies on each day of its stay, above 0.

    Raises
    ------
    ValueError
        If a number is out of range or nothing is used.

    Examples
    --------
    >>> from salus.core.messages import say
    >>> Service("icu", say("intensive care"), 3.8, 3, {"icu_bed": 1}).resource_days("icu_bed")
    3.8
    """

    id: str
    name: Message
    stay_days: float
    severity: float
    uses: Mapping[str, float]

    def __post_init__(self) -> None:
        """Refuse a service that cannot exist."""
        named("service_id", self.id)
        within("stay_days", self.stay_days, 0.01, 365, "days")
        within("severity", self.severity, 0.001, 1000)
        if not self.uses:
            message = f"service {self.id} must use at least one resource, but uses is empty"
            raise ValueError(message)
        for resource, units in self.uses.items():
            within(f"uses[{resource}]", units, 0.001, 1000, "units")

    def resource_days(self, resource_id: str) -> float:
        """Return what one case takes of a resource over its whole stay, in resource-days."""
        return self.uses.get(resource_id, 0.0) * self.stay_days
