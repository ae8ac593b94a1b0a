"""A synthetic city: made whole into a folder, and opened again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.dataset as ds

from salus.core.errors import Fault, InputError, Where
from salus.core.files import whole_folder
from salus.core.messages import say
from salus.core.progress import Progress, silent
from salus.data.synthetic.making import Shelves, break_ground, furnish, settle
from salus.data.synthetic.manifest import Manifest, describe, read_manifest
from salus.data.synthetic.operations import OPERATIONS
from salus.data.synthetic.truth import FOLDER, TRUTH
from salus.data.synthetic.writing import TableFiles
from salus.domain.records.catalogue import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from salus.data.synthetic.spec import CitySpec
    from salus.domain.records.table import StandardTable

KINDS = {"tables": TABLES, "operations": OPERATIONS}
"""The folders of tables that anybody may read, with what they hold."""


@dataclass(frozen=True, slots=True)
class CityFolder:
    """A city that was made.

    Parameters
    ----------
    path : Path
        The folder; it is also a region.
    manifest : Manifest
        What it was made from.
    """

    path: Path
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class City:
    """A city that is opened; its tables are read when they are asked for.

    Parameters
    ----------
    path : Path
        The folder; :func:`salus.data.region.reader.read_region` reads it as a region.
    manifest : Manifest
        What it was made from.
    """

    path: Path
    manifest: Manifest

    def table(self, name: str) -> ds.Dataset:
        """Open a standard table, such as ``encounter``, without reading its rows.

        Raises
        ------
        KeyError
            If there is no such table.
        """
        return _dataset(self.path, "tables", TABLES[name])

    def operation(self, name: str) -> ds.Dataset:
        """Open a table of the hospitals, such as ``queue``, without reading its rows.

        Raises
        ------
        KeyError
            If there is no such table.
        """
        return _dataset(self.path, "operations", OPERATIONS[name])


def make_city(
    spec: CitySpec, folder: Path, progress: Progress = silent, *, replace: bool = False
) -> CityFolder:
    """Make a city.

    The folder holds a region, ``tables`` with the standard tables, ``operations`` with those of
    the hospitals, and ``truth``, the sidecar. The same spec gives the same bytes.

    Parameters
    ----------
    spec : CitySpec
        How large, from which seed, until when.
    folder : Path
        The folder to make; it appears whole or not at all.
    progress : Progress
        Hears how far the work is.
    replace : bool
        Whether an existing folder may be replaced.

    Returns
    -------
    CityFolder

    Raises
    ------
    InputError
        If the folder exists and may not be replaced.
    EnvironmentFaultError
        If the disk is full or the place cannot be written.
    """
    with whole_folder(folder, replace=replace) as making:
        ground = break_ground(spec)
        with (
            TableFiles(making / "tables", tuple(TABLES.values())) as tables,
            TableFiles(making / "operations", tuple(OPERATIONS.values())) as operations,
            TableFiles(making / FOLDER, tuple(TRUTH.values())) as sidecar,
        ):
            shelves = Shelves(tables, operations, sidecar)
            for first, n in spec.chunks():
                doing = say("making {people:,.0f} people", people=float(spec.people))
                progress(doing, 0.95 * first / spec.people)
                settle(ground, shelves, first, n)
            progress(say("making hospitals and indicators"), 0.95)
            furnish(ground, shelves, making)
        manifest = describe(spec, making)
        manifest.write(making)
    return CityFolder(folder, manifest)


def read_city(folder: Path) -> City:
    """Open a city, or list everything that is wrong with its folder.

    Parameters
    ----------
    folder : Path
        Made by :func:`make_city`.

    Returns
    -------
    City

    Raises
    ------
    InputError
        With all faults at once: no manifest, another version, tables that are missing or
        unreadable, columns that are missing or of another type.
    """
    faults = [
        fault
        for kind, tables in KINDS.items()
        for table in tables.values()
        for fault in _damage(folder, kind, table)
    ]
    try:
        manifest = read_manifest(folder)
    except InputError as error:
        raise InputError(*error.faults, *faults) from None
    if faults:
        raise InputError(*faults)
    return City(folder, manifest)


def _dataset(folder: Path, kind: str, table: StandardTable) -> ds.Dataset:
    return ds.dataset(folder / kind / f"{table.name}.parquet", format="parquet")


def _damage(folder: Path, kind: str, table: StandardTable) -> Iterator[Fault]:
    source, again = f"{kind}/{table.name}.parquet", say("make the city again")
    try:
        found = _dataset(folder, kind, table).schema
    except FileNotFoundError:
        yield Fault(say("the table is missing"), Where(source), again)
        return
    except (OSError, pa.ArrowInvalid):
        yield Fault(say("the table cannot be read"), Where(source), again)
        return
    for field in table.schema():
        place = found.get_field_index(field.name)
        where = Where(source, column=field.name)
        if place < 0:
            yield Fault(say("the column is missing"), where, again)
        elif found.field(place).type != field.type:
            what = say("the column holds {found}", found=str(found.field(place).type))
            yield Fault(what, where, say("convert it to {wanted}", wanted=str(field.type)))
