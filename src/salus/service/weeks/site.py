"""What a hospital has for its planned patients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from salus.allocate.hospital.site import Nurse, Surgeon, Theatre
    from salus.service.weeks.rooms import Ward


@dataclass(frozen=True, slots=True)
class Site:
    """A hospital.

    Parameters
    ----------
    facility_id : str
        Key.
    wards : tuple of Ward
        With the rooms that are planned.
    theatres : tuple of Theatre
    surgeons : tuple of Surgeon
    nurses : tuple of Nurse
        Who look after these rooms.
    """

    facility_id: str
    wards: tuple[Ward, ...]
    theatres: tuple[Theatre, ...]
    surgeons: tuple[Surgeon, ...]
    nurses: tuple[Nurse, ...]
