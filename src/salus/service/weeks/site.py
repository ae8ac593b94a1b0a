"""What a hospital has for its planned patients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from salus.allocate.hospital.site import Nurse, Surgeon, Theatre
    from salus.service.weeks.rooms import Ward


@dataclass(frozen=True, slots=True)
class Site:
    """A hospital.

    Parameters
    ----------
    facility_id : str
        Key.
    first : date
        The first day of the plan.
    days : int
        How many there are.
    wards : tuple of Ward
        With the rooms that are planned.
    theatres : tuple of Theatre
    surgeons : tuple of Surgeon
    nurses : tuple of Nurse
        Who look after these rooms.
    """

    facility_id: str
    first: date
    days: int
    wards: tuple[Ward, ...]
    theatres: tuple[Theatre, ...]
    surgeons: tuple[Surgeon, ...]
    nurses: tuple[Nurse, ...]
