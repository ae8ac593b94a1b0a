"""Medicines of a region: what cases need, what lies where, and how it can be had and sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import named, within

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine, and how much of it a case needs.

    Parameters
    ----------
    id, name : str
        Key, and the name for people.
    unit : str
        What is counted, such as ``tablet``.
    unit_cost : float
        Money that a unit is worth, 0 or more.
    doses : mapping of str to float
        Units that a case needs over its whole stay, by service key, 0 or more.

    Raises
    ------
    ValueError
        If a key is empty or a number is out of range.

    Examples
    --------
    >>> Medicine("amoxicillin", "Amoxicillin 500 mg", "tablet", 0.1, {"ward": 15}).doses["ward"]
    15
    """

    id: str
    name: str
    unit: str
    unit_cost: float
    doses: Mapping[str, float]

    def __post_init__(self) -> None:
        """Refuse impossible medicines."""
        named("id", self.id)
        named("name", self.name)
        named("unit", self.unit)
        within("unit_cost", self.unit_cost, 0)
        for service, units in self.doses.items():
            within(f"doses of {service}", units, 0, unit=self.unit)


@dataclass(frozen=True, slots=True)
class Depot:
    """A place that holds medicines and treats nobody.

    Parameters
    ----------
    id, name : str
        Key, and the name for people.

    Raises
    ------
    ValueError
        If either is empty.

    Examples
    --------
    >>> Depot("W1", "Central medical stores").id
    'W1'
    """

    id: str
    name: str

    def __post_init__(self) -> None:
        """Refuse places without a name."""
        named("id", self.id)
        named("name", self.name)


@dataclass(frozen=True, slots=True)
class Batch:
    """Units that lie at a place, or are on their way to it already.

    Parameters
    ----------
    place_id, medicine_id : str
        Where, and of what: the key of a facility or of a depot.
    units : float
        How many, 0 or more.
    expires : date
        Last day on which they can be used.
    arrives : date or None
        Day from which they lie there; ``None`` where they do already.
    row : int
        Line of the file that states it; 0 for none.

    Raises
    ------
    ValueError
        If a key is empty, the number is out of range, or they expire before they arrive.

    Examples
    --------
    >>> from datetime import date
    >>> Batch("H1", "amoxicillin", 300, date(2026, 7, 1)).units
    300
    """

    place_id: str
    medicine_id: str
    units: float
    expires: date
    arrives: date | None = None
    row: int = 0

    def __post_init__(self) -> None:
        """Refuse impossible batches."""
        named("place_id", self.place_id)
        named("medicine_id", self.medicine_id)
        within("units", self.units, 0)
        if self.arrives is not None and self.expires < self.arrives:
            message = f"a batch that arrives on {self.arrives} cannot expire on {self.expires}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class OrderOffer:
    """Units that a depot can order, on any day.

    Parameters
    ----------
    depot_id, medicine_id : str
        Who, and what.
    units : float
        Units that can be ordered in a day, 0 or more.
    days : int
        Days until they arrive, 0 or more.
    usable_days : int
        Days on which they can be used, that of their arrival being the first; 1 or more.
    unit_cost : float
        Money for a unit, 0 or more.
    row : int
        Line of the file that states it; 0 for none.

    Raises
    ------
    ValueError
        If a key is empty or a number is out of range.

    Examples
    --------
    >>> OrderOffer("W1", "amoxicillin", 500, days=2, usable_days=365, unit_cost=0.1).days
    2
    """

    depot_id: str
    medicine_id: str
    units: float
    days: int
    usable_days: int
    unit_cost: float
    row: int = 0

    def __post_init__(self) -> None:
        """Refuse impossible offers."""
        named("depot_id", self.depot_id)
        named("medicine_id", self.medicine_id)
        within("units", self.units, 0)
        within("days", self.days, 0, unit="days")
        within("usable_days", self.usable_days, 1, unit="days")
        within("unit_cost", self.unit_cost, 0)


@dataclass(frozen=True, slots=True)
class DeliveryRoute:
    """A way on which units of any medicine are sent from place to place.

    Parameters
    ----------
    from_id, to_id : str
        Keys of facilities or depots.
    days : int
        Days under way, 0 or more. What takes 0 can be given on the day it is sent.
    units : float
        Units of all medicines together that can be sent in a day, 0 or more.
    unit_cost : float
        Money for sending a unit, 0 or more.
    row : int
        Line of the file that states it; 0 for none.

    Raises
    ------
    ValueError
        If a key is empty, a number is out of range, or it leads nowhere else.

    Examples
    --------
    >>> DeliveryRoute("W1", "H1", days=0, units=1000, unit_cost=0.02).to_id
    'H1'
    """

    from_id: str
    to_id: str
    days: int
    units: float
    unit_cost: float
    row: int = 0

    def __post_init__(self) -> None:
        """Refuse impossible ways."""
        named("from_id", self.from_id)
        named("to_id", self.to_id)
        within("days", self.days, 0, unit="days")
        within("units", self.units, 0)
        within("unit_cost", self.unit_cost, 0)
        if self.from_id == self.to_id:
            message = f"a way leads to another place, but from_id and to_id are both {self.to_id}"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class MedicalStores:
    """The medicines of a region, and how they can be had and sent.

    Parameters
    ----------
    medicines : tuple of Medicine
        Empty where a region states none: then none is planned, and care lacks none.
    depots : tuple of Depot
        Places beside the facilities.
    batches : tuple of Batch
        What lies somewhere or is on its way.
    orders : tuple of OrderOffer
        What depots can order.
    routes : tuple of DeliveryRoute
        On which ways units are sent.

    Examples
    --------
    >>> bool(MedicalStores().medicines)
    False
    """

    medicines: tuple[Medicine, ...] = ()
    depots: tuple[Depot, ...] = ()
    batches: tuple[Batch, ...] = ()
    orders: tuple[OrderOffer, ...] = ()
    routes: tuple[DeliveryRoute, ...] = ()
