"""The records of the columns, and the sentences of the rules."""

from __future__ import annotations

import pytest

from salus.core.sheets.column import Kind, Table
from salus.data.region.columns import TABLES
from salus.data.region.repairs import RULES, Rule


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_a_header_means_one_column(table: Table) -> None:
    """No two columns of a table share a name or an alias."""
    headers = [name for column in table.columns for name in (column.name, *column.aliases)]
    assert len(headers) == len(set(headers))


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.file)
def test_keys_and_references_are_columns(table: Table) -> None:
    """A key is made of columns of the table, and a reference names a file of the region."""
    for name in table.key:
        assert table.column(name).kind in {Kind.TEXT, Kind.DATE}
    files = {other.file for other in TABLES}
    assert {column.refers for column in table.columns} <= files | {""}


def test_an_unknown_column_is_no_column() -> None:
    """Asking for what is not there is refused."""
    with pytest.raises(KeyError):
        TABLES[0].column("mayor")


def test_every_rule_has_a_sentence() -> None:
    """What is done is said."""
    assert set(RULES) == set(Rule)
