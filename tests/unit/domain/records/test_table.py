"""Tables from anywhere are brought into the standard form, or every misfit is listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from salus.core.errors import InputError
from salus.domain.records.operations import BED_STATE
from salus.domain.records.table import StandardTable, plain

MOMENT = datetime(2026, 6, 27, 8, tzinfo=UTC)
GOOD = {
    "source": ["feed"],
    "facility_id": ["F1"],
    "resource_id": ["icu_bed"],
    "observed_at": [MOMENT],
    "staffed": ["12"],
}


def test_columns_are_ordered_typed_and_filled() -> None:
    """Order does not matter, text becomes a number, and a column that is not required may lack."""
    taken = BED_STATE.take(pa.table(GOOD))
    assert taken.schema.equals(BED_STATE.schema(), check_metadata=True)
    row = taken.to_pylist()[0]
    assert (row["staffed"], row["occupied"], row["observed_at"]) == (12, None, MOMENT)


def test_all_misfits_are_listed_together() -> None:
    """An unknown column, a wrong type and missing values are told at once, without the values."""
    bad = GOOD | {"staffed": ["secret"], "facility_id": [None], "colour": ["red"]}
    with pytest.raises(InputError) as caught:
        BED_STATE.take(pa.table(bad))
    assert {fault.where.column for fault in caught.value.faults} == {
        "staffed",
        "facility_id",
        "colour",
    }
    assert "secret" not in str(caught.value)


def test_a_required_column_that_lacks_altogether_is_a_fault() -> None:
    """A missing column counts as one without any value."""
    with pytest.raises(InputError, match="column source"):
        BED_STATE.take(pa.table({name: GOOD[name] for name in GOOD if name != "source"}))


def test_a_table_without_rows_is_taken() -> None:
    """An empty export is a valid one."""
    assert BED_STATE.take(BED_STATE.schema().empty_table()).num_rows == 0


def test_chunks_are_kept_in_order() -> None:
    """A table that was read in pieces keeps its rows."""
    table = StandardTable("t", 1, ("a",), (plain("a", pa.int64(), "a number", required=True),))
    pieces = pa.concat_tables([pa.table({"a": [2]}), pa.table({"a": [1]})])
    assert table.take(pieces)["a"].to_pylist() == [2, 1]
