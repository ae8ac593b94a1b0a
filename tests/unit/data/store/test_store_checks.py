"""The check of stores finds a store that breaks its promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from salus.core.errors import DefectError
from salus.data.store.checks import check_store
from salus.data.store.engine import Store, open_store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_store_that_forgets_is_found() -> None:
    """A store that loses its audit whenever it is opened is named for that."""

    def forgetful(home: Path) -> Store:
        store = open_store(home)
        with store.writing() as connection:
            connection.execute(text("DELETE FROM audit"))
            connection.execute(text("UPDATE audit_head SET sequence = 0"))
        return store

    with pytest.raises(DefectError, match="entries stay, in their order") as caught:
        check_store(forgetful)
    assert len(caught.value.faults) == 1
