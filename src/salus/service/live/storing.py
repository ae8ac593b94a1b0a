"""Check the messages of a batch, and store what can be taken in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.core.errors import InputError
from salus.data.readings.parcel import read_parcel
from salus.data.store.readings import Readings, Refused
from salus.service.live.taken import Refusal, Taken

if TYPE_CHECKING:
    from datetime import datetime

    from salus.data.readings.parcel import Batch
    from salus.data.store.engine import Store
    from salus.domain.reading import Reading


def store_batch(store: Store, batch: Batch, now: datetime) -> Taken:
    """Store the readings of a batch, each once; refuse faulty messages whole.

    Parameters
    ----------
    store : Store
        Where to.
    batch : Batch
        Messages.
    now : datetime
        When they came.

    Returns
    -------
    Taken

    Raises
    ------
    EnvironmentFaultError
        If the store cannot be written; then nothing of the batch was stored.
    """
    readings: list[Reading] = []
    refusals: list[Refusal] = []
    quarantine: list[Refused] = []
    for number, parcel in enumerate(batch.parcels):
        try:
            readings += read_parcel(parcel, now)
        except InputError as error:
            refusals.append(Refusal(number, error.faults))
            why = error.faults[0].what
            quarantine.append(Refused(batch.channel, parcel.source, len(parcel.payload), why))
    stored = Readings(store).keep(readings, quarantine, now)
    return Taken(len(readings), stored, tuple(refusals))
