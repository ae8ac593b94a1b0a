"""The rooms of a hospital that are planned, and the beds that are kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.hospital.site import Room
from salus.service.weeks.rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from salus.service.records import Records
    from salus.service.weeks.rows import Row

INTENSIVE = "intensive"


@dataclass(frozen=True, slots=True)
class Ward:
    """A ward for which rooms are planned.

    Parameters
    ----------
    id, kind : str
        Key and kind.
    beds : int
        In all its rooms.
    rooms : tuple of Room
        Those that are planned, each with the beds that are.
    """

    id: str
    kind: str
    beds: int
    rooms: tuple[Room, ...]

    @property
    def planned(self) -> int:
        """Beds that are planned."""
        return sum(each.beds for each in self.rooms)

    @property
    def kept(self) -> int:
        """Beds that are kept for those who are not planned."""
        return self.beds - self.planned


def wards_of(records: Records, facility_id: str, inside: Iterable[Row]) -> tuple[Ward, ...]:
    """Divide the beds of a hospital's wards into those that are planned and those that are kept.

    As many beds are kept as are in use by people whom the records do not name, and as are closed:
    the last rooms of the ward. Those who come unplanned take the places of those who leave.

    Parameters
    ----------
    records : Records
        Of the city.
    facility_id : str
        Key of the hospital.
    inside : iterable of Row
        Stays of those who lie there now.

    Returns
    -------
    tuple of Ward
        Without intensive care, and without wards of which all beds are kept.
    """
    named = Counter(each["ward_id"] for each in inside)
    used, closed = _counted(records, facility_id)
    return tuple(_wards(records, facility_id, used - named + closed))


def _wards(records: Records, facility_id: str, kept: Counter[str]) -> Iterator[Ward]:
    for ward in rows_of(records.wards["ward"], "facility_id", facility_id):
        if ward["kind"] == INTENSIVE:
            continue
        rooms = [
            Room(each["room_id"], each["beds"])
            for each in rows_of(records.wards["room"], "ward_id", ward["ward_id"])
            if each["beds"] and each["beds"] > 0
        ]
        left = tuple(open_rooms(rooms, kept[ward["ward_id"]]))
        if left:
            yield Ward(ward["ward_id"], ward["kind"], sum(each.beds for each in rooms), left)


def open_rooms(rooms: list[Room], kept: int) -> list[Room]:
    """Leave out some beds, whole rooms from the last one on.

    Parameters
    ----------
    rooms : list of Room
        In their order.
    kept : int
        Beds to leave out, at most all.

    Returns
    -------
    list of Room
        Those with a bed left.

    Examples
    --------
    >>> open_rooms([Room("r1", 4), Room("r2", 4), Room("r3", 3)], 5)
    [Room(id='r1', beds=4), Room(id='r2', beds=2)]
    """
    left = sum(each.beds for each in rooms) - kept
    found = []
    for each in rooms:
        beds = min(each.beds, left)
        if beds <= 0:
            break
        found.append(Room(each.id, beds))
        left -= beds
    return found


def _counted(records: Records, facility_id: str) -> tuple[Counter[str], Counter[str]]:
    """Read how many beds of each ward are in use and closed by the last count."""
    states = records.tables["bed_state"]
    there = states.filter(pc.is_in(states["facility_id"], pa.array([facility_id], pa.string())))
    last = {row["ward_id"]: row for row in there.sort_by("observed_at").to_pylist()}
    used = Counter({ward: row["occupied"] or 0 for ward, row in last.items()})
    return used, Counter({ward: row["closed"] or 0 for ward, row in last.items()})
