"""Opening the store: quick, safe for two, and clear about what it cannot open."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from salus.core.errors import EnvironmentFaultError
from salus.data.store.engine import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from salus.data.store.engine import Store

OPEN_AT_ONCE = """
import sys, time
from pathlib import Path
from salus.data.store import engine, migrate
home, gate = Path(sys.argv[1]), Path(sys.argv[2])
print("ready", flush=True)
while not gate.exists():
    time.sleep(0.001)
engine.open_store(home).close()
"""
WARM = """
import sys
from pathlib import Path
from salus.data.store.engine import open_store
open_store(Path(sys.argv[1])).close()
heavy = {"alembic", "pyarrow", "cedarpy"} & set(sys.modules)
assert not heavy, heavy
"""


def test_the_home_is_for_its_owner_only(tmp_path: Path) -> None:
    """Nobody else on the machine reads the store."""
    home = tmp_path / "a" / "home"
    open_store(home).close()
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


def test_the_database_is_for_its_owner_only(tmp_path: Path) -> None:
    """A home that was there before, and is open to others, gives nothing away."""
    tmp_path.chmod(0o755)
    with open_store(tmp_path) as store, store.reading() as connection:
        connection.execute(text("SELECT * FROM run"))
        modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("salus.db*")}
    assert modes == {0o600}


def test_the_database_is_set_up_for_safety(tmp_path: Path) -> None:
    """Writers do not hold up readers, references hold, and a commit is on disk."""
    with open_store(tmp_path) as store, store.reading() as connection:
        found = [
            connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
        ]
    assert found == ["wal", 1, 2, 30000]


def test_a_reader_sees_one_state_while_another_writes(tmp_path: Path) -> None:
    """A view does not change under its reader, and does not hold up the writer."""
    count = text("SELECT count(*) FROM run")
    add = text("INSERT INTO run (command, region, started) VALUES ('run', 'florida', 'now')")
    with open_store(tmp_path) as store, store.reading() as reader:
        before = reader.scalar(count)
        with store.writing() as writer:
            writer.execute(add)
        assert (before, reader.scalar(count)) == (0, 0)


def test_what_fails_is_not_written(tmp_path: Path) -> None:
    """An error within the transaction takes everything back."""
    add = text("INSERT INTO run (command, region, started) VALUES ('run', 'florida', 'now')")
    with open_store(tmp_path) as store:
        with pytest.raises(DatabaseError), store.writing() as connection:
            [connection.execute(statement) for statement in (add, text("nonsense"))]
        with store.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM run")) == 0


def test_a_warm_start_needs_no_migration_tool(tmp_path: Path) -> None:
    """A store at the newest revision opens without loading anything slow."""
    open_store(tmp_path).close()
    subprocess.run([sys.executable, "-c", WARM, str(tmp_path)], check=True)


def test_two_first_starts_at_the_same_moment_both_succeed(tmp_path: Path) -> None:
    """One makes the tables, the other waits for it."""
    home, gate = tmp_path / "home", tmp_path / "gate"
    command = [sys.executable, "-c", OPEN_AT_ONCE, str(home), str(gate)]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    for process in started:
        assert process.stdout is not None
        process.stdout.readline()
    gate.touch()
    ends = [(process.communicate()[1], process.returncode) for process in started]
    assert ends == [("", 0)] * 3


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """An older program does not touch what a newer one wrote."""
    open_store(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "salus.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentFaultError, match=r"newer version of Salus \(found 9999\)"):
        open_store(tmp_path)


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    """Nothing is added to a database that is not ours."""
    with closing(sqlite3.connect(tmp_path / "salus.db")) as database, database:
        database.execute("CREATE TABLE recipe (name TEXT)")
    with pytest.raises(EnvironmentFaultError, match="a database of another program"):
        open_store(tmp_path)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """A note under the name of the database is not overwritten."""
    (tmp_path / "salus.db").write_text("a note, and quite a long one" * 40, encoding="utf-8")
    with pytest.raises(EnvironmentFaultError, match="not a database, or is damaged"):
        open_store(tmp_path)
    assert (tmp_path / "salus.db").read_text(encoding="utf-8").startswith("a note")


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """The advice names the option that chooses the home."""
    home = tmp_path / "home"
    home.touch()
    with pytest.raises(EnvironmentFaultError, match="name a folder with --home"):
        open_store(home)
    with pytest.raises(EnvironmentFaultError, match=r"this place cannot be written.*--home"):
        open_store(home / "below")


def test_a_home_that_may_not_be_made_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the operating system refuses is advice, also when it is not about SQLite."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.mkdir", refuse)
    with pytest.raises(EnvironmentFaultError, match="this place cannot be written"):
        open_store(tmp_path / "home")


def test_a_database_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    """A folder in the place of the database is advice, not a traceback."""
    (tmp_path / "salus.db").mkdir()
    with pytest.raises(EnvironmentFaultError, match="the store cannot be written"):
        open_store(tmp_path)


def test_a_full_disk_is_named_and_takes_everything_back(tmp_path: Path) -> None:
    """SQLite's own limit stands for the disk."""
    with open_store(tmp_path) as store:
        with pytest.raises(EnvironmentFaultError, match="the disk is full"):
            _fill(store)
        with store.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM run")) == 0


def test_a_store_that_another_process_holds_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Waiting ends, and the advice says for whom."""
    monkeypatch.setattr("salus.data.store.engine.WAIT_SECONDS", 0.01)
    with (
        open_store(tmp_path) as one,
        open_store(tmp_path) as two,
        one.writing(),
        pytest.raises(EnvironmentFaultError, match="another process holds the store"),
        two.writing(),
    ):
        pass


def test_a_mistake_of_ours_stays_a_mistake_of_ours(tmp_path: Path) -> None:
    """Only what lies with the disk or the file is called the environment's."""
    with (
        open_store(tmp_path) as store,
        pytest.raises(DatabaseError, match="no such table"),
        store.reading() as connection,
    ):
        connection.execute(text("SELECT * FROM absent"))


def test_what_is_appended_is_on_the_disk_before_it_is_acted_on(tmp_path: Path) -> None:
    """The log is written ahead, and each commit waits for the disk: the gate promises it."""
    with open_store(tmp_path) as store, store.appending() as driver:
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert driver.execute("PRAGMA synchronous").fetchone() == (2,)
        assert driver.in_transaction


def test_an_error_takes_back_what_was_appended(tmp_path: Path) -> None:
    """All of it or nothing, and the next writer finds the store free."""
    with open_store(tmp_path) as store:
        with pytest.raises(KeyboardInterrupt):
            _append(store, "x", KeyboardInterrupt())
        _append(store, "x")
        with store.reading() as connection:
            assert connection.scalar(text("SELECT count(*) FROM run")) == 1


def test_what_the_driver_refuses_is_advice_as_well(tmp_path: Path) -> None:
    """A full disk is named whichever way the store is written."""
    with (
        open_store(tmp_path) as store,
        pytest.raises(EnvironmentFaultError, match="the disk is full"),
    ):
        _append(store, "x" * 1_000_000)


def _append(store: Store, command: str, error: BaseException | None = None) -> None:
    with store.appending() as driver:
        driver.execute("PRAGMA max_page_count = 1")
        add = "INSERT INTO run (command, region, started) VALUES (?, 'x', 'now')"
        driver.execute(add, (command,))
        if error:
            raise error


def _fill(store: Store) -> None:
    with store.writing() as connection:
        connection.execute(text("PRAGMA max_page_count = 1"))
        add = text("INSERT INTO run (command, region, started) VALUES (:big, 'x', 'now')")
        connection.execute(add, {"big": "x" * 1_000_000})
