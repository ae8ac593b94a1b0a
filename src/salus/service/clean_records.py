"""Clean the records of the people of a region."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.data.quality.clean import Cleaned, clean
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from datetime import date

    from salus.service.context import Context
    from salus.service.records import Records


@dataclass(frozen=True, slots=True, eq=False)
class CleanedRecords:
    """Records after cleaning, and all that was found.

    Parameters
    ----------
    records : Records
        What the engines see.
    quality : Cleaned
        What broke a rule, what was done about it, and what is missing.
    """

    records: Records
    quality: Cleaned


@guarded(Permission.CLEAN_RECORDS, Kind.RECORDS, attrgetter("name"))
def clean_records(context: Context, records: Records, as_of: date | None = None) -> CleanedRecords:
    """Clean the records of the people of a region.

    Parameters
    ----------
    context : Context
        What is in use.
    records : Records
        As they were read; they are not altered.
    as_of : date, optional
        The day until which everything is known; without it no date lies in the future.

    Returns
    -------
    CleanedRecords

    Raises
    ------
    InputError
        With every column that is unknown, of another type, or lacks a required value.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    quality = clean(records.tables, as_of)
    return CleanedRecords(records.having(**quality.tables), quality)
