"""Where the tables of a load lie: whole, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from salus.core.errors import Fault, InputError, Where
from salus.core.files import whole_folder
from salus.core.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa


def place_of(home: Path, name: str) -> Path:
    """Return the folder of a load."""
    return home / "lake" / name


def keep(place: Path, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of a load; whatever lay there before is replaced.

    Parameters
    ----------
    place : Path
        What :func:`place_of` returned.
    tables : mapping of str to pyarrow.Table
        By name.

    Raises
    ------
    EnvironmentFaultError
        If the disk is full or the place cannot be written; then nothing is kept.
    """
    with whole_folder(place, replace=True) as folder:
        for name, table in tables.items():
            pq.write_table(table, folder / f"{name}.parquet")


def kept(place: Path, names: Iterable[str]) -> dict[str, pa.Table]:
    """Read tables of a load.

    Parameters
    ----------
    place : Path
        What :func:`place_of` returned.
    names : iterable of str
        Which tables.

    Returns
    -------
    dict of str to pyarrow.Table

    Raises
    ------
    InputError
        If a table is missing or cannot be read.
    """
    try:
        return {name: pq.read_table(place / f"{name}.parquet") for name in names}
    except (OSError, ValueError):  # what Arrow raises is a ValueError
        what, remedy = say("the kept tables cannot be read"), say("load the export again")
        raise InputError(Fault(what, Where(str(place)), remedy)) from None
