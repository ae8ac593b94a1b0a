"""What people call the places and services of a problem."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from salus.core.messages import Message

    Called = Mapping[str, "Message | str"]

_NONE: MappingProxyType[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Names:
    """Names by key; what has none is called by its key.

    Parameters
    ----------
    districts, facilities, services, resources, medicines : mapping of str to Message or str
        Names for people.

    Examples
    --------
    >>> names = Names(facilities={"H1": "Mercy"})
    >>> names.facility("H1"), names.facility("H2")
    ('Mercy', 'H2')
    """

    districts: Called = field(default_factory=lambda: _NONE)
    facilities: Called = field(default_factory=lambda: _NONE)
    services: Called = field(default_factory=lambda: _NONE)
    resources: Called = field(default_factory=lambda: _NONE)
    medicines: Called = field(default_factory=lambda: _NONE)

    def district(self, key: str) -> Message | str:
        """Name a district."""
        return self.districts.get(key, key)

    def facility(self, key: str) -> Message | str:
        """Name a facility."""
        return self.facilities.get(key, key)

    def service(self, key: str) -> Message | str:
        """Name a service."""
        return self.services.get(key, key)

    def resource(self, key: str) -> Message | str:
        """Name a resource."""
        return self.resources.get(key, key)

    def medicine(self, key: str) -> Message | str:
        """Name a medicine."""
        return self.medicines.get(key, key)


KEYS = Names()
"""Everything is called by its key."""
