"""Where a lake lies: a folder, or the address of an object store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.fs as pafs

from salus.core.errors import Fault, InputError, Where
from salus.core.messages import say
from salus.data.lake.lake import Lake

if TYPE_CHECKING:
    from salus.data.lake.keys import Keys


def open_lake(place: str, name: str, keys: Keys) -> Lake:
    """Open the lake of a source.

    Parameters
    ----------
    place : str
        A folder, or an address that Arrow knows, such as ``s3://bucket/salus`` or
        ``gs://bucket/salus``; access is taken from the environment, as Arrow does.
    name : str
        Name of the source; a folder within the place.
    keys : Keys
        Who keeps the keys.

    Returns
    -------
    Lake

    Raises
    ------
    InputError
        If it is no such place.

    Examples
    --------
    >>> import tempfile
    >>> from salus.trust.vault.folder import KeyFolder
    >>> home = Path(tempfile.mkdtemp())
    >>> open_lake(str(home / "lake"), "clinic", KeyFolder(home / "keys").vault()).tables()
    ()
    """
    try:
        where = place if "://" in place else str(Path(place).absolute())
        filesystem, root = pafs.FileSystem.from_uri(where)
    except (pa.ArrowException, OSError) as error:
        what, remedy = (
            say("no lake can lie here"),
            say("name a folder, or an address such as s3://…"),
        )
        raise InputError(Fault(what, Where("SALUS_LAKE"), remedy, place)) from error
    return Lake(filesystem, f"{root}/{name}", keys)
