"""Where Alembic starts: run the migrations on the connection that was handed over."""

from __future__ import annotations

from alembic import context

from salus.data.store.tables import METADATA

# Alembic loads this file under this name; any other import (a doctest run) does nothing.
if __name__ == "env_py":
    context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
    context.run_migrations()
