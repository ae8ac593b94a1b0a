"""The loads of an installation."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from salus.data.store.load_tables import LOAD
from salus.data.store.moments import written
from salus.domain.load import Load

if TYPE_CHECKING:
    from salus.data.store.engine import Store


class Loads:
    """The loads of a store.

    Parameters
    ----------
    store : Store
        An open store.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import UTC
    >>> from pathlib import Path
    >>> from salus.data.store.engine import open_store
    >>> loads = Loads(open_store(Path(tempfile.mkdtemp())))
    >>> loads.keep(Load("clinic", "ab", datetime(2026, 1, 1, tzinfo=UTC), 1, 9, 10, 0))
    >>> loads.load("clinic").rows, loads.load("other")
    (10, None)
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self, name: str) -> Load | None:
        """Return the load of a name; ``None`` when there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(LOAD).where(LOAD.c.name == name)).mappings().first()
        if row is None:
            return None
        return Load(**{**row, "loaded_at": datetime.fromisoformat(row["loaded_at"])})

    def names(self) -> tuple[str, ...]:
        """Return the names of all loads, in order."""
        with self._store.reading() as connection:
            return tuple(connection.scalars(select(LOAD.c.name).order_by(LOAD.c.name)))

    def keep(self, load: Load) -> None:
        """Write a load down; one of the same name is forgotten."""
        with self._store.writing() as connection:
            connection.execute(delete(LOAD).where(LOAD.c.name == load.name))
            row = {**asdict(load), "loaded_at": written(load.loaded_at)}
            connection.execute(insert(LOAD).values(row))

    def forget(self, name: str) -> None:
        """Let a name be free again; nothing happens when it is."""
        with self._store.writing() as connection:
            connection.execute(delete(LOAD).where(LOAD.c.name == name))
