"""What came of a load of records, to be shown to whoever asked for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from salus.domain.records.person import PATIENT
from salus.service.known import KNOWN_AT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    import pyarrow as pa

    from salus.data.fhir.reason import Omission, Reason
    from salus.data.fhir.units import Converted
    from salus.data.linkage.linkage import Linkage
    from salus.data.quality.clean import Cleaned
    from salus.data.terminology.codes import Mapped
    from salus.domain.load import Load


@dataclass(frozen=True, slots=True)
class Filled:
    """How much of a column is filled.

    Parameters
    ----------
    table, column : str
        Which column.
    rows, missing : int
        Rows of the table, and rows without a value.
    """

    table: str
    column: str
    rows: int
    missing: int

    @property
    def share(self) -> float:
        """Share of the rows that have a value, 0 to 1; 1 where there are no rows."""
        return 1 - self.missing / self.rows if self.rows else 1.0


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when a table tells.

    Parameters
    ----------
    table : str
        Which table.
    rows : int
        How many rows.
    first, last : date or None
        Its first and its last day; ``None`` where it has no dates.
    """

    table: str
    rows: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, eq=False)
class LoadReport:
    """What was read, set aside, converted, mended and joined; counts, and never a patient's value.

    Parameters
    ----------
    passed : int
        Files that are no export.
    read, other : mapping of str to int
        Resources by type, in all, and those that are none of our tables.
    omitted : mapping of (str, Omission) to int
        What a rule left out, by type.
    faults : mapping of (str, Reason, str) to int
        What is in quarantine, by type, reason and element.
    converted : tuple of Converted
        Units that were converted.
    spans : tuple of Span
        The tables.
    filled : tuple of Filled
        Their columns.
    mapped : tuple of Mapped
        How many of their codes our plans and rules can read.
    quality : Cleaned
        What broke a rule of cleaning.
    linkage : Linkage
        Who is registered more than once.
    made_up : int
        Registrations that are marked as made up.
    """

    passed: int
    read: Mapping[str, int]
    other: Mapping[str, int]
    omitted: Mapping[tuple[str, Omission], int]
    faults: Mapping[tuple[str, Reason, str], int]
    converted: tuple[Converted, ...]
    spans: tuple[Span, ...]
    filled: tuple[Filled, ...]
    mapped: tuple[Mapped, ...]
    quality: Cleaned
    linkage: Linkage
    made_up: int

    @property
    def registered(self) -> int:
        """How many registrations were read."""
        return sum(each.rows for each in self.spans if each.table == PATIENT.name)

    @property
    def synthetic(self) -> bool:
        """Tell whether everybody in them was made up; one real person makes them real."""
        return 0 < self.made_up == self.registered


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """A load that is kept.

    Parameters
    ----------
    load : Load
        What stands in the store.
    report : LoadReport or None
        What came of it; ``None`` where the same export was loaded before, and nothing was done.
    """

    load: Load
    report: LoadReport | None


def spans(tables: Mapping[str, pa.Table], cleaned: Mapping[str, pa.Table]) -> tuple[Span, ...]:
    """Tell from when until when each table tells.

    Parameters
    ----------
    tables : mapping of str to pyarrow.Table
        Standard tables by name, as they were read.
    cleaned : mapping of str to pyarrow.Table
        The same after cleaning, which leaves out days that cannot be.

    Returns
    -------
    tuple of Span
        In their order.
    """
    return tuple(
        Span(name, table.num_rows, *_ends(cleaned[name], KNOWN_AT.get(name)))
        for name, table in tables.items()
    )


def filled(tables: Mapping[str, pa.Table]) -> Iterator[Filled]:
    """Count, column by column, where a value is missing; tables without rows are passed over."""
    for name, table in tables.items():
        if table.num_rows:
            for column in table.column_names:
                yield Filled(name, column, table.num_rows, table[column].null_count)


def _ends(table: pa.Table, column: str | None) -> tuple[date | None, date | None]:
    if column is None or table[column].null_count == table.num_rows:
        return None, None
    ends = pc.min_max(table[column]).as_py()
    return ends["min"].date(), ends["max"].date()
