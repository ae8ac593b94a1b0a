"""From the staff groups of a region to loans in their unit, and to the law of its plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from salus.allocate.city.features.staff_law import StaffLaw
from salus.allocate.city.features.staff_rules import MaximumHours, Ratio, Rest, Staff
from salus.allocate.city.features.units import Amount, Unit
from salus.core.messages import say
from salus.domain.staff import WEEK_DAYS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from salus.allocate.city.features.staff_rules import Rule
    from salus.core.messages import Message
    from salus.data.region.region import Region
    from salus.domain.offer import LendingOffer
    from salus.domain.staff import StaffGroup

    Floats = NDArray[np.float64]

DAY_HOURS = 24.0
"""What equipment works in a day, and whatever nobody has said more of."""


AMPLE = 1e6
"""People, hours or shifts where nobody has said how many there are: they limit nothing."""


def staff_law(region: Region, closed: Collection[str], present: Floats) -> StaffLaw | None:
    """State the law of the staff of a region as a feature of its plan.

    Parameters
    ----------
    region : Region
        With its staff groups.
    closed : collection of str
        Facilities that take nobody: nobody works there.
    present : ndarray, shape (J, R, T)
        Resource-days of those who are in a bed now.

    Returns
    -------
    StaffLaw or None
        ``None`` where no group has a rule.
    """
    rules = [rule for group in region.staff for rule in _rules(region, group, present.shape[2])]
    if not rules:
        return None
    people = tuple(_people(region, group, closed, present) for group in region.staff)
    return StaffLaw(people, tuple(rules))


def staff_at(region: Region, closed: Collection[str]) -> Floats:
    """Return what the staff groups work on each day, in their own units, shape (J, R).

    Of a group that services do not take themselves, ``AMPLE`` where a facility does not state
    its people: staff that nobody knows limits nothing.

    Parameters
    ----------
    region : Region
        With its staff groups.
    closed : collection of str
        Facilities that take nobody: nobody works there.
    """
    kind = region.resource_index
    taken = {resource.id for resource in region.taken}
    found = np.zeros((len(region.facilities), len(kind)))
    for group in region.staff:
        unknown = 0.0 if group.id in taken else AMPLE
        found[:, kind[group.id]] = _everywhere(region, group, closed, "staffed", unknown)
    return found


def staff_assumptions(region: Region) -> Iterator[Message]:
    """Say what a plan takes for granted of staff; nothing where no working day is stated."""
    for group in region.staff:
        yield say(
            "{group}: all that they work can be used, without a target occupancy, in shifts of "
            "{hours:g} hours; where a facility does not state them, they limit nothing. The work "
            "of all of them at a facility is limited, not that of each person: a roster is no "
            "part of the plan.",
            group=group.name,
            hours=group.shift_hours,
        )
    if region.staff or any(offer.hours_a_day is not None for offer in region.lending):
        yield say(
            "Travel of a loan is taken from the hours that the unit works in a day: a shift of "
            "staff, 24 hours of anything else that does not say. The way home after the last day "
            "of the plan is not counted."
        )


def _everywhere(
    region: Region, group: StaffGroup, closed: Collection[str], name: str, unknown: float
) -> Floats:
    numbers = [
        0.0
        if facility.id in closed
        else getattr(group.at[facility.id], name)
        if facility.id in group.at
        else unknown
        for facility in region.facilities
    ]
    return np.array(numbers)


def care_now(region: Region, present: Floats) -> Floats:
    """Return what those who are in a bed now ask of the staff by its ratios, shape (J, R, T).

    Parameters
    ----------
    region : Region
        With its staff groups.
    present : ndarray, shape (J, R, T)
        Resource-days of those who are in a bed now.
    """
    kind = region.resource_index
    found = np.zeros_like(present)
    for group in region.staff:
        for bed in group.patients or {}:
            found[:, kind[group.id]] += group.work_of_a_bed_day(bed) * present[:, kind[bed]]
    return found


def hours_a_day(region: Region, offer: LendingOffer) -> float:
    """Tell how long a lent unit works in a day: what travel takes it takes from these hours.

    Parameters
    ----------
    region : Region
        With its staff groups.
    offer : LendingOffer
        What is lent.

    Returns
    -------
    float
        What the offer says; else the shift of its staff group; else 24, as equipment works.
    """
    if offer.hours_a_day is not None:
        return offer.hours_a_day
    group = _group(region, offer)
    return DAY_HOURS if group is None else group.shift_hours


def given_a_day(region: Region, offer: LendingOffer, occupancy: float) -> float:
    """Return what a lent unit gives in a day: a shift of staff, or a unit at the occupancy."""
    group = _group(region, offer)
    return occupancy if group is None else group.units_of_a_shift


def unit_gives(region: Region, occupancy: float) -> Floats:
    """Return what one more unit gives in a day, shape (J, R): staff all their work, in their unit.

    Parameters
    ----------
    region : Region
        With its staff groups.
    occupancy : float
        Share of any other unit that is used: the target occupancy.
    """
    kind = region.resource_index
    taken = {resource.id for resource in region.taken}
    found = np.full((len(region.facilities), len(kind)), occupancy)
    for group in region.staff:
        stated = [group.id not in taken or item.id in group.at for item in region.facilities]
        found[stated, kind[group.id]] = 1.0
    return found


def lent_in(region: Region, offer: LendingOffer) -> Unit:
    """Return what a loan is counted in: the unit of its staff group, or days."""
    group = _group(region, offer)
    return Unit.DAYS if group is None else Unit(group.unit)


def _group(region: Region, offer: LendingOffer) -> StaffGroup | None:
    return next((group for group in region.staff if group.id == offer.resource_id), None)


def _rules(region: Region, group: StaffGroup, days: int) -> Iterator[Rule]:
    kind = region.resource_index
    staff = kind[group.id]
    for bed, patients in (group.patients or {}).items():
        # A bed-day is 24 hours beside a patient, whatever the shifts are.
        yield Ratio(staff, kind[bed], patients / DAY_HOURS, Unit.HOURS)
    yield from _of_each(staff, group, days)


def _of_each(staff: int, group: StaffGroup, days: int) -> Iterator[MaximumHours | Rest]:
    window = min(WEEK_DAYS, days)
    if group.week_hours is not None:
        yield MaximumHours(staff, Amount(group.week_hours, Unit.HOURS), window)
    if group.rest_hours is not None or group.days_off is not None:
        share = 1 - (group.rest_hours or 0.0) / DAY_HOURS
        at_work = WEEK_DAYS - (group.days_off or 0)
        yield Rest(staff, share, max(0, window - at_work), window)


def _hours_of_each(group: StaffGroup, days: int) -> float:
    """Return the hours that each of a group may work on a day, whatever they did before."""
    found = [DAY_HOURS]
    for rule in _of_each(0, group, days):
        if isinstance(rule, MaximumHours):
            found.append(rule.most.value / rule.window)
        else:
            found.append(DAY_HOURS * rule.share * (rule.window - rule.rest) / rule.window)
    return min(found)


def _people(region: Region, group: StaffGroup, closed: Collection[str], present: Floats) -> Staff:
    kind = region.resource_index
    days = present.shape[2]
    people = _everywhere(region, group, closed, "people", AMPLE)
    heads = np.repeat(people[:, None], days, axis=1)
    hours = None if group.unit == Unit.HOURS else group.shift_hours
    # Where those in bed ask for more than the law allows already, nothing may be added to it.
    most = heads * _hours_of_each(group, days) / group.hours_of_a_unit
    busy = np.minimum(care_now(region, present)[:, kind[group.id]], most)
    return Staff(kind[group.id], Unit(group.unit), heads, hours, busy if busy.any() else None)
