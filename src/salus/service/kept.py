"""The tables of a load in the lake of its name."""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from salus.core.errors import Fault, Faults, InputError, MismatchError, Where
from salus.core.files import disk_faults
from salus.core.messages import say
from salus.data.fhir.kinds.kinds import KINDS
from salus.domain.records.quarantine import QUARANTINE
from salus.domain.records.registration import REGISTRATION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

    from salus.data.lake.lake import Lake

PART = "load"
"""A table of a load is one part, so that a load that replaces another leaves nothing of it."""

OURS = tuple(dict.fromkeys(kind.table.name for kind in KINDS.values()))
"""The standard tables that FHIR fills."""

STANDING = (*OURS, QUARANTINE.name, REGISTRATION.name)
"""All the tables of a load."""


@contextmanager
def alone(home: Path, name: str) -> Iterator[None]:
    """Let nobody else on this machine load under a name meanwhile; a process that dies lets go.

    Parameters
    ----------
    home : Path
        The home folder.
    name : str
        Name of the load.

    Raises
    ------
    InputError
        If somebody is loading under this name now: tables of two exports would mix.
    """
    place = home / "loads" / f"{name}.lock"
    with disk_faults(place):
        place.parent.mkdir(parents=True, exist_ok=True)
        lock = place.open("wb")
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            what = say("another process is loading under this name")
            remedy = say("wait for it, or name another load")
            raise InputError(Fault(what, Where("--name"), remedy, name)) from None
        yield


def keep(lake: Lake, tables: Mapping[str, pa.Table]) -> None:
    """Write the tables of a load; each is encrypted, and whole or as it was before.

    Parameters
    ----------
    lake : Lake
        Of the name of the load.
    tables : mapping of str to pyarrow.Table
        By name, in their schemas.

    Raises
    ------
    EnvironmentFaultError
        If the place is full or cannot be written; what was written before counts for nothing, as
        the load stands in the store only when all of it is there.
    """
    for name, table in tables.items():
        lake.delete(name)  # a part that is damaged could not be replaced
        lake.write(name, table, PART)


def is_kept(lake: Lake) -> bool:
    """Tell whether every table of a load is there."""
    return set(STANDING) <= set(lake.tables())


def refuse_damaged(lake: Lake) -> None:
    """Raise unless every table of a load is as it was written, to the last byte.

    Parameters
    ----------
    lake : Lake
        Of the name of the load; each of its tables is there.

    Raises
    ------
    MismatchError
        Naming every part that is missing or was altered.
    """
    faults = Faults()
    for name in STANDING:
        try:
            lake.verify(name)
        except MismatchError as error:
            faults.extend(error.faults)
    faults.stop(MismatchError)


def kept(lake: Lake) -> dict[str, pa.Table]:
    """Read the standard tables of a load.

    Parameters
    ----------
    lake : Lake
        Of the name of the load.

    Returns
    -------
    dict of str to pyarrow.Table
        By name.

    Raises
    ------
    InputError
        If a table is not there, or was written with other keys.
    MismatchError
        If something was altered.
    """
    return {name: lake.read(name) for name in OURS}
