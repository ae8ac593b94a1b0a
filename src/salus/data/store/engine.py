"""Open the store under the home folder: a SQLite database, brought to the newest revision."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NoReturn, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL

from salus.core.errors import EnvironmentFaultError, Fault, Faults, Where
from salus.core.files import disk_faults
from salus.core.messages import Message, say
from salus.data.store.faults import database_faults
from salus.data.store.schema import REVISION
from salus.data.store.tables import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.pool import PoolProxiedConnection

DATABASE = "salus.db"
WAIT_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Parameters
    ----------
    home : Path
        Folder that holds the database and the objects of the ledger.
    engine : sqlalchemy.Engine
        The database, at the newest revision.
    turns : threading.RLock
        Threads of one process that write wait here for their turn: SQLite itself lets who waits
        sleep longer and longer, so that under many readers some would wait ten times as long.
    """

    home: Path
    engine: Engine
    turns: threading.RLock = field(default_factory=threading.RLock, repr=False, compare=False)

    @property
    def database(self) -> Path:
        """Return the file of the database."""
        return self.home / DATABASE

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read in one consistent view, without holding up anybody.

        Raises
        ------
        EnvironmentFaultError
            If the database cannot be read.
        """
        with database_faults(self.database), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write in one transaction that holds the write lock from its first moment.

        Raises
        ------
        EnvironmentFaultError
            If the database cannot be written, or stays locked for half a minute.
        """
        with self.turns, database_faults(self.database), self.engine.connect() as connection:
            connection.execution_options(locked=True)
            with connection.begin():
                yield connection

    @contextmanager
    def appending(self) -> Iterator[sqlite3.Connection]:
        """Write in one transaction as :meth:`writing` does, by the driver itself.

        For the few statements of the gate, which every use case waits for: SQLAlchemy would take
        longer to prepare them than SQLite to write them to the disk.

        Raises
        ------
        EnvironmentFaultError
            As :meth:`writing` does.
        """
        raw = self.engine.raw_connection
        with self.turns, database_faults(self.database), closing(raw()) as pooled:
            driver = driver_of(pooled)
            driver.execute("BEGIN IMMEDIATE")
            try:
                yield driver
            except BaseException:
                driver.rollback()
                raise
            driver.commit()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let go of the database."""
        self.close()


def open_store(home: Path) -> Store:
    """Open the store of a home folder; make both when they are not there.

    Two processes may do this at the same time; the second one waits for the first.

    Parameters
    ----------
    home : Path
        Folder of the store, made with access for its owner only.

    Returns
    -------
    Store

    Raises
    ------
    EnvironmentFaultError
        If the folder cannot be written, the disk is full, the database is not one of this
        version of Salus, or tables or columns of it are gone.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> with open_store(Path(tempfile.mkdtemp()) / "home") as store:
    ...     store.database.name
    'salus.db'
    """
    _make_home(home)
    store = Store(home, _engine(home / DATABASE))
    try:
        _bring_up(store)
    except BaseException:
        store.close()
        raise
    return store


def driver_of(pooled: PoolProxiedConnection) -> sqlite3.Connection:
    """Return SQLite's own connection, within the transaction that is open on it.

    Raises
    ------
    TypeError
        If the store is not SQLite's.
    """
    driver: object = pooled.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        message = f"the store must be of SQLite, but its driver is {type(driver).__name__}"
        raise TypeError(message)
    return driver


def _make_home(home: Path) -> None:
    if home.exists() and not home.is_dir():
        what, remedy = say("the home is a file, not a folder"), say("name a folder with --home")
        raise EnvironmentFaultError(Fault(what, Where(str(home)), remedy))
    with disk_faults(home, say("name a folder you may write with --home")):
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        # SQLite would let others read a database that it makes in a home that was there before.
        (home / DATABASE).touch(mode=0o600)


def _engine(path: Path) -> Engine:
    url = URL.create("sqlite", database=str(path))
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # Otherwise the driver opens transactions by itself, and never an IMMEDIATE one.
    connection.isolation_level = None
    # A text that somebody spoilt is read all the same, so that it can be named as altered.
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    locked = connection.get_execution_options().get("locked", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if locked else "BEGIN")


def _bring_up(store: Store) -> None:
    with store.reading() as connection:
        if _revision(connection) == REVISION:
            _refuse_incomplete(store, connection)
            return
    # Only here, because Alembic takes longer to import than all else takes to open.
    from salus.data.store import migrate  # noqa: PLC0415 - see above

    with store.writing() as connection:
        # Read again under the lock: another process may have been first.
        found = _revision(connection)
        if found is None and inspect(connection).get_table_names():
            remedy = say("name another folder with --home")
            _refuse(store, say("this is a database of another program"), remedy)
        if found is not None and found not in migrate.known_revisions():
            remedy = say("install that version, or name another folder with --home")
            what = say("the store was written by a newer version of Salus")
            _refuse(store, what, remedy, found)
        migrate.upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.scalar(text("SELECT version_num FROM alembic_version"))


def _refuse_incomplete(store: Store, connection: Connection) -> None:
    found = inspect(connection).get_multi_columns()
    faults = Faults()
    for table in METADATA.sorted_tables:
        there = {column["name"] for column in found.get((None, table.name), ())}
        for name in [column.name for column in table.columns if column.name not in there]:
            what = say(
                "the store is damaged: {table} lacks {column}", table=table.name, column=name
            )
            remedy = say("put a copy back in its place, or name another folder with --home")
            faults.add(what, Where(str(store.database)), remedy)
    faults.stop(EnvironmentFaultError)


def _refuse(store: Store, what: Message, remedy: Message, found: str | None = None) -> NoReturn:
    raise EnvironmentFaultError(Fault(what, Where(str(store.database)), remedy, found))
