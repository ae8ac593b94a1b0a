"""The tables of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.store.tables import METADATA
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from sqlalchemy import Column

COLUMNS = [column for table in METADATA.sorted_tables for column in table.columns]


SENSITIVE = {"reading.value", "checkpoint.state", "alert.reason", "alert_event.note"}
"""What the store may hold of a person, who is not named beside it."""


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_what_it_could_reveal(column: Column[object]) -> None:
    """A new column must say what it is; what is not plain stands in the list above."""
    wanted = Sensitivity.SENSITIVE if str(column) in SENSITIVE else Sensitivity.PLAIN
    assert column.info["sensitivity"] is wanted
