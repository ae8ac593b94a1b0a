"""Who may depart from a plan's rules, and says why: overrides, and what facilities decline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Override:
    """Somebody lets journeys pass, whatever the rules say, and says why.

    Parameters
    ----------
    district, facility, service : str or None
        Keys of the journeys; ``None`` stands for all. At least one is named.
    reason : str
        Why, never about a person.
    by : str
        Who answers for it.

    Raises
    ------
    ValueError
        If no place or service is named, or reason or name is empty.

    Examples
    --------
    >>> Override("D3", "H2", "surgery", "bridge closed", "health bureau").by
    'health bureau'
    """

    district: str | None
    facility: str | None
    service: str | None
    reason: str
    by: str

    def __post_init__(self) -> None:
        """Refuse an override that nobody answers for."""
        faults = [
            f"{name} of an override must be told, but is empty"
            for name in ("reason", "by")
            if not getattr(self, name).strip()
        ]
        if self.district is None and self.facility is None and self.service is None:
            faults.append("an override must name a district, facility or service, but names none")
        if faults:
            raise ValueError("; ".join(faults))


@dataclass(frozen=True, slots=True)
class Decline:
    """A facility does not take a service, a district, or what needs a resource, and says why.

    Parameters
    ----------
    facility : str
        Who declines.
    reason : str
        Why, never about a person.
    service : str or None
        What is declined; ``None`` for every service, or every one that uses the resource.
    resource : str or None
        What the facility cannot give; ``None`` where that is not the cause.
    district : str or None
        Whose cases are declined; ``None`` for those of every district.
    first_day, last_day : date or None
        When; ``None`` for as long as a plan lasts.

    Raises
    ------
    ValueError
        If the reason is empty, if neither service, resource nor district is named, if the last day
        is before the first, or if a district is declined on some days only.

    Examples
    --------
    >>> from datetime import date
    >>> ill = Decline("H2", "two surgeons are ill", "surgery", last_day=date(2026, 7, 3))
    >>> ill.holds(date(2026, 7, 3)), ill.holds(date(2026, 7, 4))
    (True, False)
    """

    facility: str
    reason: str
    service: str | None = None
    resource: str | None = None
    district: str | None = None
    first_day: date | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        """Refuse to decline without a reason, or nothing."""
        faults = []
        if not self.reason.strip():
            faults.append(f"{self.facility} must give a reason to decline, but reason is empty")
        if self.service is None and self.resource is None and self.district is None:
            named = "a service, a resource or a district"
            faults.append(f"{self.facility} must decline {named}, but names none")
        first, last = self.first_day, self.last_day
        if first is not None and last is not None and last < first:
            faults.append(f"last_day must not be before first_day, but {last} is before {first}")
        if self.district is not None and (first is not None or last is not None):
            faults.append(f"{self.district} must be declined for the whole plan, but has days")
        if faults:
            raise ValueError("; ".join(faults))

    def holds(self, day: date) -> bool:
        """Tell whether it is declined on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )
