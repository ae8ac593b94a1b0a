"""Join the registrations that are of one person."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from salus.data.linkage.golden import golden, under_golden
from salus.data.linkage.linkage import Linkage, link
from salus.service.guarded import guarded
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from salus.data.linkage.params import LinkParams
    from salus.service.context import Context
    from salus.service.records import Records


@dataclass(frozen=True, slots=True, eq=False)
class LinkedRecords:
    """Records with one key for each person.

    Parameters
    ----------
    records : Records
        One row for each person in the register; every other row under the key of its person.
    linkage : Linkage
        Which registrations were joined, and why.
    """

    records: Records
    linkage: Linkage


@guarded(Permission.LINK_RECORDS, Kind.RECORDS, attrgetter("name"))
def link_records(
    context: Context, records: Records, params: LinkParams | None = None
) -> LinkedRecords:
    """Join the registrations that are of one person, and with them their histories.

    Parameters
    ----------
    context : Context
        What is in use.
    records : Records
        After cleaning; they are not altered, so that leaving the linkage out undoes it.
    params : LinkParams, optional
        Thresholds, sample and seed.

    Returns
    -------
    LinkedRecords

    Raises
    ------
    InputError
        If a patient id stands in several rows of the register.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    linkage = link(records.tables["patient"], params)
    tables = {name: under_golden(table, linkage) for name, table in records.tables.items()}
    tables["patient"] = golden(records.tables["patient"], linkage)
    queue = under_golden(records.queue, linkage)
    wards = {name: under_golden(table, linkage) for name, table in records.wards.items()}
    return LinkedRecords(replace(records, tables=tables, queue=queue, wards=wards), linkage)
