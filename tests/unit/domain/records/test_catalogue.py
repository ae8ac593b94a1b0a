"""Every field of every standard table is declared, and what describes a person is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from salus.domain.records.catalogue import TABLES, patient_fields
from salus.domain.sensitivity import Sensitivity

if TYPE_CHECKING:
    from salus.domain.records.table import StandardTable

EVERY = pytest.mark.parametrize("table", [*TABLES.values()], ids=list(TABLES))


def test_the_tables_of_the_record_are_there() -> None:
    """The names are the ones that the documentation promises."""
    assert set(TABLES) == {
        "patient",
        "encounter",
        "condition",
        "observation",
        "medication",
        "procedure",
        "allergy",
        "immunisation",
        "indicator_reading",
        "device_reading",
        "bed_state",
    }


@EVERY
def test_a_table_is_well_described(table: StandardTable) -> None:
    """Names are unique and in snake case, keys exist, every field has a meaning."""
    names = [field.name for field in table.fields]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names)
    assert set(table.key) <= set(names)
    assert all(field.meaning for field in table.fields)
    assert table.version >= 1


@EVERY
def test_the_schema_carries_the_declarations(table: StandardTable) -> None:
    """A file on the disk still says which of its fields are sensitive."""
    schema = table.schema()
    assert schema.metadata[b"table"] == table.name.encode()
    for field, column in zip(table.fields, schema, strict=True):
        assert (column.name, column.type) == (field.name, field.type)
        assert column.nullable is not field.required
        assert column.metadata[b"sensitivity"] == field.sensitivity.value.encode()


@EVERY
def test_a_row_says_where_it_came_from(table: StandardTable) -> None:
    """Every table has a source, filled in every row."""
    assert [field.required for field in table.fields if field.name == "source"] == [True]


@EVERY
def test_a_key_of_a_person_identifies(table: StandardTable) -> None:
    """Wherever a person is named, the column is declared to name a person."""
    fields = {field.name: field.sensitivity for field in table.fields}
    assert fields.get("patient_id", Sensitivity.IDENTIFYING) is Sensitivity.IDENTIFYING


def test_what_describes_a_person_is_known_by_name() -> None:
    """The log and the labels refuse these; places and sources pass."""
    fields = patient_fields()
    assert {"patient_id", "family_name", "birth_date", "code", "value"} <= fields
    assert not {"facility_id", "source", "place_id", "staffed"} & fields
