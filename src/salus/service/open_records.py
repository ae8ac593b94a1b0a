"""Open records that were loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import Message, say
from salus.data.region.region import Source
from salus.data.store.loads import Loads
from salus.data.synthetic.operations import QUEUE
from salus.data.terminology.codes import in_our_codes
from salus.domain.records.catalogue import TABLES
from salus.service.guarded import guarded, itself
from salus.service.kept import kept
from salus.service.known import KNOWN_AT, known_until
from salus.service.records import Records
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from salus.data.terminology.codes import Mapped
    from salus.service.context import Context


@guarded(Permission.OPEN_RECORDS, Kind.RECORDS, itself)
def open_records(context: Context, name: str, as_of: date | None = None) -> Records:
    """Open records that were loaded, as they were known on a day.

    Codes of medicines, allergies and diagnoses are put into the terms of our plans and rules where
    a published map knows them; how many none knows is among the notes. Tables that FHIR does not
    fill, such as beds and devices, have no rows. Whoever sees into some districts only is given the
    patients who live there, and nobody whose district is not known.

    Parameters
    ----------
    context : Context
        What is in use.
    name : str
        What the load is called.
    as_of : date, optional
        Nothing that became known later is kept; the latest day of the records that is not ahead of
        today, when not given.

    Returns
    -------
    Records
        As :func:`salus.service.read_records.read_records` gives those of a city: to be cleaned,
        linked and used by every engine alike.

    Raises
    ------
    InputError
        If there is no such load, or its tables cannot be read.
    ForbiddenError
        If the policy does not permit it.
    """
    load = Loads(context.store).load(name)
    if load is None:
        what, remedy = (
            say("nothing was loaded under this name"),
            say("load it with: salus data load"),
        )
        raise InputError(Fault(what, Where(say("the loads")), remedy, name))
    found = kept(context.lake(name))
    tables = {each: TABLES[each].schema().empty_table() for each in TABLES}
    tables |= {each: TABLES[each].take(table) for each, table in found.items()}
    tables = _within(tables, context.principal.districts)
    days = _days(tables)
    today = context.clock.now().date()
    day = as_of or max((each for each in days if each <= today), default=today)
    translated, mapped = in_our_codes(known_until(tables, day))
    place = context.settings.home / "lake" / name
    source = Source(f"lake/{name}", load.digest, load.rows, days, place)
    queue = QUEUE.schema().empty_table()
    return Records(name, day, translated, queue, (source,), tuple(_notes(mapped)))


def _within(
    tables: Mapping[str, pa.Table], districts: frozenset[str] | None
) -> dict[str, pa.Table]:
    # A patient whose district nobody knows is one of another district, as at the gate.
    if districts is None:
        return dict(tables)
    people = tables["patient"]
    there = pc.is_in(people["district_id"], value_set=pa.array(sorted(districts), pa.string()))
    seen = people["patient_id"].filter(there).combine_chunks()
    return {
        name: table.filter(pc.is_in(table["patient_id"], value_set=seen))
        if "patient_id" in table.column_names
        else table
        for name, table in tables.items()
    }


def _days(tables: Mapping[str, pa.Table]) -> tuple[date, ...]:
    columns = [
        pc.cast(pc.drop_null(tables[name][column]), pa.date32(), safe=False)
        for name, column in KNOWN_AT.items()
        if name in tables
    ]
    chunks = [chunk for column in columns for chunk in column.chunks]
    return tuple(sorted(pc.unique(pa.chunked_array(chunks, pa.date32())).to_pylist()))


def _notes(mapped: Sequence[Mapped]) -> Iterator[Message]:
    for each in mapped:
        if each.foreign:
            yield say(
                "Of {rows:,} codes of the table {table} {foreign:,} are in no map of ours: plans "
                "and rules cannot read them.",
                rows=each.rows,
                table=each.table,
                foreign=each.foreign,
            )
