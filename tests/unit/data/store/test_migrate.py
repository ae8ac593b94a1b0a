"""Migrations and tables agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, inspect

from salus.data.store.engine import open_store
from salus.data.store.migrate import known_revisions, upgrade
from salus.data.store.schema import REVISION
from salus.data.store.tables import METADATA

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection


def test_the_migrations_make_exactly_the_tables_of_the_schema(tmp_path: Path) -> None:
    """Alembic finds nothing to add, drop or change."""
    options = {"compare_type": True, "compare_server_default": True}
    with open_store(tmp_path) as store, store.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_constraints_agree_too(tmp_path: Path) -> None:
    """Alembic does not compare checks and the names of keys, so they are compared here."""
    with open_store(tmp_path) as store, store.reading() as connection:
        made = _constraints(connection)
        with connection.begin_nested():
            METADATA.drop_all(connection)
            METADATA.create_all(connection)
            wanted = _constraints(connection)
        connection.rollback()
    assert made == wanted


def test_the_newest_revision_is_the_one_the_store_asks_for(tmp_path: Path) -> None:
    """Opening compares with this constant, so that it need not ask Alembic."""
    assert REVISION in known_revisions()
    with open_store(tmp_path) as store, store.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == REVISION


def test_bringing_up_what_is_up_changes_nothing(tmp_path: Path) -> None:
    """The second of two first starts comes here."""
    with open_store(tmp_path) as store:
        with store.writing() as connection:
            upgrade(connection)
        with store.reading() as connection:
            found = MetaData()
            found.reflect(connection)
    assert set(found.tables) == {*METADATA.tables, "alembic_version"}


def _constraints(connection: Connection) -> dict[str, list[object]]:
    seen = inspect(connection)
    return {
        table: [
            seen.get_pk_constraint(table),
            seen.get_unique_constraints(table),
            seen.get_foreign_keys(table),
            seen.get_check_constraints(table),
        ]
        for table in sorted(METADATA.tables)
    }
