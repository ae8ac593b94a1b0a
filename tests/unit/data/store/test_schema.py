"""The tables of the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from salus.data.store.tables import METADATA
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from sqlalchemy import Column

COLUMNS = [column for table in METADATA.sorted_tables for column in table.columns]


@pytest.mark.parametrize("column", COLUMNS, ids=str)
def test_every_column_says_what_it_could_reveal(column: Column[object]) -> None:
    """The store holds nothing about a person today; a new column must say what it is."""
    assert column.info["sensitivity"] is Sensitivity.PLAIN
