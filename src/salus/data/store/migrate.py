"""Bring a store to the newest revision; the only place that needs Alembic.

A new migration is a file in ``migrations/versions`` that names the one before it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

if TYPE_CHECKING:
    from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def known_revisions() -> frozenset[str]:
    """Name all revisions this version of Salus knows.

    Examples
    --------
    >>> "0001" in known_revisions()
    True
    """
    scripts = ScriptDirectory.from_config(_config())
    return frozenset(script.revision for script in scripts.walk_revisions())


def upgrade(connection: Connection) -> None:
    """Bring the store to the newest revision, within the transaction that is open.

    Parameters
    ----------
    connection : sqlalchemy.Connection
        In a transaction that holds the write lock; the caller commits.
    """
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _config() -> Config:
    config = Config()
    # A percent sign in a path would be read as the start of a variable.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config
