"""Those who lie in a hospital now: where, and how long they are expected to stay."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from salus.allocate.hospital.people import Gender, Occupant
from salus.service.known import end_of
from salus.service.weeks.busiest import INPATIENT
from salus.service.weeks.conventions import YEAR
from salus.service.weeks.who import care, who

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from salus.service.records import Records
    from salus.service.weeks.rooms import Ward
    from salus.service.weeks.rows import Row
    from salus.service.weeks.site import Site
    from salus.service.weeks.who import Who

    Floats = NDArray[np.float64]

DAY = 86_400.0


def stays_now(records: Records, facility_id: str) -> list[Row]:
    """List the stays of those who lie in a hospital now, one for each person, the latest.

    Parameters
    ----------
    records : Records
        Of the city.
    facility_id : str
        Key of the hospital.
    """
    stays = records.tables["encounter"]
    there = pc.and_(
        pc.equal(stays["class"], INPATIENT),
        pc.and_(pc.equal(stays["facility_id"], facility_id), pc.is_null(stays["ended_at"])),
    )
    rows = stays.filter(there).sort_by([("started_at", "ascending"), ("encounter_id", "ascending")])
    last = {row["patient_id"]: row for row in rows.to_pylist() if row["ward_id"] is not None}
    return sorted(last.values(), key=lambda row: str(row["encounter_id"]))


def days_left(lain: float, stays: Floats) -> int:
    """Expect how many days somebody goes on lying.

    Parameters
    ----------
    lain : float
        Days so far.
    stays : ndarray, shape (n,)
        Days of stays that are over.

    Returns
    -------
    int
        What those who had lain as long went on lying on average, rounded up; 1 where nobody had.

    Examples
    --------
    >>> days_left(2.0, np.array([1.0, 3.0, 6.0]))
    3
    """
    longer = stays[stays > lain]
    return max(1, math.ceil(float(longer.mean()) - lain)) if longer.size else 1


@dataclass(frozen=True, slots=True)
class Inside:
    """Who lies in the rooms that are planned.

    Parameters
    ----------
    occupants : tuple of Occupant
        Men and women apart.
    unknown : int
        Those in these wards whose sex is not on record.
    elsewhere : int
        Those for whom the rooms that are planned have no bed beside people of their sex: they lie
        in the beds that are kept.
    """

    occupants: tuple[Occupant, ...]
    unknown: int
    elsewhere: int


def inside(records: Records, site: Site, stays: Sequence[Row]) -> Inside:
    """Lay those who are in a hospital's wards now into rooms.

    The records name the ward, not the room: women fill the rooms of their ward from the first on,
    men from the last, the young before the old.

    Parameters
    ----------
    records : Records
        Of the city.
    site : Site
        The hospital.
    stays : sequence of Row
        Of those who lie there now.
    """
    known = who(records, (row["patient_id"] for row in stays))
    over, now = _lengths(records), end_of(records.as_of)
    beds = {room.id: room.beds for ward in site.wards for room in ward.rooms}
    lying: dict[str, Gender] = {}
    occupants: list[Occupant] = []
    unknown = elsewhere = 0
    for ward in site.wards:
        there = [row for row in stays if row["ward_id"] == ward.id]
        theirs = [(row, known[row["patient_id"]]) for row in there if row["patient_id"] in known]
        unknown += len(there) - len(theirs)
        for row, person in sorted(theirs, key=lambda pair: (pair[1].age, pair[0]["encounter_id"])):
            room = _room(person, ward, beds, lying)
            if room is None:
                elsewhere += 1
                continue
            left = days_left((now - row["started_at"]).total_seconds() / DAY, over)
            occupants.append(
                _occupant(f"IN{len(occupants) + 1:03d}", person, min(site.days, left), room)
            )
            beds[room] -= 1
            lying[room] = person.gender
    return Inside(tuple(occupants), unknown, elsewhere)


def _room(
    person: Who, ward: Ward, beds: Mapping[str, int], lying: Mapping[str, Gender]
) -> str | None:
    rooms = [each.id for each in ward.rooms]
    order = rooms if person.gender is Gender.A else rooms[::-1]
    fit = (r for r in order if beds[r] and lying.get(r, person.gender) is person.gender)
    return next(fit, None)


def _occupant(key: str, person: Who, stay: int, room: str) -> Occupant:
    work, need = care(stay, surgery=False)
    return Occupant(key, person.gender, person.age, stay, work, need, room)


def _lengths(records: Records) -> Floats:
    """Days of the stays of the last year in the whole city that are over."""
    stays = records.tables["encounter"]
    since = pa.scalar(end_of(records.as_of) - timedelta(days=YEAR), stays["started_at"].type)
    over = pc.and_(
        pc.and_(pc.equal(stays["class"], INPATIENT), pc.is_valid(stays["ended_at"])),
        pc.greater_equal(stays["started_at"], since),
    )
    rows = stays.filter(pc.fill_null(over, fill_value=False))
    seconds = pc.subtract(
        pc.cast(rows["ended_at"], pa.int64()), pc.cast(rows["started_at"], pa.int64())
    )
    return np.asarray(seconds.to_numpy(), dtype=float) / (DAY * 1e6)
