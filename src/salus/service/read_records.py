"""Read the records of the people of a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from salus.data.region.folder import region_name
from salus.data.synthetic.city import read_city
from salus.domain.records.catalogue import TABLES
from salus.service.guarded import guarded
from salus.service.records import Records
from salus.trust.permission import Kind, Permission

if TYPE_CHECKING:
    from pathlib import Path

    from salus.service.context import Context


@guarded(Permission.READ_RECORDS, Kind.RECORDS, region_name)
def read_records(context: Context, folder: Path) -> Records:
    """Read the records of the people of a region.

    Parameters
    ----------
    context : Context
        What is in use.
    folder : Path
        Of a city, as :func:`salus.data.synthetic.city.make_city` makes it.

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
    tables = {name: city.table(name).to_table() for name in TABLES}
    return Records(region_name(folder), tables, city.operation("queue").to_table())
