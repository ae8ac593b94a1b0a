"""Read the records of the people of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from salus.core.canonical import digest_file
from salus.core.errors import Faults, Where
from salus.core.messages import Message, say
from salus.data.region.folder import region_name
from salus.data.region.region import Source
from salus.data.synthetic.city import KINDS, read_city
from salus.data.synthetic.manifest import FILE
from salus.data.synthetic.operations import QUEUE
from salus.domain.records.catalogue import TABLES
from salus.service.guarded import guarded
from salus.service.known import KNOWN_AT, known_until
from salus.service.records import Records
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from salus.data.synthetic.city import City
    from salus.service.context import Context

OF_WARDS = ("ward", "room", "theatre", "surgeon", "nurse", "roster", "surgery_list")
NAMED = 5
"""Changed files that are named, at most."""


def has_records(folder: Path) -> bool:
    """Tell whether a region comes with records of its people, whole or damaged."""
    return any((folder / name).exists() for name in (FILE, "tables", "operations"))


@guarded(Permission.READ_RECORDS, Kind.RECORDS, region_name)
def read_records(context: Context, folder: Path, as_of: date) -> Records:
    """Read the records of the people of a region, as they were known on a day.

    Parameters
    ----------
    context : Context
        What is in use.
    folder : Path
        Of a city, as :func:`salus.data.synthetic.city.make_city` makes it.
    as_of : date
        Nothing that became known later is kept.

    Returns
    -------
    Records

    Raises
    ------
    InputError
        With every fault of the folder: a table that is missing or cannot be read, a column that
        is missing or of another type.
    ForbiddenError
        If the policy does not permit it.
    """
    del context  # the gate has used it
    city = read_city(folder)
    tables = _rows(city)
    sources = (_manifest(folder), *_sources(city, tables))
    known = known_until(tables, as_of)
    notes = tuple(_changed(city, sources))
    queue = known.pop(QUEUE.name)
    wards = {name: known.pop(name) for name in OF_WARDS}
    name = region_name(folder)
    return Records(name, as_of, known, queue, sources, notes, made_up=True, wards=wards)


def _rows(city: City) -> dict[str, pa.Table]:
    opened = {name: ("tables", city.table(name)) for name in TABLES}
    opened |= {name: ("operations", city.operation(name)) for name in (QUEUE.name, *OF_WARDS)}
    faults, read = Faults(), {}
    for name, (kind, dataset) in opened.items():
        try:
            read[name] = dataset.to_table()
        except (OSError, pa.ArrowInvalid):  # its head was whole, but its rows are not
            where = Where(f"{kind}/{name}.parquet")
            faults.add(say("the table cannot be read"), where, say("make the city again"))
    faults.stop()
    return read


def _manifest(folder: Path) -> Source:
    return Source(FILE, digest_file(folder / FILE), 1, (), folder / FILE)


def _sources(city: City, read: Mapping[str, pa.Table]) -> Iterator[Source]:
    # The city is the whole folder: a replay needs also the tables of which nothing is used today.
    for kind, names in KINDS.items():
        for name in names:
            file = f"{kind}/{name}.parquet"
            table = read.get(name)
            rows = city.operation(name).count_rows() if table is None else table.num_rows
            path = city.path / file
            yield Source(file, digest_file(path), rows, _days(table, name), path)


def _days(table: pa.Table | None, name: str) -> tuple[date, ...]:
    if table is None or name not in KNOWN_AT:
        return ()
    days = pc.unique(pc.cast(pc.drop_null(table[KNOWN_AT[name]]), pa.date32(), safe=False))
    return tuple(sorted(days.to_pylist()))


def _changed(city: City, sources: Sequence[Source]) -> Iterator[Message]:
    made = city.manifest.digests
    changed = tuple(s.file for s in sources if made.get(s.file, s.sha256) != s.sha256)
    if changed:
        yield say(
            "Files that were changed since the city was made, and are used as they are now: "
            "{files} ({count} in all).",
            files=changed[:NAMED],
            count=len(changed),
        )
