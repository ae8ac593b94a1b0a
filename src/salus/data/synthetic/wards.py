"""Wards, rooms and theatres of the hospitals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from salus.data.synthetic.columns import chosen
from salus.data.synthetic.operations import ROOM, THEATRE, WARD
from salus.data.synthetic.seasons import INPATIENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from salus.data.synthetic.contacts import Contacts
    from salus.data.synthetic.layout import Layout

WARD_BEDS, ICU_BEDS, ROOM_BEDS, BEDS_PER_THEATRE = 28, 16, 4, 45
THEATRE_MINUTES = 480
KINDS = ("medical", "surgical", "geriatric")


@dataclass(frozen=True, slots=True, eq=False)
class Wards:
    """All wards of the city, those of a hospital together, intensive care last.

    Parameters
    ----------
    hospitals : tuple of str
        Keys of the hospitals.
    ids : tuple of str
        Keys of the wards.
    hospital : ndarray of int, shape (n_wards,)
        Place of the hospital of each.
    intensive : ndarray of bool, shape (n_wards,)
        Whether for intensive care.
    beds : ndarray of int, shape (n_wards,)
        Staffed beds.
    """

    hospitals: tuple[str, ...]
    ids: tuple[str, ...]
    hospital: NDArray[np.int64]
    intensive: NDArray[np.bool_]
    beds: NDArray[np.int64]

    def place(self, contacts: Contacts, rng: np.random.Generator) -> pa.Array:
        """Return the ward of each inpatient contact; nothing for the others.

        Parameters
        ----------
        contacts : Contacts
            Contacts with the hospitals.
        rng : numpy.random.Generator
            Chooses among the wards of a kind.
        """
        n = len(self.hospitals)
        first = np.searchsorted(self.hospital, np.arange(n))
        icu = np.bincount(self.hospital, self.intensive, n).astype(np.int64)
        every = np.bincount(self.hospital, minlength=n)
        where = contacts.hospital
        start = np.where(contacts.icu, first[where] + (every - icu)[where], first[where])
        among = np.where(contacts.icu, icu[where], (every - icu)[where])
        ward = start + (rng.random(len(where)) * among).astype(np.int64)
        return chosen(self.ids, ward, contacts.class_ == INPATIENT)

    def resources(self) -> list[str]:
        """Return the kind of bed of each ward."""
        return ["icu_bed" if icu else "ward_bed" for icu in self.intensive]

    def table(self) -> pa.Table:
        """Write the wards."""
        kinds = [KINDS[place % len(KINDS)] for place in range(len(self.ids))]
        columns = {
            "ward_id": pa.array(self.ids),
            "facility_id": chosen(self.hospitals, self.hospital),
            "kind": ["intensive" if i else k for i, k in zip(self.intensive, kinds, strict=True)],
            "resource_id": self.resources(),
            "staffed": self.beds,
        }
        return WARD.take(pa.table(columns))

    def rooms(self) -> pa.Table:
        """Write the rooms: single ones in intensive care, four beds or fewer elsewhere."""
        rows = [
            {"room_id": f"{ward}-R{place + 1:02d}", "ward_id": ward, "beds": in_it}
            for ward, beds, icu in zip(self.ids, self.beds.tolist(), self.intensive, strict=True)
            for place, in_it in enumerate(_split(beds, 1 if icu else ROOM_BEDS))
        ]
        return ROOM.take(pa.Table.from_pylist(rows))

    def theatres(self) -> pa.Table:
        """Write the operating theatres, one for 45 beds, at least one a hospital."""
        beds = np.bincount(self.hospital, self.beds, len(self.hospitals))
        rows = [
            {
                "theatre_id": f"{hospital}-T{place + 1:02d}",
                "facility_id": hospital,
                "minutes_per_day": THEATRE_MINUTES,
            }
            for hospital, of in zip(self.hospitals, beds, strict=True)
            for place in range(max(1, round(of / BEDS_PER_THEATRE)))
        ]
        return THEATRE.take(pa.Table.from_pylist(rows))


def make_wards(layout: Layout) -> Wards:
    """Divide the beds of each hospital into wards.

    Parameters
    ----------
    layout : Layout
        The hospitals and their beds.

    Examples
    --------
    >>> from salus.data.synthetic.layout import lay_out
    >>> from salus.data.synthetic.spec import CitySpec
    >>> make_wards(lay_out(CitySpec(people=2000))).ids
    ('H001-W01', 'H001-W02')
    """
    rows = [
        (place, beds, icu)
        for place, (every, intensive) in enumerate(
            zip(layout.beds.tolist(), layout.icu_beds.tolist(), strict=True)
        )
        for icu, of, size in (
            (False, every - intensive, WARD_BEDS),
            (True, intensive, ICU_BEDS),
        )
        for beds in _split(of, size)
    ]
    hospital = np.array([place for place, _, _ in rows])
    nth = np.arange(len(rows)) - np.searchsorted(hospital, hospital) + 1
    ids = [f"{layout.hospital_ids[h]}-W{k:02d}" for h, k in zip(hospital, nth, strict=True)]
    icu = np.array([each for _, _, each in rows])
    beds = np.array([each for _, each, _ in rows])
    return Wards(layout.hospital_ids, tuple(ids), hospital, icu, beds)


def _split(total: int, size: int) -> list[int]:
    """Divide a number into the fewest parts of at most this size, as even as can be."""
    parts = -(-total // size)
    return [total // parts + (place < total % parts) for place in range(parts)]
