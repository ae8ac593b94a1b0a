"""What facilities offer beyond what is open: beds that can be opened, staff to lend."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import named, within


@dataclass(frozen=True, slots=True)
class SurgeOffer:
    """Units that a facility can open for as long as a plan lasts.

    Parameters
    ----------
    facility_id, resource_id : str
        Who, and of what.
    units : float
        Units that can be opened at most, 0 or more.
    minutes : float
        Minutes of travel that opening one unit for one day weighs as much as, 0 or more.

    Raises
    ------
    ValueError
        If a key is empty or a number is out of range.

    Examples
    --------
    >>> SurgeOffer("F1", "icu_bed", 6, 240.0).units
    6
    """

    facility_id: str
    resource_id: str
    units: float
    minutes: float

    def __post_init__(self) -> None:
        """Refuse impossible offers."""
        named("facility_id", self.facility_id)
        named("resource_id", self.resource_id)
        within("units", self.units, 0, unit="units")
        within("minutes", self.minutes, 0, unit="minutes")


@dataclass(frozen=True, slots=True)
class LendingOffer:
    """Units, such as nurses, that one facility is ready to lend to another.

    Parameters
    ----------
    from_id, to_id : str
        Keys of lender and host.
    resource_id : str
        What is lent.
    units : float
        Units that may be away at once: those who agreed and may work at the host, 0 or more.
    minutes : float
        Minutes of travel from one to the other, in which nobody is served, 0 or more.
    hours_a_day : float or None
        Hours that a unit works in a day, from 0.5 to 24; ``None`` where the offer does not say.
    agreed : float or None
        Of the units, those who agreed to go; ``None`` for all.
    credentials : bool
        Whether their credentials are valid at the host; true for equipment.

    Raises
    ------
    ValueError
        If a key is empty, a number is out of range, or a facility would lend to itself.

    Examples
    --------
    >>> LendingOffer("F1", "F2", "nurse", 4, 60.0).to_id
    'F2'
    """

    from_id: str
    to_id: str
    resource_id: str
    units: float
    minutes: float
    hours_a_day: float | None = None
    agreed: float | None = None
    credentials: bool = True

    def __post_init__(self) -> None:
        """Refuse impossible offers."""
        for name in ("from_id", "to_id", "resource_id"):
            named(name, getattr(self, name))
        within("units", self.units, 0, unit="units")
        within("minutes", self.minutes, 0, unit="minutes")
        if self.hours_a_day is not None:
            within("hours_a_day", self.hours_a_day, 0.5, 24, "hours")
        if self.agreed is not None:
            within("agreed", self.agreed, 0, unit="units")
        if self.from_id == self.to_id:
            message = f"a facility lends to another, but from_id and to_id are both {self.to_id}"
            raise ValueError(message)

    @property
    def may_go(self) -> float:
        """Return the units that agreed to go, at most all that are offered."""
        return self.units if self.agreed is None else min(self.units, self.agreed)
