"""A hospital and its weeks: who is there, who waits, and what there is to care for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from salus.allocate.hospital.fit.breach import UnfitError, roots
from salus.allocate.hospital.fit.numbers import listed
from salus.allocate.hospital.fit.people import occupant_breaches, patient_breaches
from salus.allocate.hospital.fit.scope import Scope
from salus.allocate.hospital.fit.site import (
    MOST_MINUTES,
    minute_breaches,
    nurse_breaches,
    room_breaches,
    weight_breaches,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from salus.allocate.hospital.fit.breach import Breach
    from salus.allocate.hospital.people import Occupant, Patient
    from salus.allocate.hospital.site import Nurse, Room, Surgeon, Theatre, Weights


@dataclass(frozen=True, eq=False)
class HospitalProblem:
    """The integrated healthcare timetabling problem of one hospital.

    Parameters
    ----------
    days : int
        Length of the horizon, at least 1.
    shifts : tuple of str
        Names of the shifts of a day, in their order; ``K`` of them.
    levels : int
        Number of skill levels; the levels are 0 to ``levels - 1``, a higher one can do more.
    ages : tuple of str
        Names of the age groups, in their order.
    weights : Weights
        What each unit that nobody wants costs.
    occupants : tuple of Occupant
        Who lies in a room on day 0; may be none.
    patients : tuple of Patient
        Who waits; may be none.
    surgeons : tuple of Surgeon
    theatres : tuple of Theatre
        At least one.
    rooms : tuple of Room
        At least one.
    nurses : tuple of Nurse
        In the order in which plans and files list them.

    Raises
    ------
    UnfitError
        If a name is not known, a vector has the wrong length, a number is out of its range, no
        room or day is left for a patient, or no nurse is on duty in a shift; all that is wrong is
        named.

    References
    ----------
    Integrated Healthcare Timetabling Competition 2024.
    """

    days: int
    shifts: tuple[str, ...]
    levels: int
    ages: tuple[str, ...]
    weights: Weights
    occupants: tuple[Occupant, ...]
    patients: tuple[Patient, ...]
    surgeons: tuple[Surgeon, ...]
    theatres: tuple[Theatre, ...]
    rooms: tuple[Room, ...]
    nurses: tuple[Nurse, ...]

    def __post_init__(self) -> None:
        """Refuse a problem that means nothing, naming all that is wrong with it."""
        breaches = tuple(roots(self._breaches()))
        if breaches:
            raise UnfitError(type(self).__name__, breaches)

    def _breaches(self) -> Iterator[Breach]:
        rooms = frozenset(each.id for each in self.rooms)
        surgeons = frozenset(each.id for each in self.surgeons)
        scope = Scope(self.days, self.levels, self.shifts, self.ages, rooms, surgeons)
        yield from scope.breaches()
        yield from weight_breaches(self.weights)
        yield from listed("rooms", self.rooms)
        yield from listed("theatres", self.theatres)
        yield from occupant_breaches(self.occupants, scope)
        yield from patient_breaches(self.patients, self.occupants, scope)
        yield from minute_breaches("surgeons", self.surgeons, scope)
        yield from minute_breaches("theatres", self.theatres, scope, MOST_MINUTES)
        yield from room_breaches(self.rooms)
        yield from nurse_breaches(self.nurses, scope)

    @property
    def horizon(self) -> int:
        """Number of shifts from the first to the last."""
        return self.days * len(self.shifts)

    @cached_property
    def patient(self) -> dict[str, Patient]:
        """Each patient by key."""
        return {each.id: each for each in self.patients}

    def last_day(self, patient: Patient) -> int:
        """Last day on which a patient may be admitted."""
        return self.days - 1 if patient.due is None else patient.due
