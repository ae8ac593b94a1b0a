"""The services that people need, and what one case of each takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within
from salus.domain.place import HIGHEST_TIER, LOWEST_TIER

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
    lowest_tier : int or None
        Lowest tier of care able to give it, from 1 to 3; ``None`` where any is.
    first_contact_tier : int or None
        Tier at which its cases are seen first (首诊); ``None`` where that is not stated.
    step_down_tier : int or None
        Highest tier that should keep its cases (下转); ``None`` where any may.

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
    lowest_tier: int | None = None
    first_contact_tier: int | None = None
    step_down_tier: int | None = None

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
        for name in ("lowest_tier", "first_contact_tier", "step_down_tier"):
            if (tier := getattr(self, name)) is not None:
                within(name, tier, LOWEST_TIER, HIGHEST_TIER)

    def resource_days(self, resource_id: str) -> float:
        """Return what one case takes of a resource over its whole stay, in resource-days."""
        return self.uses.get(resource_id, 0.0) * self.stay_days
