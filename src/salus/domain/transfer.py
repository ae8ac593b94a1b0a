"""Patients who are in a facility now, and how they could be moved to another."""

from __future__ import annotations

from dataclasses import dataclass

from salus.core.checks import named, within


@dataclass(frozen=True, slots=True)
class InpatientGroup:
    """Patients in a facility who could be moved alike.

    Parameters
    ----------
    id, facility_id, service_id : str
        Key of the group, where they are, and what they are cared for.
    patients : float
        How many, 0 or more.
    days_left : float
        Days that each stays from the first of the plan, 0 or more.
    fit_in_days : float or None
        Days until they are fit to travel, 0 or more; ``None`` where they are not.

    Raises
    ------
    ValueError
        If a key is empty or a number is out of range.
    """

    id: str
    facility_id: str
    service_id: str
    patients: float
    days_left: float
    fit_in_days: float | None = None

    def __post_init__(self) -> None:
        """Refuse impossible groups."""
        for name in ("id", "facility_id", "service_id"):
            named(name, getattr(self, name))
        within("patients", self.patients, 0, unit="persons")
        within("days_left", self.days_left, 0, unit="days")
        if self.fit_in_days is not None:
            within("fit_in_days", self.fit_in_days, 0, unit="days")


@dataclass(frozen=True, slots=True)
class TransferOption:
    """A way to move the patients of a group.

    Parameters
    ----------
    group_id, to_id : str
        Who, and to which facility.
    service_id : str
        What they are cared for there.
    minutes : float
        On the way, one way, 0 or more.
    price_minutes : float
        Minutes of travel that a move weighs as much as, beside those on the way, 0 or more.
    vehicle_id : str
        Facility whose vehicles drive.
    vehicle_hours : float
        Hours that a vehicle is out for a patient, 0 or more.
    escort : str
        Who goes along; empty for nobody.
    escort_hours : float
        Hours that the escort is away for a patient, 0 or more.

    Raises
    ------
    ValueError
        If a key is empty or a number is out of range.
    """

    group_id: str
    to_id: str
    service_id: str
    minutes: float
    price_minutes: float
    vehicle_id: str
    vehicle_hours: float
    escort: str
    escort_hours: float

    def __post_init__(self) -> None:
        """Refuse impossible options."""
        for name in ("group_id", "to_id", "service_id", "vehicle_id"):
            named(name, getattr(self, name))
        for name in ("minutes", "price_minutes", "vehicle_hours", "escort_hours"):
            within(name, getattr(self, name), 0)


@dataclass(frozen=True, slots=True)
class Transport:
    """What a facility does for transfers on each day.

    Parameters
    ----------
    facility_id : str
        Which facility.
    accepts : float
        Transferred patients that it receives, 0 or more.
    vehicle_hours, escort_hours : float
        Hours of its vehicles and of its escorts, 0 or more.

    Raises
    ------
    ValueError
        If the key is empty or a number is out of range.
    """

    facility_id: str
    accepts: float
    vehicle_hours: float
    escort_hours: float

    def __post_init__(self) -> None:
        """Refuse impossible amounts."""
        named("facility_id", self.facility_id)
        for name in ("accepts", "vehicle_hours", "escort_hours"):
            within(name, getattr(self, name), 0)
