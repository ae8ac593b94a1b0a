"""Whose history is looked at, and as it was known when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from salus.core.checks import named
from salus.core.errors import Faults, Where
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

SCHEMA = pa.schema(
    [
        pa.field("patient_id", pa.string(), nullable=False),
        pa.field("at", pa.timestamp("us", "UTC"), nullable=False),
    ]
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A person at a point in time.

    Parameters
    ----------
    patient_id : str
        Keyed pseudonym, as in the standard tables.
    at : datetime
        With a time zone; what became known later is not seen.

    Raises
    ------
    ValueError
        If the pseudonym is empty or the time has no zone.
    """

    patient_id: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse a moment that names nobody, or no point in time."""
        named("patient_id", self.patient_id)
        if self.at.tzinfo is None:
            message = "at must have a time zone, but has none"
            raise ValueError(message)


def moment_table(moments: pa.Table | Sequence[Moment]) -> pa.Table:
    """Take moments as a table, one row each, in their order.

    Parameters
    ----------
    moments : pyarrow.Table or sequence of Moment
        A table has the columns ``patient_id`` and ``at``; others are dropped.

    Returns
    -------
    pyarrow.Table
        With the columns ``patient_id`` (text) and ``at`` (microseconds, UTC).

    Raises
    ------
    KeyError
        If a column is missing.
    InputError
        If a value is missing or of another type.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> moment_table([Moment("p1", datetime(2026, 1, 1, tzinfo=UTC))]).num_rows
    1
    """
    if not isinstance(moments, pa.Table):
        rows = [{"patient_id": each.patient_id, "at": each.at} for each in moments]
        return pa.Table.from_pylist(rows, SCHEMA)
    chosen = moments.select(SCHEMA.names)
    faults = Faults()
    for field in SCHEMA:
        _judge(chosen[field.name], field, faults)
    faults.stop()
    return chosen.cast(SCHEMA)


def _judge(column: pa.ChunkedArray, field: pa.Field, faults: Faults) -> None:
    where = Where(say("moments"), column=field.name)
    if column.null_count:
        what = say("{count} rows have no value", count=column.null_count)
        faults.add(what, where, say("fill the column, or leave these rows out"))
    if column.type.id != field.type.id:
        what = say("the column holds {found}", found=str(column.type))
        faults.add(what, where, say("convert it to {wanted}", wanted=str(field.type)))
