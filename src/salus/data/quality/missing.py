"""What is missing in the columns that engines use, and what they do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from salus.core.messages import Message, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Missing:
    """How much of a column is missing.

    Parameters
    ----------
    table, column : str
        Which column.
    rows : int
        Rows of the table that could have a value.
    missing : int
        Rows that have none.
    remedy : Message
        What the engines do about it.
    """

    table: str
    column: str
    rows: int
    missing: int
    remedy: Message

    @property
    def share(self) -> float:
        """Share of the rows that have none, 0 to 1; 0 where there are no rows."""
        return self.missing / self.rows if self.rows else 0.0


REST = say("Linking looks at the rest.")
USED: tuple[tuple[str, str, Message], ...] = (
    (
        "patient",
        "birth_date",
        say("Advice goes by the rest, and so does linking."),
    ),
    ("patient", "sex", say("Advice goes by the rest, and so does linking.")),
    ("patient", "identifier", REST),
    ("patient", "phone", REST),
    ("patient", "address", REST),
    ("patient", "district_id", REST),
    ("encounter", "facility_id", say("Indicators count the contact for the region only.")),
    ("encounter", "ended_at", say("The contact counts as lasting.")),
    ("condition", "recorded_at", say("Advice does not see the condition.")),
    ("condition", "encounter_id", say("The condition is history and teaches no diagnosis.")),
    (
        "observation",
        "value",
        say("Models learn from its absence: a place below all values, or the median with a flag."),
    ),
    ("medication", "started_at", say("Advice does not see the medicine.")),
    ("allergy", "recorded_at", say("The guard holds the allergy to be known.")),
    ("procedure", "started_at", say("Indicators do not count the procedure.")),
    ("indicator_reading", "value", say("The gap stays a gap.")),
    ("device_reading", "value", say("The reading is not used.")),
)
"""The columns that engines use, and what each does where a value is missing."""


def missing_values(tables: Mapping[str, pa.Table]) -> tuple[Missing, ...]:
    """Count what is missing in the columns that engines use.

    An observation with a finding in words misses no number.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name; one that is not there is passed over.

    Returns
    -------
    tuple of Missing
        In the order of :data:`USED`.
    """
    return tuple(
        Missing(table, column, *_counted(tables[table], column), remedy)
        for table, column, remedy in USED
        if table in tables
    )


def _counted(table: pa.Table, column: str) -> tuple[int, int]:
    if column == "value" and "value_text" in table.column_names:
        words = pc.sum(pc.is_valid(table["value_text"])).as_py() or 0
        empty = pc.and_(pc.is_null(table["value"]), pc.is_null(table["value_text"]))
        return table.num_rows - words, pc.sum(empty).as_py() or 0
    return table.num_rows, table[column].null_count
