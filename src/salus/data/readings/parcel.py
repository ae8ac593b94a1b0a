"""A message of a device, read whole or refused whole, with all its faults at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from salus.core.checks import within
from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.data.readings.fields import reading_of

if TYPE_CHECKING:
    from datetime import datetime

    from salus.domain.reading import Reading

MOST_BYTES = 1_000_000
MOST_READINGS = 1_000
"""Of one message."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message: a reading or a list of readings, in JSON.

    Parameters
    ----------
    payload : bytes
        As it was sent.
    source : str or None
        The device, where the way it came names it (a topic does); ``None`` where each reading must
        say it.
    problem : Message or None
        What was wrong with the message before anybody read it, such as its topic.
    """

    payload: bytes
    source: str | None = None
    problem: Message | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Messages that are stored together.

    Parameters
    ----------
    parcels : tuple of Parcel
        In the order they came.
    channel : str
        How: ``mqtt`` or ``http``.

    Raises
    ------
    ValueError
        If there are none.
    """

    parcels: tuple[Parcel, ...]
    channel: str = "http"

    def __post_init__(self) -> None:
        """Refuse a batch of nothing."""
        within("parcels", len(self.parcels), 1)


def read_parcel(parcel: Parcel, now: datetime) -> tuple[Reading, ...]:
    """Read a message.

    Parameters
    ----------
    parcel : Parcel
        One reading or a list of them.
    now : datetime
        What our clock says, against which that of the device is held.

    Returns
    -------
    tuple of Reading
        Values in the usual unit of their quantity.

    Raises
    ------
    InputError
        With every fault of every reading, each with the number of the reading and the field, and
        never a value.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> read_parcel(Parcel(b'{"value": true}', "m-1"), datetime(2026, 6, 27, tzinfo=UTC))
    Traceback (most recent call last):
    salus.core.errors.InputError: reading, row 1, column sequence: the field is missing; ...
    """
    faults = Faults()
    rows = _rows(parcel, faults)
    faults.stop()
    readings = [
        reading_of(row, parcel.source, now, number, faults)
        for number, row in enumerate(rows, start=1)
    ]
    faults.stop()
    return tuple(reading for reading in readings if reading is not None)


def _rows(parcel: Parcel, faults: Faults) -> list[object]:
    where, remedy = Where(say("reading")), say("send JSON: one reading, or a list of readings")
    if parcel.problem is not None:
        faults.add(parcel.problem, Where(say("topic")), say("publish to {topic}", topic=TOPIC))
        return []
    if len(parcel.payload) > MOST_BYTES:
        less = say("send at most {most:,} bytes at a time", most=MOST_BYTES)
        faults.add(say("the message is too large"), where, less, len(parcel.payload))
        return []
    try:
        document = json.loads(parcel.payload)
    except (ValueError, RecursionError):
        # What the parser says would repeat what was sent.
        faults.add(say("the message is no JSON"), where, remedy)
        return []
    rows = document if isinstance(document, list) else [document]
    if not rows:
        faults.add(say("the message holds no reading"), where, remedy)
    if len(rows) > MOST_READINGS:
        less = say("send at most {most:,} readings at a time", most=MOST_READINGS)
        faults.add(say("the message holds too many readings"), where, less, len(rows))
        return []
    return rows


TOPIC = "salus/v1/readings/<source>"
