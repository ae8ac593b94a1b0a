"""Contacts with care, as arrays that indicators count over."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Moments = NDArray[np.datetime64]
    Texts = NDArray[np.object_]
    Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The standard tables that indicators are computed from; ``None`` where one is not held.

    Parameters
    ----------
    encounter, patient, condition, observation, medication, procedure, allergy, bed_state : \
pyarrow.Table or None
        In the schemas of ``salus.domain.records``.
    """

    encounter: pa.Table = None
    patient: pa.Table = None
    condition: pa.Table = None
    observation: pa.Table = None
    medication: pa.Table = None
    procedure: pa.Table = None
    allergy: pa.Table = None
    bed_state: pa.Table = None

    def held(self) -> frozenset[str]:
        """Name the tables that are held."""
        return frozenset(each.name for each in fields(self) if getattr(self, each.name) is not None)


@dataclass(frozen=True, slots=True, eq=False)
class Contacts:
    """Contacts of one kind, without those that end before they begin.

    Parameters
    ----------
    encounter, patient : pyarrow.Array, length n
        Keys.
    facility, ward : ndarray of object, shape (n,)
        Where; ``None`` where that is not known.
    started, ended : ndarray of datetime64, shape (n,)
        UTC; not a time while it lasts.
    contradicting : int
        Contacts that were left out.
    """

    encounter: pa.Array
    patient: pa.Array
    facility: Texts
    ward: Texts
    started: Moments
    ended: Moments
    contradicting: int

    def __len__(self) -> int:
        """Count the contacts."""
        return len(self.started)

    def where(self, keys: pa.ChunkedArray) -> NDArray[np.int64]:
        """Find the contact of each key; -1 where there is none."""
        found = pc.fill_null(pc.index_in(keys, value_set=self.encounter), -1)
        return found.to_numpy().astype(np.int64)

    def until_next(self) -> NDArray[np.timedelta64]:
        """Measure the time from each end to the next begin of the same patient, if there is one.

        A contact that begins before the other has ended is no return.
        """
        person = pc.dictionary_encode(self.patient).indices.to_numpy()
        order = np.lexsort((self.started, person))
        gaps = np.full(len(self), np.timedelta64("NaT", "us"))
        same = person[order][1:] == person[order][:-1]
        wait = self.started[order][1:] - self.ended[order][:-1]
        gaps[order[:-1][same]] = wait[same]
        return gaps


def contacts(records: Records, kind: str, *, ended: bool = False) -> Contacts:
    """Take the contacts of one kind.

    Parameters
    ----------
    records : Records
        With encounters.
    kind : str
        HL7 v3 ActCode, such as ``IMP``.
    ended : bool
        Whether only those that have ended count.

    Returns
    -------
    Contacts
        In the order of the table.
    """
    table = records.encounter.filter(pc.equal(records.encounter["class"], kind))
    started, finish = moments(table["started_at"]), moments(table["ended_at"])
    possible = np.isnat(finish) | (finish >= started)
    kept = possible & ~np.isnat(finish) if ended else possible
    rows = table.filter(pa.array(kept))
    return Contacts(
        rows["encounter_id"].combine_chunks(),
        rows["patient_id"].combine_chunks(),
        rows["facility_id"].to_numpy(),
        rows["ward_id"].to_numpy(),
        started[kept],
        finish[kept],
        int((~possible).sum()),
    )


def moments(column: pa.ChunkedArray) -> Moments:
    """Read a column of moments; a null becomes not a time."""
    return column.cast(pa.timestamp("us")).to_numpy().astype("datetime64[us]")


def days(column: pa.ChunkedArray) -> Moments:
    """Read a column of dates; a null becomes not a time."""
    return column.cast(pa.date32()).to_numpy().astype("datetime64[D]")
